"""Findings as a table in Markdown, for the summary of a CI job or a comment; nothing in it acts."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from agentls.cli.output.cells import escape_controls
from agentls.cli.output.places import display_path
from agentls.linter import rule_pages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agentls.batch import Report
    from agentls.cli.output.listing import OutputPage

# GitHub shows a summary of at most a megabyte.
_MOST = 1000
# Everything else might be an emphasis, a link, HTML, the name of a user or the end of a cell.
_ACTIVE = re.compile(r"[^\w ,.;?]|(?<=w)\.|_", re.ASCII)
_CODE = re.compile(r"`([^`]*)`")


def write(reports: Iterable[Report], page: OutputPage) -> Iterator[str]:
    """A row for each finding; nothing where there is none."""
    rows = (row for report in reports for row in _rows(report, page))
    first = list(islice(rows, _MOST))
    more = sum(1 for _ in rows)
    if first:
        yield "| level | where | rule | what |"
        yield "| --- | --- | --- | --- |"
        yield from first
    if more:
        yield ""
        yield f"And {more:,} more."


def _rows(report: Report, page: OutputPage) -> Iterator[str]:
    path = display_path(report.path, page.folder)
    for finding in report.findings:
        line, column = report.text.position(finding.span.start)
        where = f"<code>{_escaped(path)}:{line + 1}:{column + 1}</code>"
        rule = f"[{finding.rule}]({rule_pages.web_address(finding.rule)})"
        yield f"| {finding.severity.word} | {where} | {rule} | {_said(finding.message)} |"


def _said(message: str) -> str:
    parts = _CODE.split(" ".join(message.split("\n")))
    return "".join(
        f"<code>{_escaped(part)}</code>" if place % 2 else _escaped(part) for place, part in enumerate(parts)
    )


def _escaped(text: str) -> str:
    return _ACTIVE.sub(lambda found: f"&#{ord(found[0])};", escape_controls(text))
