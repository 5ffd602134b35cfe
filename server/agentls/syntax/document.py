"""What a reader found in a file: front matter fields with the place of every part, and a body.

Plain frozen data. A reader never raises: what it could not read is a ``Problem`` beside what it could.
Nothing here knows a product; nothing here knows YAML's library.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agentls.text.source import Text


class Style(Enum):
    """How a scalar is written."""

    PLAIN = "plain"
    SINGLE = "single-quoted"
    DOUBLE = "double-quoted"
    LITERAL = "literal block"
    FOLDED = "folded block"
    RAW = "raw"
    """Not valid YAML; the value is the text as written."""

    @property
    def is_quoted(self) -> bool:
        return self in (Style.SINGLE, Style.DOUBLE)


_NOTHING = Span(0, 0)

# The YAML 1.2 core schema, which the products follow; PyYAML's own resolver is YAML 1.1.
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_NUMERIC_STARTS = frozenset("+-.0123456789")
_INT = re.compile(r"[-+]?[0-9]+")
_BASED_INT = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_FLOAT_WORD = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
# int() refuses longer strings since Python 3.11; a number that long is no setting of any product.
_MAX_DIGITS = 400


class Scalar(NamedTuple):
    """``value`` is the text after YAML's unescaping; ``span`` covers quotes and block indicators too."""

    span: Span
    value: str
    style: Style

    @property
    def plain(self) -> object:
        """The value as YAML 1.2 reads it: None, bool, int, float or str."""
        return resolve(self.value) if self.style is Style.PLAIN else self.value

    @property
    def inner(self) -> Span:
        """The span without the quotes."""
        if self.style.is_quoted and self.span.length > 1:
            return Span(self.span.start + 1, self.span.end - 1)
        return self.span


class Sequence(NamedTuple):
    """A list; ``flow`` when it stands in brackets."""

    span: Span
    items: tuple[Node, ...]
    flow: bool


class Mapping(NamedTuple):
    """A map; ``flow`` when it stands in braces."""

    span: Span
    entries: tuple[Entry, ...]
    flow: bool


class Alias(NamedTuple):
    """``*name``; never expanded, since expansion is what a YAML bomb is made of."""

    span: Span
    name: str


Node = Scalar | Sequence | Mapping | Alias


class Entry(NamedTuple):
    """One key of a map and its value."""

    key: Node
    value: Node


class Field(NamedTuple):
    """One top-level ``name: value``; ``key`` covers the name alone, ``span`` all of it."""

    name: str
    key: Span
    value: Node
    span: Span


class Problem(NamedTuple):
    """Why (a part of) the front matter cannot be read strictly.

    ``kind`` is one of the causes that ``rules.invalid_yaml`` explains.
    ``is_recoverable``: quoting the one-line value, as Claude Code does once, is enough for this entry.
    ``entry`` covers the entry that holds the cause, ``detail`` is the parser's own words.
    """

    kind: str
    span: Span
    entry: Span
    detail: str = ""
    is_recoverable: bool = False


@dataclass(frozen=True)
class Document:
    """A file as its reader sees it.

    ``opening`` and ``closing`` are the fences, ``content`` lies between them, ``body`` after them.
    ``is_recovered``: the product's own second try reads the front matter although strict YAML does not.
    """

    text: Text
    body: Span
    opening: Span | None = None
    content: Span = _NOTHING
    closing: Span | None = None
    fields: tuple[Field, ...] = ()
    problems: tuple[Problem, ...] = ()
    is_recovered: bool = True
    anchors: dict[str, Node] = field(default_factory=dict)

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
        field = self.fields[after - 1] if after else None
        return field if field and offset in field.span else None

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
    def _starts(self) -> list[int]:
        return [field.span.start for field in self.fields]

    def lines_of(self, field: Field) -> Span:
        """The whole lines of a field, with the line break after the last one."""
        return self.text.lines_around(field.span)


def resolve(value: str) -> object:
    """What a plain scalar means in the YAML 1.2 core schema."""
    if value in _NULL:
        return None
    if value in _BOOL:
        return _BOOL[value]
    # Most values are words, which a look at their first character tells.
    if value[0] not in _NUMERIC_STARTS or len(value) > _MAX_DIGITS:
        return value
    if _INT.fullmatch(value):
        return int(value)
    if _BASED_INT.fullmatch(value):
        return int(value, 0)
    if _FLOAT.fullmatch(value):
        return float(value)
    if _FLOAT_WORD.fullmatch(value):
        return float(value.replace(".", ""))
    return value


class Opaque:
    """Stands for a value that is not known here: an alias to a collection, a key that is no scalar."""


OPAQUE = Opaque()


def plain(node: Node, anchors: dict[str, Node]) -> object:
    """The node as plain Python data, for checks that need values and not places."""
    match node:
        case Scalar():
            return node.plain
        case Sequence():
            return [plain(item, anchors) for item in node.items]
        case Mapping():
            return {str(plain(entry.key, anchors)): plain(entry.value, anchors) for entry in node.entries}
        case Alias():
            target = anchors.get(node.name)
            return target.plain if isinstance(target, Scalar) else OPAQUE


def descend(node: Node, paths: Iterable[Iterable[str | int]]) -> Iterator[Node]:
    """The nodes that paths of keys and indexes lead to, or the deepest ones on the way to them."""
    # Of a map with thousands of entries each may be wanted.
    maps: dict[int, dict[str, Node]] = {}
    for path in paths:
        found = node
        for step in path:
            child = _child(found, step, maps)
            if child is None:
                break
            found = child
        yield found


def _child(node: Node, step: str | int, maps: dict[int, dict[str, Node]]) -> Node | None:
    if isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
        return node.items[step]
    if isinstance(node, Mapping) and isinstance(step, str):
        if id(node) not in maps:
            # Of several entries of one name the last one counts.
            maps[id(node)] = {e.key.value: e.value for e in node.entries if isinstance(e.key, Scalar)}
        return maps[id(node)].get(step)
    return None
