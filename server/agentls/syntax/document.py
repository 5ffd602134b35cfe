"""What a parser found in a file: a tree of nodes with the place of every part, and a body.

Plain frozen data. A parser never raises: what it could not read is a ``Problem`` beside what it could.
Nothing here knows a product; nothing here knows the syntax of a format.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from agentls.syntax.merge_keys import is_merge
from agentls.syntax.nodes import Entry, Mapping, Scalar, entries_in, node_at
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agentls.syntax.nodes import Node, Path
    from agentls.text.source import Text


_NOTHING = Span(0, 0)
_EMPTY = Mapping(_NOTHING, (), flow=False)


class Field(NamedTuple):
    """An entry of the root whose key is a name; ``key`` covers the name alone, ``span`` all of it."""

    name: str
    key: Span
    value: Node
    span: Span
    entry: Entry


class Problem(NamedTuple):
    """Why (a part of) a document cannot be read strictly.

    ``kind`` is the cause, in a word of its format, which the rules explain.
    ``is_recoverable``: the product's own parser gets over it, as Claude Code's does by quoting the value.
    ``entry`` covers the entry that holds the cause, ``detail`` is the parser's own words.
    """

    kind: str
    span: Span
    entry: Span
    detail: str = ""
    is_recoverable: bool = False


@dataclass(frozen=True)
class Document:
    """A file as its parser sees it.

    ``opening`` and ``closing`` are the fences, ``content`` lies between them, ``body`` after them.
    ``is_recovered``: the product reads the fields, at its own second try if not strictly.
    ``inherited`` are the entries that the root gets by merge keys, if it has any; they stand further inside.
    """

    text: Text
    body: Span
    opening: Span | None = None
    content: Span = _NOTHING
    closing: Span | None = None
    root: Mapping = _EMPTY
    problems: tuple[Problem, ...] = ()
    is_recovered: bool = True
    anchors: dict[str, Node] = field(default_factory=dict)
    inherited: tuple[Entry, ...] | None = None

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The entries of the root, in the order of the text, and behind them those that it inherits."""
        if self.inherited is None:
            return self._own_fields
        own = [field for field in self._own_fields if not is_merge(field.entry)]
        return (*own, *_fields(self.inherited))

    @cached_property
    def _own_fields(self) -> tuple[Field, ...]:
        return tuple(_fields(self.root.entries))

    def field(self, name: str) -> Field | None:
        """The field of that name; of several the last, since that is the one the products keep."""
        return self._by_name.get(name)

    def string(self, name: str) -> str | None:
        """The field's value if it is a non-empty string, else None."""
        field = self.field(name)
        value = field and isinstance(field.value, Scalar) and field.value.plain
        return value.strip() or None if isinstance(value, str) else None

    def field_at(self, offset: int) -> Field | None:
        """The field that holds a place; of two that touch there, as in ``{a,b: 1}``, the second."""
        after = bisect_right(self._starts, offset)
        span, field = self._stretches[after - 1] if after else (_NOTHING, None)
        return field if field and offset in span else None

    def node(self, path: Path) -> Node | None:
        """The node that a path leads to."""
        return node_at(self.root, path)

    def entries_at(self, path: Path) -> tuple[Entry, ...]:
        """The entries of the mapping that a path leads to; none where there is no mapping."""
        return entries_in(self.node(path))

    def problem_at(self, span: Span) -> Problem | None:
        """The first problem with just that span."""
        return self._problems.get(span)

    @cached_property
    def _by_name(self) -> dict[str, Field]:
        return {field.name: field for field in self.fields}

    @cached_property
    def _problems(self) -> dict[Span, Problem]:
        return {problem.span: problem for problem in reversed(self.problems)}

    @cached_property
    def _stretches(self) -> list[tuple[Span, Field]]:
        fields = self._own_fields
        if not any(field.entry.pieces for field in fields):
            return [(field.span, field) for field in fields]
        found = [(span, field) for field in fields for span in field.entry.stretches]
        return sorted(found, key=lambda stretch: stretch[0])

    @cached_property
    def _starts(self) -> list[int]:
        return [span.start for span, _ in self._stretches]

    def removals(self, fields: Iterable[Field]) -> tuple[Span, ...]:
        """What to delete so that fields are gone: their lines, and in braces the commas beside them.

        The work is that of the given fields, however many there are: each of thousands of findings may ask.
        """
        ordered = sorted(fields, key=lambda field: field.entry.span)
        if not self.root.flow:
            return tuple(lines for field in ordered for lines in self.lines_of(field))
        places = self._places_of_entries
        gone = [places[field.entry.span] for field in ordered if field.entry.span in places]
        return tuple(self._with_comma(first, last) for first, last in _runs(gone))

    def _with_comma(self, first: int, last: int) -> Span:
        """The entries from ``first`` to ``last``, with the comma behind them, or before them at the end."""
        entries = self.root.entries
        if last + 1 < len(entries):
            return Span(entries[first].span.start, entries[last + 1].span.start)
        start = entries[first - 1].span.end if first else entries[0].span.start
        return Span(start, entries[last].span.end)

    @cached_property
    def _places_of_entries(self) -> dict[Span, int]:
        return {entry.span: place for place, entry in enumerate(self.root.entries)}

    def lines_of(self, field: Field) -> tuple[Span, ...]:
        """The whole lines of a field, with the line break after the last one; for each of its pieces."""
        return tuple(self.text.lines_around(span) for span in field.entry.stretches)


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The first and last of numbers that follow each other; they are in order."""
    for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
        found = [number for _, number in run]
        yield found[0], found[-1]


def _fields(entries: Iterable[Entry]) -> Iterator[Field]:
    for entry in entries:
        key, value, pieces = entry
        if isinstance(key, Scalar):
            end = value.span.end
            is_plain = not pieces and end > key.span.end
            span = Span(key.span.start, end) if is_plain else entry.span
            yield Field(key.value, key.inner, value, span, entry)
