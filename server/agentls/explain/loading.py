"""Whether a product loads a file and under which conditions: loaded, skipped, shadowed, refused.

What is wrong with the file in detail is the affair of the rules; here their findings are weighed.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from agentls.findings import Ends, Severity
from agentls.linter import engine
from agentls.outcome.summarize import summarize
from agentls.products.identification import MAX_SIZE
from agentls.products.locations import project_of
from agentls.system import paths

if TYPE_CHECKING:
    from collections.abc import Iterable

    from agentls.findings import Finding
    from agentls.semantics.file import File
    from agentls.semantics.summary import Definition
    from agentls.workspace import Context, ScopedView


class LoadState(Enum):
    LOADED = "loaded"
    SKIPPED = "skipped"
    REFUSED = "loaded, but refused when it is started"
    SHADOWED = "shadowed"
    AMBIGUOUS = "loaded or not, which is not defined"
    DISABLED = "in a plugin that is not enabled"
    ELSEWHERE = "in no folder that the product reads"


class Outcome(NamedTuple):
    """``reasons`` are findings that decide, ``note`` is a reason that is no finding.

    ``rivals`` are the files that are taken in its place, or may be; of a file that is loaded, those that are
    taken in inner folders. ``losses`` are findings about what the product drops of it.
    """

    state: LoadState
    reasons: tuple[Finding, ...] = ()
    note: str = ""
    rivals: tuple[Definition, ...] = ()
    losses: tuple[Finding, ...] = ()


def outcome(context: Context) -> Outcome:
    """What a product makes of its file."""
    file, view = context.file, context.view
    causes = engine.causes(context)
    if file.scope == "unplaced" or file.identity.enabled_in == ():
        state = LoadState.ELSEWHERE if file.scope == "unplaced" else LoadState.DISABLED
        problems = (one for one in causes if one.severity <= Severity.WARNING or one.ends is not Ends.NOTHING)
        return Outcome(state, losses=tuple(problems))
    ending, refusals = _that_end(causes, Ends.FILE), _that_end(causes, Ends.START)
    if note := _unread(file):
        # A finding may say so, too.
        note = "" if any(one.message.startswith(note) for one in ending) else note
        return Outcome(LoadState.SKIPPED, ending, note)
    if ending:
        return Outcome(LoadState.SKIPPED, ending)
    losses = tuple(one for one in _that_end(causes, Ends.NOTHING) if one.severity <= Severity.WARNING)
    own = next((d for d in summarize(file).definitions if d.kind == file.dialect.kind), None)
    if own is None and (view.declaration(file.path) or not file.dialect.defines):
        return Outcome(LoadState.LOADED, losses=(*refusals, *losses))
    if own is None:
        return Outcome(LoadState.SKIPPED, note=f"{file.dialect.product} does not load it without a `name`.")
    precedence = file.dialect.precedence
    # Without that fact nothing is known of what takes whose place.
    rivals = _rivals(view, own) if precedence else []
    if stronger := tuple(other for other in rivals if _beats(other, own, precedence)):
        return Outcome(LoadState.SHADOWED, rivals=stronger, losses=(*refusals, *losses))
    if refusals:
        return Outcome(LoadState.REFUSED, refusals, losses=losses)
    if equal := tuple(other for other in rivals if own.kind == "agent" and _shares_a_tree(other, own)):
        return Outcome(LoadState.AMBIGUOUS, rivals=equal, losses=losses)
    inner = tuple(other for other in rivals if own.kind == "agent" and _is_further_in(other, own))
    return Outcome(LoadState.LOADED, rivals=inner, losses=losses)


def _unread(file: File) -> str:
    """Why the product does not even read a file, which no finding says."""
    if obstacle := file.identity.obstacle:
        return obstacle.words
    if not file.identity.is_loaded_from:
        return f"{file.dialect.product} does not look in this folder."
    if file.dialect.defines and len(file.text.source.encode("utf-8", "replace")) > MAX_SIZE:
        return f"It is larger than {MAX_SIZE:,} bytes, so {file.dialect.product} skips it."
    return ""


def _that_end(causes: Iterable[Finding], ends: Ends) -> tuple[Finding, ...]:
    return tuple(cause for cause in causes if cause.ends is ends)


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
