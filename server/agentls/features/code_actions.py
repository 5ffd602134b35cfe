"""What can be done about the findings in a stretch of text, and all certain repairs at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from agentls.findings import Change, Fix
from agentls.linter import engine
from agentls.linter.fix_all import chosen_fixes, compatible_fixes, likeliest_fix, safe_fix
from agentls.linter.suppression import suppression_fixes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agentls.findings import Finding
    from agentls.semantics.file import File
    from agentls.settings.config_files import ConfigFile
    from agentls.text.source import Span
    from agentls.workspace import Context


class Action(NamedTuple):
    """Something to do about one finding; ``is_extra`` when it is not the rule's own fix."""

    finding: Finding
    fix: Fix
    is_extra: bool = True


def actions(
    context: Context, findings: Iterable[Finding], span: Span, config: ConfigFile | None = None
) -> Iterator[Action]:
    """What can be done about the findings that touch ``span``: the fixes first, silence last."""
    found = list(findings)
    touching = [f for f in found if f.span.start <= span.end and span.start <= f.span.end]
    for finding in touching:
        for fix in engine.fixes(context, finding):
            yield Action(finding, fix, is_extra=False)
    for finding in _one_per_rule(touching):
        alike = [other for other in found if other.rule == finding.rule]
        if len(alike) > 1 and (all_of_them := _all_alike(context, alike)):
            yield Action(finding, all_of_them)
    for finding in _one_per_rule(touching):
        for fix in suppression_fixes(context.file, finding, config):
            yield Action(finding, fix)


def _one_per_rule(findings: Iterable[Finding]) -> list[Finding]:
    return list({finding.rule: finding for finding in reversed(list(findings))}.values())[::-1]


def _all_alike(context: Context, findings: list[Finding]) -> Fix | None:
    """The likeliest repair of each finding of one rule, if there is more than one to make."""
    file = context.file
    remedies = compatible_fixes(file, chosen_fixes(context, findings, likeliest_fix))
    if len(remedies) < 2:  # noqa: PLR2004  one is the quick fix itself
        return None
    return _together(file, f"Fix all {len(remedies)} `{findings[0].rule}` findings in this file", remedies)


def fix_all(context: Context, findings: Iterable[Finding]) -> Change | None:
    """Every certain repair that touches this file alone, in one change; None when there is nothing to do.

    Of repairs that overlap the first is taken; the others are offered again when it is done.
    """
    remedies = compatible_fixes(context.file, chosen_fixes(context, findings, safe_fix))
    return _together(context.file, "", remedies).change if remedies else None


def _together(file: File, title: str, remedies: list[tuple[Finding, Fix]]) -> Fix:
    edits = sorted(
        (edit for _, fix in remedies for edit in fix.change.edits[file.path]), key=lambda edit: edit.span
    )
    return Fix(title, Change.of(file.path, *edits), is_safe=all(fix.is_safe for _, fix in remedies))
