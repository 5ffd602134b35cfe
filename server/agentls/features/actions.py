"""What can be done about the findings in a stretch of text, and all certain repairs at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from agentls import checking
from agentls.findings import Change

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agentls.file import File
    from agentls.findings import Edit, Finding, Fix
    from agentls.text import Span
    from agentls.workspace import View


@dataclass(frozen=True, slots=True)
class Action:
    """One fix for one finding."""

    finding: Finding
    fix: Fix


def actions(view: View, file: File, findings: Iterable[Finding], span: Span) -> Iterator[Action]:
    """The fixes for the findings that touch ``span``."""
    for finding in findings:
        if finding.span.start <= span.end and span.start <= finding.span.end:
            for fix in checking.fixes(view, file, finding):
                yield Action(finding, fix)


def fix_all(view: View, file: File, findings: Iterable[Finding]) -> Change | None:
    """Every certain repair that touches this file alone, in one change; None when there is nothing to do.

    Of repairs that overlap the first is taken; the others are offered again when it is done.
    """
    taken: list[Edit] = []
    for _, fix in checking.certain_fixes(view, file, findings):
        edits = fix.change.edits.get(file.path, ())
        if len(fix.change.edits) == 1 and not any(_overlap(edit, other) for edit in edits for other in taken):
            taken += edits
    return Change.of(file.path, *sorted(taken, key=lambda edit: edit.span)) if taken else None


def _overlap(one: Edit, other: Edit) -> bool:
    return (one.span.start < other.span.end and other.span.start < one.span.end) or one.span == other.span
