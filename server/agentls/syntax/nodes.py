"""The tree that every format is read into: scalars, sequences and mappings, each with its place in the text.

Plain frozen data. Nothing here knows a format's syntax; aliases are never expanded, depth is bounded by the
parsers, and so whatever walks the tree may call itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from agentls.syntax.spelling import Style, content, runs
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# What a plain scalar means to a reader.
Resolver = Callable[[str], object]

# The keys of mappings and the indexes of sequences that lead to a node; the same in every format.
Path = tuple[str | int, ...]

# Each time that a class of this kind is asked for a member, it looks for it anew.
_PLAIN, _RAW = Style.PLAIN, Style.RAW
_QUOTED_ON_ONE_LINE = (Style.SINGLE, Style.DOUBLE)

# The key whose value is merged into the map.
_MERGE = "<<"

# Deeper nesting than any product's format has; what lies deeper is reported, not read.
MAX_DEPTH = 64


class Scalar(NamedTuple):
    """``value`` is the text after unescaping; ``span`` covers quotes and block indicators, too.

    ``raw`` is what stands under the span where that is more than the value between its quotes, else empty.
    """

    span: Span
    value: str
    style: Style
    raw: str = ""

    @property
    def plain(self) -> object:
        """The value as YAML 1.2 reads it: None, bool, int, float or str."""
        return resolve(self.value) if self.style is _PLAIN else self.value

    @property
    def inner(self) -> Span:
        """The span without the quotes, and without a line break right behind three of them."""
        style = self.style
        if style is _PLAIN or style is _RAW:
            return self.span
        if style in _QUOTED_ON_ONE_LINE:
            return Span(self.span.start + 1, self.span.end - 1) if self.span.length > 1 else self.span
        if not style.is_quoted:
            return self.span
        start, end = content(self.raw, style)
        return Span(self.span.start + start, self.span.start + max(start, end))

    def source_of(self, start: int, end: int) -> Span | None:
        """Where ``value[start:end]`` stands; None where it is spelled otherwise, with an escape or a fold."""
        if not 0 <= start <= end <= len(self.value):
            return None
        if not self.raw:
            return Span(self.inner.start + start, self.inner.start + end)
        for run in runs(self.raw, self.value, self.style):
            if run.value <= start and end <= run.value + run.length:
                offset = self.span.start + run.raw - run.value
                return Span(offset + start, offset + end)
        return None


class Sequence(NamedTuple):
    """A list; ``flow`` when it stands in brackets."""

    span: Span
    items: tuple[Node, ...]
    flow: bool


class Mapping(NamedTuple):
    """A map; ``flow`` when it stands in braces. A key may be there twice: the last one counts."""

    span: Span
    entries: tuple[Entry, ...]
    flow: bool


class Alias(NamedTuple):
    """``*name``; never expanded, since expansion is what a YAML bomb is made of."""

    span: Span
    name: str


Node = Scalar | Sequence | Mapping | Alias


class TextPiece(NamedTuple):
    """A stretch of text that adds to an entry: a header of TOML with what stands below it, a dotted key."""

    key: Scalar
    span: Span


class Entry(NamedTuple):
    """One key of a mapping and its value; ``pieces`` are all of them where there are several."""

    key: Node
    value: Node
    pieces: tuple[TextPiece, ...] = ()

    @property
    def span(self) -> Span:
        """From the key to the end of the value; YAML's separator belongs to it where there is no value."""
        start = self.key.span.start
        if self.pieces:
            return Span(start, max(piece.span.end for piece in self.pieces))
        end = self.value.span.end
        is_missing = end <= self.key.span.end and getattr(self.value, "style", None) is not _RAW
        return Span(start, self.key.span.end + 1 if is_missing else end)

    @property
    def keys(self) -> tuple[Node, ...]:
        """The key wherever it is written."""
        return tuple(piece.key for piece in self.pieces) or (self.key,)

    @property
    def stretches(self) -> tuple[Span, ...]:
        """The places that belong to the entry and to no other one beside it."""
        return tuple(piece.span for piece in self.pieces) or (self.span,)


# Values


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


def plain(node: Node, anchors: dict[str, Node], resolver: Resolver = resolve) -> object:
    """The node as plain Python data, for checks that need values and not places.

    ``resolver`` says what a word without quotes means to the product.
    """
    match node:
        case Scalar():
            return resolver(node.value) if node.style is _PLAIN else node.value
        case Sequence():
            return [plain(item, anchors, resolver) for item in node.items]
        case Mapping():
            own: dict[str, object] = {}
            merged: object = {}
            for entry in node.entries:
                value = plain(entry.value, anchors, resolver)
                # Between quotes it is a name like all others, in each format.
                if isinstance(entry.key, Scalar) and (entry.key.style, entry.key.value) == (_PLAIN, _MERGE):
                    merged = value
                else:
                    own[_name(entry.key, anchors)] = value
            # What is merged from an alias is not known here.
            return {**merged, **own} if isinstance(merged, dict) else {**own, _MERGE: OPAQUE}
        case Alias():
            target = anchors.get(node.name)
            return plain(target, anchors, resolver) if isinstance(target, Scalar) else OPAQUE


def _name(key: Node, anchors: dict[str, Node]) -> str:
    return key.value if isinstance(key, Scalar) else str(plain(key, anchors))


# Ways through the tree


def descend(node: Node, paths: Iterable[Path]) -> Iterator[Node]:
    """The nodes that paths lead to, or the deepest ones on the way to them."""
    # Of a map with thousands of entries each may be wanted.
    maps: dict[int, dict[str, Node]] = {}
    for path in paths:
        found = node
        for step in path:
            inner = _child(found, step, maps)
            if inner is None:
                break
            found = inner
        yield found


def node_at(node: Node, path: Path) -> Node | None:
    """The node that a path leads to."""
    found: Node | None = node
    for step in path:
        found = _child(found, step, {}) if found else None
    return found


def entries_in(node: Node | None) -> tuple[Entry, ...]:
    """The entries of a mapping; none of anything else."""
    return node.entries if isinstance(node, Mapping) else ()


def _child(node: Node, step: str | int, maps: dict[int, dict[str, Node]]) -> Node | None:
    if isinstance(node, Sequence) and isinstance(step, int) and 0 <= step < len(node.items):
        return node.items[step]
    if isinstance(node, Mapping) and isinstance(step, str):
        if id(node) not in maps:
            # Of several entries of one name the last one counts.
            maps[id(node)] = {e.key.value: e.value for e in node.entries if isinstance(e.key, Scalar)}
        return maps[id(node)].get(step)
    return None


def scalars(node: Node) -> Iterator[tuple[Path, Scalar]]:
    """Every scalar that is a value, with its path, in the order of the text."""
    pending: list[tuple[Path, Node]] = [((), node)]
    while pending:
        path, found = pending.pop()
        if isinstance(found, Scalar):
            yield path, found
        elif isinstance(found, Sequence):
            pending += reversed([((*path, index), item) for index, item in enumerate(found.items)])
        elif isinstance(found, Mapping):
            named = ((entry.key, entry.value) for entry in reversed(found.entries))
            pending += [((*path, key.value), value) for key, value in named if isinstance(key, Scalar)]
