"""Findings as workflow commands of GitHub Actions, each of which becomes an annotation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agentls.cli.output.cells import escape_controls
from agentls.cli.output.places import display_path
from agentls.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agentls.batch import Report
    from agentls.cli.output.listing import OutputPage

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning"}


def write(reports: Iterable[Report], page: OutputPage) -> Iterator[str]:
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
