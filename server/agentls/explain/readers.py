"""Which products read a file, and what becomes of it in each: loaded, loaded with losses, rejected.

Every product's own reader and rules run on the same text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from agentls.explain import loading
from agentls.semantics.file import reread_as
from agentls.workspace import Context

if TYPE_CHECKING:
    from agentls.explain.loading import Outcome
    from agentls.semantics.file import File


class ReaderOutcome(NamedTuple):
    """``file`` as one product reads it; ``ignored`` are the fields that only the file's own product knows."""

    file: File
    outcome: Outcome
    ignored: tuple[str, ...] = ()


def of(context: Context) -> list[ReaderOutcome]:
    """The products that look for files at this place; the one that it belongs to is the first."""
    file = context.file
    others = (Context(context.view, reread_as(file, identity)) for identity in file.others)
    return [_reading(one, file) for one in (context, *others)]


def _reading(context: Context, original: File) -> ReaderOutcome:
    file = context.file
    known = [field.name for field, _ in original.specified_fields]
    read = {*file.dialect.fields, *file.dialect.reach.other_globs}
    ignored = dict.fromkeys(name for name in known if name not in read)
    return ReaderOutcome(file, loading.outcome(context), tuple(ignored))
