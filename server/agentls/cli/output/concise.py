"""Findings for a reader, a line for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentls.cli.output.listing import headline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agentls.batch import Report
    from agentls.cli.output.listing import OutputPage


def write(reports: Iterable[Report], page: OutputPage) -> Iterator[str]:
    """What editors and CI jobs find places in by a pattern: path, line, column, severity, rule, message."""
    for report in reports:
        for finding in report.findings:
            place, title, message = headline(report.path, report.text, finding, page)
            yield f"{page.paint('strong', place)} {page.paint(finding.severity.word, title)} {message}"
