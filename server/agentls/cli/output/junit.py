"""Findings as JUnit XML: a suite for each file, in which each finding is a test."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agentls.cli.output.cells import escape_controls
from agentls.cli.output.places import display_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agentls.batch import Report
    from agentls.cli.output.listing import OutputPage
    from agentls.findings import Finding

# What means something in XML, what is not ASCII, and the second half of `##`, which CI jobs obey in logs.
_SPECIAL = re.compile(r"[&<>\"']|(?<=#)#|[^\x20-\x7e]")


def write(reports: Iterable[Report], page: OutputPage) -> Iterator[str]:
    """One document. What does not fail the check does not fail here; a file without findings passes."""
    all_reports = list(reports)
    findings = [finding for report in all_reports for finding in report.findings]
    clean = sum(not report.findings for report in all_reports)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f"<testsuites{_counts('agentls', len(findings) + clean, findings, page)}>"
    for report in all_reports:
        yield from _suite(report, page)
    yield "</testsuites>"


def _suite(report: Report, page: OutputPage) -> Iterator[str]:
    path = escape_controls(display_path(report.path, page.folder))
    yield f"  <testsuite{_counts(path, len(report.findings) or 1, report.findings, page)}>"
    if not report.findings:
        yield f"    <testcase{_attributes(classname=path, name='agentls', file=path, time='0')}/>"
    for finding in report.findings:
        yield from _case(report, finding, path, page)
    yield "  </testsuite>"


def _case(report: Report, finding: Finding, path: str, page: OutputPage) -> Iterator[str]:
    line, column = report.text.position(finding.span.start)
    place = f"{line + 1}:{column + 1}"
    name = f"{finding.rule} at {place}"
    case = _attributes(classname=path, name=name, file=path, line=str(line + 1), time="0")
    message = escape_controls(" ".join(finding.message.split("\n")))
    said = _escaped(f"{path}:{place}: {finding.severity.word}[{finding.rule}] {message}")
    yield f"    <testcase{case}>"
    if finding.severity <= page.fails_at:
        yield f"      <failure{_attributes(type=finding.severity.word, message=message)}>{said}</failure>"
    else:
        yield f"      <system-out>{said}</system-out>"
    yield "    </testcase>"


def _counts(name: str, tests: int, findings: Iterable[Finding], page: OutputPage) -> str:
    failures = sum(finding.severity <= page.fails_at for finding in findings)
    return _attributes(name=name, tests=str(tests), failures=str(failures), errors="0", skipped="0", time="0")


def _attributes(**values: str) -> str:
    return "".join(f' {name}="{_escaped(value)}"' for name, value in values.items())


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda found: f"&#{ord(found[0])};", text)
