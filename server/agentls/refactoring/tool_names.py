"""The tools of other products in the words of a file's own, by the tables of conversions.

What has no word here stays as it stands; an entry with limits does, too, since a whole tool would be more.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from agentls.findings import Edit, apply
from agentls.outcome import tool_entries
from agentls.outcome.tool_entries import EntryStatus
from agentls.products import load
from agentls.syntax.nodes import Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from agentls.semantics.file import File
    from agentls.syntax.document import Field
    from agentls.syntax.name_lists import ListItem
    from agentls.text.source import Span

# What is one server's tool here may be another's there.
_UNKNOWN = (EntryStatus.UNKNOWN, EntryStatus.UNMATCHABLE)
_STRANGE = (*_UNKNOWN, EntryStatus.SERVER)
_DASH = re.compile(r"[^\S\r\n]*-[^\S\r\n]+")


def words(file: File, items: Iterable[ListItem]) -> list[tuple[str, ...]]:
    """For each entry what stands for it here: nothing where another entry says the same already."""
    items = list(items)
    source = _source(file, items)
    said: set[str] = set()
    found = []
    for item in items:
        own = _words(file, item, source) or (item.text,)
        found.append(tuple(word for word in own if word not in said))
        said.update(own)
    return found


def is_known(name: str) -> bool:
    """Whether any product has a tool of that name."""
    tables = load().conversions
    return any(name in tables.tools(dialect) for dialect in tables.tools_by_dialect)


class Translation(NamedTuple):
    """A list in the product's own names; ``names`` are where some change, ``after`` is the text then."""

    names: frozenset[Span]
    edits: tuple[Edit, ...]
    after: str


def translation(file: File, field: Field) -> Translation:
    """What turns the names of a list into the product's own."""
    return file.derive(("tool names", field.span), lambda: _translation(file, field))


def _translation(file: File, field: Field) -> Translation:
    items = file.items(field)
    new = words(file, items)
    names = [item.name_span for item, own in zip(items, new, strict=True) if own != (item.text,)]
    found = _edits(file, field, items, new) if names else ()
    return Translation(frozenset(names), found, apply(file.text.source, found))


def _edits(file: File, field: Field, items: list[ListItem], new: list[tuple[str, ...]]) -> tuple[Edit, ...]:
    value, form = field.value, file.dialect.format
    if isinstance(value, Scalar):
        listed = form.in_place(file.text.source, value.inner, ", ".join(chain.from_iterable(new)))
        return (Edit(value.inner, listed),)
    if not isinstance(value, Sequence) or len(value.items) != len(items):
        return ()
    if value.flow:
        written = (
            file.text.slice(node.span)
            if own == (item.text,)
            else ", ".join(form.scalar(word, in_flow=True) for word in own)
            for node, item, own in zip(value.items, items, new, strict=True)
        )
        return (Edit(value.span, f"[{', '.join(filter(None, written))}]"),)
    return tuple(
        _block_edit(file, field, node.span, item, own)
        for node, item, own in zip(value.items, items, new, strict=True)
        if own != (item.text,)
    )


def _block_edit(file: File, field: Field, span: Span, item: ListItem, own: tuple[str, ...]) -> Edit:
    removal = file.removal(field, item)
    if not own and removal:
        return Edit(removal, "")
    text = file.text
    dash = _DASH.match(text.source, text.line_around(span.start).start)
    apart = text.newline + (dash.group() if dash else "  - ")
    return Edit(span, apart.join(map(file.dialect.format.scalar, own)))


def _source(file: File, items: Iterable[ListItem]) -> str:
    """The product whose names these are, as far as they are none of the file's own."""
    tables = load().conversions
    strangers = [item.name for item in items if _is_strange(file, item)]
    others = [dialect for dialect in tables.tools_by_dialect if dialect != file.dialect.name]
    known = {dialect: sum(name in tables.tools(dialect) for name in strangers) for dialect in others}
    return max(others, key=lambda dialect: known[dialect])


def _is_strange(file: File, item: ListItem) -> bool:
    return tool_entries.classify(file.dialect.tools, item).status in _UNKNOWN


def _words(file: File, item: ListItem, source: str) -> tuple[str, ...]:
    tables, own = load().conversions, file.dialect
    if item.specifier is not None or tool_entries.classify(own.tools, item).status not in _STRANGE:
        return ()
    if (purposes := tables.tools(source).get(item.name)) and _is_strange(file, item):
        return tuple(dict.fromkeys(filter(None, (tables.tool(own.name, purpose) for purpose in purposes))))
    # Where any name may be a server's, it says nothing.
    if not tables.of(source).servers.vague and (found := tables.server_tool(source, item.name)):
        return tuple(filter(None, [tables.server_name(own.name, *found)]))
    return tuple(filter(None, [own.tools.suggestions.get(item.name.lower())]))
