"""Repairs put together: all of one pass as one change, and pass after pass until nothing is left to do.

A pass takes one fix for each finding. Fixes that overlap wait for the next pass, when they are built anew.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from agentls.findings import apply
from agentls.linter import engine
from agentls.semantics.file import read_file
from agentls.workspace import Context

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from agentls.findings import Finding, Fix
    from agentls.products.identification import Surroundings
    from agentls.semantics.file import File
    from agentls.text.source import Span

# One of the fixes for a finding, or none of them.
Choose: TypeAlias = "Callable[[list[Fix]], Fix | None]"

# A repair may uncover what the next pass mends; files need two or three passes.
_MOST_PASSES = 12


class FixResult(NamedTuple):
    """``file`` is the file afterwards, ``done`` what was mended in it, in the order it was done."""

    file: File
    done: tuple[tuple[Finding, Fix], ...]


def safe_fix(fixes: list[Fix]) -> Fix | None:
    """The one plausible repair, if there is just one."""
    return next((fix for fix in fixes if fix.is_safe), None)


def likeliest_fix(fixes: list[Fix]) -> Fix | None:
    """The repair that an author would most probably choose."""
    return (
        safe_fix(fixes) or next((fix for fix in fixes if fix.is_preferred), None) or next(iter(fixes), None)
    )


def fix_all(
    context: Context, surroundings: Surroundings, choose: Choose, is_wanted: Callable[[Finding], bool]
) -> FixResult:
    """Mend what ``choose`` has a fix for, among the findings that are wanted."""
    done: list[tuple[Finding, Fix]] = []
    refused: set[tuple[str, str]] = set()
    for _ in range(_MOST_PASSES):
        file = context.file
        found = [finding for finding in engine.check(context) if is_wanted(finding)]
        remedies = [
            (finding, fix)
            for finding, fix in chosen_fixes(context, found, choose)
            if (finding.rule, fix.title) not in refused
        ]
        taken = compatible_fixes(file, remedies)
        after = _after(file, taken, surroundings) if taken else None
        if taken and after is None and len(taken) > 1:
            # One of them does harm; alone it is found out.
            taken = taken[:1]
            after = _after(file, taken, surroundings)
        if after is None:
            refused |= {(finding.rule, fix.title) for finding, fix in taken}
            if taken:
                continue
            break
        done += taken
        context = Context(context.view, after)
    return FixResult(context.file, tuple(done))


def chosen_fixes(
    context: Context, findings: Iterable[Finding], choose: Choose
) -> Iterator[tuple[Finding, Fix]]:
    for finding in findings:
        if fix := choose(engine.fixes(context, finding)):
            yield finding, fix


def compatible_fixes(file: File, remedies: Iterable[tuple[Finding, Fix]]) -> list[tuple[Finding, Fix]]:
    """The remedies that touch this file alone and no place that an earlier one touches."""
    taken: list[tuple[Finding, Fix]] = []
    touched: list[Span] = []  # in the order of the text, since there may be thousands
    for finding, fix in remedies:
        spans = [edit.span for edit in fix.change.edits.get(file.path, ())]
        is_own = set(fix.change.edits) == {file.path} and not fix.change.creates
        if is_own and not any(_is_touched(span, touched) for span in spans):
            taken.append((finding, fix))
            for span in spans:
                insort(touched, span)
    return taken


def _is_touched(span: Span, touched: list[Span]) -> bool:
    after = bisect_left(touched, span)
    before = touched[after - 1] if after else None
    behind = touched[after] if after < len(touched) else None
    return (before is not None and span.start < before.end) or (
        behind is not None and (behind == span or behind.start < span.end)
    )


def _after(file: File, remedies: list[tuple[Finding, Fix]], surroundings: Surroundings) -> File | None:
    """The file after the remedies; None if they change nothing or make it harder to read."""
    edits = [edit for _, fix in remedies for edit in fix.change.edits[file.path]]
    source = apply(file.text.source, edits)
    after = read_file(file.path, source, surroundings, None, file.settings)
    if source == file.text.source or after is None or after.dialect.name != file.dialect.name:
        return None
    return after if len(after.document.problems) <= len(file.document.problems) else None
