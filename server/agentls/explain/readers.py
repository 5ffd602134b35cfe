"""Which products read a file, and what becomes of it in each: loaded, loaded with losses, rejected.

Every product's own reader and rules run on the same text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from agentls.explain import verdict
from agentls.semantics.file import as_read_by

if TYPE_CHECKING:
    from agentls.explain.verdict import Verdict
    from agentls.semantics.file import File
    from agentls.workspace import View


class ReaderOutcome(NamedTuple):
    """``file`` as one product reads it; ``ignored`` are the fields that only the file's own product knows."""

    file: File
    verdict: Verdict
    ignored: tuple[str, ...] = ()


def of(view: View, file: File) -> list[ReaderOutcome]:
    """The products that look for files at this place; the one that it belongs to is the first."""
    return [_reading(view, file, file), *(_reading(view, as_read_by(file, i), file) for i in file.others)]


def _reading(view: View, file: File, original: File) -> ReaderOutcome:
    known = [field.name for field, _ in original.specified_fields]
    ignored = dict.fromkeys(name for name in known if name not in file.dialect.fields)
    return ReaderOutcome(file, verdict.of(view, file), tuple(ignored))
