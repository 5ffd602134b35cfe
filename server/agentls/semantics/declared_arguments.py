"""The arguments that a file declares by name: where each is declared, and where its text uses it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from agentls.syntax.nodes import Scalar, Sequence
from agentls.syntax.substitutions import Kind
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.semantics.file import File


class DeclaredArgument(NamedTuple):
    """``span`` is where the cursor is; all are places of the name alone, without the dollar before a use."""

    name: str
    span: Span
    declared: tuple[Span, ...]
    used: tuple[Span, ...]


def declared_argument_at(file: File, offset: int) -> DeclaredArgument | None:
    """The argument whose name is under the cursor, at its declaration or at a use."""
    if not file.argument_names:
        return None
    places = [(name, span) for name, span in _declarations(file) if name in file.argument_names]
    uses = [(one.value, one.inner) for one in file.substitutions if one.kind is Kind.NAMED]
    for name, span in (*places, *uses):
        # The dollar belongs to a use.
        if span.start - (span in (use for _, use in uses)) <= offset <= span.end:
            declared = tuple(place for other, place in places if other == name)
            return DeclaredArgument(name, span, declared, tuple(use for other, use in uses if other == name))
    return None


def _declarations(file: File) -> Iterator[tuple[str, Span]]:
    """Of names that are written with escapes nothing is said."""
    field = file.document.field(file.dialect.text.names_field)
    value = field.value if field else None
    for node in value.items if isinstance(value, Sequence) else (value,):
        if not isinstance(node, Scalar) or file.text.slice(node.inner) != node.value:
            continue
        if isinstance(value, Sequence):
            yield node.value, node.inner
        else:
            for word in re.finditer(r"\S+", node.value):
                yield word[0], Span(node.inner.start + word.start(), node.inner.start + word.end())
