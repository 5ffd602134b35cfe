"""Tables of TOML while they are read: which names may still be added, and the nodes that they become.

TOML says one table in many places; the tree has it once, with all the pieces of text that add to it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from agentls.syntax.nodes import Entry, Mapping, Node, Scalar, Sequence, TextPiece
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Sequence as Items


class TomlError(Exception):
    """What is wrong, in a word and in words for people, and where."""

    def __init__(self, kind: str, span: Span, detail: str) -> None:
        super().__init__(detail)
        self.kind = kind
        self.span = span
        self.detail = detail
        # Where the statement that holds it ends, if that is not on its line.
        self.resume: int | None = None


@dataclass
class Slot:
    """A name in a table: its value, or tables (``is_list`` for those in double brackets), and its pieces."""

    key: Scalar
    value: Node | None = None
    tables: list[Table] = field(default_factory=list)
    is_list: bool = False
    pieces: list[TextPiece] = field(default_factory=list)


@dataclass
class Table:
    """``place`` is where it stands while it is empty. ``is_declared``: no header may name it once more."""

    place: int
    flow: bool = False
    is_declared: bool = False
    slots: dict[str, Slot] = field(default_factory=dict)
    doubles: list[Entry] = field(default_factory=list)

    def enter(self, key: Scalar, place: int) -> tuple[Slot, Table]:
        """The table of a name, which is made if there is none; of several in a list the last."""
        slot = self.slots.get(key.value)
        if slot is None:
            slot = self.slots[key.value] = Slot(key, tables=[Table(place, self.flow)])
        elif slot.value is not None:
            raise _taken(key)
        return slot, slot.tables[-1]

    def assign(self, names: Items[Scalar], value: Node) -> list[Table]:
        """Give the last of some names a value, in the tables of those before it, which are returned."""
        table, entered = self, []
        for name in names[:-1]:
            slot, table = table.enter(name, name.span.end)
            if table.is_declared:
                raise _taken(name)
            slot.pieces.append(TextPiece(name, Span(name.span.start, value.span.end)))
            entered.append(table)
        key = names[-1]
        if key.value in table.slots:
            # A second one stays beside the first.
            table.doubles.append(Entry(key, value))
            raise _taken(key)
        table.slots[key.value] = Slot(key, value)
        return entered

    def declare(self, key: Scalar, place: int, *, is_list: bool) -> tuple[Slot, Table]:
        """What a header names last: a table that was only implied so far, or one more item of a list."""
        slot = self.slots.get(key.value)
        if slot is None:
            slot = self.slots[key.value] = Slot(key, is_list=is_list)
        elif slot.value is not None or slot.is_list != is_list:
            raise _taken(key)
        if is_list or not slot.tables:
            slot.tables.append(Table(place))
        table = slot.tables[-1]
        if table.is_declared:
            raise TomlError("duplicate-key", key.inner, f"the table `{key.value}` is defined twice")
        table.is_declared = True
        return slot, table

    def node(self) -> Mapping:
        """The table as it was read; the parser bounds the depth."""
        entries = [*map(_entry, self.slots.values()), *self.doubles]
        entries.sort(key=lambda entry: entry.key.span)
        spans = [entry.span for entry in entries] or [Span(self.place, self.place)]
        span = Span(spans[0].start, max(span.end for span in spans))
        return Mapping(span, tuple(entries), self.flow)


def _taken(key: Scalar) -> TomlError:
    return TomlError("duplicate-key", key.inner, f"`{key.value}` is defined twice")


def _entry(slot: Slot) -> Entry:
    pieces: Items[TextPiece] = slot.pieces if len(slot.pieces) > 1 else ()
    if slot.value is not None:
        return Entry(slot.key, slot.value)
    tables = [table.node() for table in slot.tables]
    if not slot.is_list:
        return Entry(slot.key, tables[0], tuple(pieces))
    span = Span(tables[0].span.start, max(table.span.end for table in tables))
    return Entry(slot.key, Sequence(span, tuple(tables), flow=False), tuple(pieces))
