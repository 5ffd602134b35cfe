"""Findings for a reader: place, rule and message, the line with carets, and a summary of everything."""

from __future__ import annotations

import textwrap
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from agentls.cli.output.cells import escape_controls, width
from agentls.cli.output.excerpt import excerpt
from agentls.cli.output.places import display_path
from agentls.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agentls.batch import Report
    from agentls.cli.output.paint import Paint
    from agentls.findings import Finding
    from agentls.text.source import Text

# Beside a long path a message would be a column of single words.
_NARROWEST_MESSAGE = 30
_INDENT = "  "
# Below the line numbers of an excerpt.
_GUTTER = "     "
# Where the findings no longer fit on a screen, their rules are counted below them, on one line.
_MANY = 20
_MOST_RULES = 5
_NOUNS = {
    Severity.ERROR: ("error", "errors"),
    Severity.WARNING: ("warning", "warnings"),
    Severity.INFORMATION: ("info", "infos"),
    Severity.HINT: ("hint", "hints"),
}


class OutputPage(NamedTuple):
    """What is written on: its colours, its width, the folder that paths are relative to.

    ``wraps`` is the width at which messages are wrapped; 0 leaves each on one line, for other programs.
    What is at ``fails_at`` or graver fails the check.
    """

    paint: Paint
    columns: int
    folder: str
    wraps: int = 0
    fails_at: Severity = Severity.WARNING


@dataclass
class Tally:
    """What was found, counted while it passes."""

    files: int = 0
    files_with_findings: int = 0
    fixable: int = 0
    known: int = 0
    by_severity: Counter[Severity] = field(default_factory=Counter)
    by_rule: Counter[str] = field(default_factory=Counter)

    def count(self, reports: Iterable[Report]) -> Iterator[Report]:
        for report in reports:
            self.files += 1
            self.files_with_findings += bool(report.findings)
            self.fixable += sum(finding in report.fixable for finding in report.findings)
            self.by_severity.update(finding.severity for finding in report.findings)
            self.by_rule.update(finding.rule for finding in report.findings)
            yield report


def write(reports: Iterable[Report], page: OutputPage) -> Iterator[str]:
    """Every finding, each with an empty line behind it; what is the same in several places is said once."""
    for report in reports:
        for finding, *others in _alike(report.findings):
            yield from entry(report.path, report.text, finding, page)
            if others:
                yield from _places(report.text, others, page)
            yield ""


def _alike(findings: Iterable[Finding]) -> Iterable[list[Finding]]:
    """The findings of one file that say the same, at the place of the first."""
    groups: dict[object, list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.rule, finding.severity, finding.message, finding.related), []).append(
            finding
        )
    return groups.values()


def _places(text: Text, findings: Iterable[Finding], page: OutputPage) -> Iterator[str]:
    positions = (text.position(finding.span.start) for finding in findings)
    said = "also at " + ", ".join(f"{line + 1}:{column + 1}" for line, column in positions)
    lines = textwrap.wrap(said, page.wraps - len(_GUTTER) - 2) if page.wraps else [said]
    yield f"{_GUTTER}{page.paint('faint', '=')} {lines[0]}"
    yield from (f"{_GUTTER}  {line}" for line in lines[1:])


def entry(path: str, text: Text, finding: Finding, page: OutputPage) -> Iterator[str]:
    """One finding: what it is, the line it is in, and other places that explain it."""
    place, title, message = headline(path, text, finding, page)
    first, *rest = _wrapped(message, len(place) + len(title) + 2, page.wraps)
    style = finding.severity.word
    yield f"{page.paint('strong', place)} {page.paint(style, title)} {first}".rstrip()
    yield from rest
    yield from excerpt(text, finding.span, style, page.paint, page.columns)
    for related in finding.related:
        at = related.location
        where = f"{escape_controls(display_path(related.path, page.folder))}:{at.line + 1}:{at.start + 1}"
        yield f"{_GUTTER}{page.paint('faint', '=')} {where}: {escape_controls(_one_line(related.message))}"


def headline(path: str, text: Text, finding: Finding, page: OutputPage) -> tuple[str, str, str]:
    """Where it is, how grave it is by which rule, and what it says."""
    line, column = text.position(finding.span.start)
    place = f"{escape_controls(display_path(path, page.folder))}:{line + 1}:{column + 1}:"
    title = f"{finding.severity.word}[{finding.rule}]"
    return place, title, escape_controls(_one_line(finding.message))


def _one_line(message: str) -> str:
    return " ".join(message.split("\n"))


def _wrapped(message: str, used: int, columns: int) -> list[str]:
    """The message in lines, the first of which starts behind ``used`` columns."""
    if not columns:
        return [message]
    lines = [""]
    # Beside a long path the message begins on a line of its own.
    room = columns - used if columns - used >= _NARROWEST_MESSAGE else 0
    for word in message.split():
        if lines[-1].strip() and width(f"{lines[-1]} {word}") <= room:
            lines[-1] += f" {word}"
        elif not lines[-1] and width(word) <= room:
            lines[-1] = word
        else:
            lines.append(f"{_INDENT}{word}")
            room = columns
    return lines


def summary(tally: Tally) -> str:
    """All of it in one sentence."""
    counts = [
        number(tally.by_severity[severity], *_NOUNS[severity])
        for severity in Severity
        if tally.by_severity[severity]
    ]
    known = f"; {number(tally.known, 'problem', 'problems')} in the baseline" if tally.known else ""
    if not counts:
        new = " new" if tally.known else ""
        return f"{number(tally.files, 'file', 'files')} checked, no{new} problems found{known}"
    *others, last = counts
    said = f"{', '.join(others)} and {last}" if others else last
    where = f"{tally.files_with_findings} of {number(tally.files, 'file', 'files')}"
    fixable = f"; `agentls fix` fixes {tally.fixable:,}" if tally.fixable else ""
    return f"{said} in {where}{fixable}{known}"


def by_rule(tally: Tally) -> str:
    """The most frequent rules; empty where that can be seen anyway."""
    if tally.by_rule.total() < _MANY:
        return ""
    said = ", ".join(f"{count:,} {rule}" for rule, count in tally.by_rule.most_common(_MOST_RULES))
    others = len(tally.by_rule) - _MOST_RULES
    return f"most frequent: {said}" + (
        f" and {number(others, 'other rule', 'other rules')}" if others > 0 else ""
    )


def number(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"
