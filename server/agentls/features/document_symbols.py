"""The outline of a file, for a tree beside the text: its front matter's fields and its headings."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from agentls.syntax.markdown_headings import sections
from agentls.syntax.nodes import Mapping, Scalar, Sequence, entries_in
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.semantics.file import File
    from agentls.syntax.document import Field
    from agentls.syntax.markdown_headings import Section
    from agentls.syntax.nodes import Node

# A tree shows one line for each entry.
_LONGEST_DETAIL = 80


class SymbolKind(Enum):
    FRONT_MATTER = "front matter"
    TEXT = "text"
    LIST = "list"
    TABLE = "table"
    HEADING = "heading"


class DocumentSymbol(NamedTuple):
    """``span`` is all of it, ``name_span`` what is selected when it is chosen; ``detail`` one line."""

    name: str
    kind: SymbolKind
    span: Span
    name_span: Span
    detail: str = ""
    children: tuple[DocumentSymbol, ...] = ()


def outline(file: File) -> list[DocumentSymbol]:
    """The front matter with its fields, if there is one, and the tree of headings."""
    document = file.document
    found = [_heading(section) for section in sections(document, file.code_blocks)]
    if document.opening is None:
        return found
    end = document.closing.end if document.closing else document.content.end
    # Beside a text the names of the fields are enough.
    is_whole = not file.dialect.defines
    fields = tuple(_field(field, is_whole=is_whole) for field in document.fields)
    whole = Span(document.opening.start, end)
    return [
        DocumentSymbol("front matter", SymbolKind.FRONT_MATTER, whole, document.opening, file.name, fields),
        *found,
    ]


def _field(field: Field, *, is_whole: bool) -> DocumentSymbol:
    span = Span(min(field.span.start, field.key.start), max(field.span.end, field.key.end))
    inside = tuple(_inside(field.value)) if is_whole else ()
    return DocumentSymbol(field.name, _kind(field.value), span, field.key, _detail(field.value), inside)


def _inside(node: Node) -> Iterator[DocumentSymbol]:
    """The entries of a map, and those of the maps in it."""
    for entry in entries_in(node):
        if isinstance(key := entry.key, Scalar):
            span = Span(min(key.span.start, entry.value.span.start), max(key.span.end, entry.value.span.end))
            # Clients refuse an entry without a name.
            name = key.value or "(empty)"
            yield DocumentSymbol(
                name, _kind(entry.value), span, key.inner, _detail(entry.value), tuple(_inside(entry.value))
            )


def _kind(value: Node) -> SymbolKind:
    return {Sequence: SymbolKind.LIST, Mapping: SymbolKind.TABLE}.get(type(value), SymbolKind.TEXT)


def _detail(value: Node) -> str:
    if isinstance(value, Sequence):
        return ", ".join(item.value for item in value.items if isinstance(item, Scalar))[:_LONGEST_DETAIL]
    if not isinstance(value, Scalar):
        return ""
    words = " ".join(value.value[: 2 * _LONGEST_DETAIL].split())
    return words if len(words) <= _LONGEST_DETAIL else f"{words[: _LONGEST_DETAIL - 1]}…"


def _heading(section: Section) -> DocumentSymbol:
    children = tuple(_heading(child) for child in section.children)
    # Clients refuse an entry without a name.
    name = section.title or "#" * section.level
    return DocumentSymbol(name, SymbolKind.HEADING, section.span, section.heading, children=children)
