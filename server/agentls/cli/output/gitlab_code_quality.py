"""Findings as a Code Quality report of GitLab."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentls.cli.output.fingerprints import digest, fingerprints
from agentls.cli.output.json_findings import json_lines
from agentls.cli.output.places import display_path
from agentls.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agentls.batch import Report
    from agentls.cli.output.listing import OutputPage

_SEVERITIES = {
    Severity.ERROR: "critical",
    Severity.WARNING: "major",
    Severity.INFORMATION: "minor",
    Severity.HINT: "info",
}


def write(reports: Iterable[Report], page: OutputPage) -> Iterator[str]:
    """One array; a fingerprint is one of a kind in all of it, as GitLab demands."""
    yield from json_lines(
        [
            {
                "description": finding.message,
                "check_name": finding.rule,
                "fingerprint": digest(f"{path}\0{fingerprint}".encode("utf-8", "surrogatepass")),
                "severity": _SEVERITIES[finding.severity],
                "location": {
                    "path": path,
                    "lines": {
                        "begin": report.text.line_at(finding.span.start) + 1,
                        "end": report.text.line_at(finding.span.end) + 1,
                    },
                },
            }
            for report in reports
            for path in (display_path(report.path, page.folder),)
            for finding, fingerprint in fingerprints(report)
        ]
    )
