"""Findings for other programs: JSON, and the workflow commands of GitHub."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from agentls.cli.output.cells import escape_controls
from agentls.cli.output.places import display_path
from agentls.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agentls.batch import Report
    from agentls.cli.output.listing import OutputPage
    from agentls.text.source import Text

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning"}


def as_json(reports: Iterable[Report], page: OutputPage) -> Iterator[str]:
    """One array; lines and columns count from 1, columns in code points, the end is behind the last one."""
    found = [
        {
            "path": display_path(report.path, page.folder),
            "rule": finding.rule,
            "severity": finding.severity.word,
            "message": finding.message,
            "start": _position(report.text, finding.span.start),
            "end": _position(report.text, finding.span.end),
            "fixable": finding in report.fixable,
            **({"product": finding.product} if finding.product else {}),
        }
        for report in reports
        for finding in report.findings
    ]
    # JSON as ASCII cannot act on a terminal, but for one character, and on the log of a CI job by `##`.
    yield from json.dumps(found, indent=2).replace("\x7f", "\\u007f").replace("##", "#\\u0023").split("\n")


def _position(text: Text, offset: int) -> dict[str, int]:
    line, column = text.position(offset)
    return {"line": line + 1, "column": column + 1}


def as_github(reports: Iterable[Report], page: OutputPage) -> Iterator[str]:
    """One workflow command for each finding, which becomes an annotation in a pull request."""
    for report in reports:
        for finding in report.findings:
            line, column = report.text.position(finding.span.start)
            last_line, last_column = report.text.position(finding.span.end)
            properties = {
                "file": display_path(report.path, page.folder),
                "line": line + 1,
                "endLine": last_line + 1,
            }
            if line == last_line:
                # GitHub takes columns only where both are on one line.
                properties |= {"col": column + 1, "endColumn": last_column + 1}
            properties["title"] = f"agentls: {finding.rule}"
            listed = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
            command = _COMMANDS.get(finding.severity, "notice")
            yield f"::{command} {listed}::{_data(finding.message)}"


def _data(text: str) -> str:
    """Text as a workflow command wants it; other controls are shown, since a log is a terminal as well."""
    lines = re.split("(\r|\n)", text.replace("%", "%25"))
    breaks = {"\r": "%0D", "\n": "%0A"}
    return "".join(breaks.get(line) or escape_controls(line) for line in lines)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
