"""Whether a product loads a file and under which conditions: loaded, skipped, shadowed, refused.

What is wrong with the file in detail is the affair of the rules; here their findings are weighed.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from agentls.findings import Severity
from agentls.linter import engine
from agentls.outcome.summarize import summarize
from agentls.products.identification import MAX_SIZE
from agentls.products.locations import project_of
from agentls.system import paths

if TYPE_CHECKING:
    from collections.abc import Iterable

    from agentls.findings import Finding
    from agentls.semantics.summary import Definition
    from agentls.workspace import Context, ScopedView

# With these errors the file is loaded, and what it defines cannot be started.
_REFUSING = frozenset({"no-usable-tool", "block-of-names"})
# A warning, since the file may be meant as documentation; but it does not load.
_UNNAMED = "missing-name"


class State(Enum):
    LOADED = "loaded"
    SKIPPED = "skipped"
    REFUSED = "loaded, but refused when it is started"
    SHADOWED = "shadowed"
    AMBIGUOUS = "loaded or not, which is not defined"
    DISABLED = "in a plugin that is not enabled"
    ELSEWHERE = "in no folder that the product reads"


class Verdict(NamedTuple):
    """``reasons`` are findings that decide, ``note`` is a reason that is no finding.

    ``rivals`` are the files that are taken in its place, or may be; of a file that is loaded, those that are
    taken in inner folders. ``losses`` are findings about what the product drops of it.
    """

    state: State
    reasons: tuple[Finding, ...] = ()
    note: str = ""
    rivals: tuple[Definition, ...] = ()
    losses: tuple[Finding, ...] = ()


def of(context: Context) -> Verdict:
    """What becomes of a file of a dialect."""
    file, view = context.file, context.view
    causes = engine.causes(context)
    if file.scope == "unplaced" or file.identity.enabled_in == ():
        state = State.ELSEWHERE if file.scope == "unplaced" else State.DISABLED
        return Verdict(state, losses=_of_tier(causes, Severity.ERROR, Severity.WARNING))
    if not file.identity.is_loaded_from:
        note = f"{file.dialect.product} does not look in this folder."
        return Verdict(State.SKIPPED, _of_tier(causes, Severity.ERROR), note)
    errors = _of_tier(causes, Severity.ERROR)
    losses = _of_tier(causes, Severity.WARNING)
    if len(file.text.source.encode("utf-8", "replace")) > MAX_SIZE:
        note = f"It is larger than {MAX_SIZE:,} bytes, so {file.dialect.product} skips it."
        return Verdict(State.SKIPPED, errors, note)
    if skipping := tuple(finding for finding in errors if finding.rule not in _REFUSING):
        return Verdict(State.SKIPPED, skipping)
    own = next(iter(summarize(file).definitions), None)
    if own is None and view.declaration(file.path):
        return Verdict(State.LOADED, losses=(*errors, *losses))
    if own is None:
        unnamed = tuple(finding for finding in losses if finding.rule == _UNNAMED)
        note = "" if unnamed else f"{file.dialect.product} does not load it without a `name`."
        return Verdict(State.SKIPPED, unnamed, note)
    precedence = file.dialect.precedence
    # Without that fact nothing is known of what takes whose place.
    rivals = _rivals(view, own) if precedence else []
    if stronger := tuple(other for other in rivals if _beats(other, own, precedence)):
        return Verdict(State.SHADOWED, rivals=stronger, losses=(*errors, *losses))
    if errors:
        return Verdict(State.REFUSED, errors, losses=losses)
    if equal := tuple(other for other in rivals if own.kind == "agent" and _shares_a_tree(other, own)):
        return Verdict(State.AMBIGUOUS, rivals=equal, losses=losses)
    inner = tuple(other for other in rivals if own.kind == "agent" and _is_further_in(other, own))
    return Verdict(State.LOADED, rivals=inner, losses=losses)


def _of_tier(findings: Iterable[Finding], *tiers: Severity) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if finding.severity in tiers)


def _rivals(view: ScopedView, own: Definition) -> list[Definition]:
    """Other files that define its very name; a skill and a command are called in the same way."""
    kinds = ("skill", "command") if own.kind in ("skill", "command") else (own.kind,)
    return [
        other
        for kind in kinds
        for other in view.lookup(kind, own.name)
        if other.name == own.name and paths.key(other.path) != paths.key(own.path)
    ]


def _beats(one: Definition, other: Definition, precedence: str) -> bool:
    """Whether one takes the other's place wherever both are there."""
    if one.kind != other.kind:
        # Two projects side by side never meet.
        return one.kind == "skill" and (one.scope != other.scope or _shares_a_tree(one, other))
    return one.scope != other.scope and one.scope == precedence


def _shares_a_tree(one: Definition, other: Definition) -> bool:
    """Whether both lie in one tree of folders; in a plugin the folder is a part of the name."""
    return one.scope == other.scope != "plugin" and project_of(one.path) == project_of(other.path)


def _is_further_in(one: Definition, other: Definition) -> bool:
    """Whether one is nearer to who works in the inner of two folders."""
    inner, outer = project_of(one.path), project_of(other.path)
    if (one.scope, other.scope) != ("project", "project") or not inner or not outer:
        return False
    return inner != outer and paths.is_within(inner, outer)
