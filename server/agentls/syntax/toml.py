"""TOML with the place of each entry: the standard library says what a text means, a scanner says where.

A file of this kind is fields from its first line to its last; the text that a model is told is one of them.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from agentls.syntax.document import Document, Entry, Field, Mapping, Node, Problem, Scalar, Sequence, Style
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.text.source import Text

_PART = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\\r\n]|\\.)*"|'[^'\r\n]*')"""
_NAME = rf"(?P<key>{_PART})(?:[ \t]*\.[ \t]*{_PART})*[ \t]*"
_TABLE = _NAME.replace("key", "table")
_KEYS = re.compile(_PART)
_START = re.compile(rf"[ \t]*(?:{_NAME}=[ \t]*|(?P<header>\[\[?)[ \t]*{_TABLE}\])")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}' r"|'''.*?'{3,5}" r'|"(?:[^"\\\r\n]|\\.)*"' r"|'[^'\r\n]*'", re.DOTALL
)
_QUOTES = re.compile(r"\"\"\"(?:\r?\n)?|'''(?:\r?\n)?|[\"']")
_REST = re.compile(r"[^\r\n#]*")
_LINE_END = re.compile(r"[^\r\n]*(?:\r\n?|\n|\Z)")
# What a table in braces is made of; a key is tried first, and nothing else is followed by `=`.
_TOKEN = re.compile(
    rf"(?P<entry>(?P<key>{_PART})(?:[ \t]*\.[ \t]*{_PART})*[ \t]*=[ \t]*)"
    rf"|(?P<sign>[{{}}\[\],])|\#[^\r\n]*|(?P<value>{_STRING.pattern}|[^\s\"'{{}}\[\],\#]+)",
    re.DOTALL,
)
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")

# Nobody nests tables so deep, and each level takes room on the stack.
_DEEPEST = 100
_TOO_DEEP = "Nested too deeply"

# Where a key stands, without quotes, and its value, by the keys that lead there.
_Places = dict[tuple[str, ...], tuple[Span, Span]]


def read(text: Text) -> Document:
    """Read a file; an entry that is no TOML is a field all the same, with its raw text."""
    source = text.source
    problems = _problems(text)
    whole = Span(0, len(source))
    # There are no fences, so the fields start at the start and nothing stands below them.
    body = Span(whole.end, whole.end)
    return Document(text, body, Span(0, 0), whole, fields=tuple(_fields(source)), problems=problems)


def _problems(text: Text) -> tuple[Problem, ...]:
    whole = Span(0, len(text.source))
    try:
        _load(text.source)
    except tomllib.TOMLDecodeError as error:
        reason, _, _ = str(error).partition(" (at ")
        place = _PLACE.search(str(error))
        offset = _offset(text, int(place[1]), int(place[2])) if place else len(text.source.rstrip())
        # At a line's end the mistake is in front of it.
        start = max(0, len(text.source[: offset + 1].rstrip()) - 1)
        return (Problem("toml", Span(start, start + bool(text.source)), whole, reason),)
    return ()


def _offset(text: Text, line: int, column: int) -> int:
    """The standard library counts lines by line feeds alone, and columns from 1."""
    starts = [0, *(match.end() for match in re.finditer("\n", text.source))]
    return min(starts[min(line, len(starts)) - 1] + column - 1, len(text.source))


def _load(source: str) -> dict[str, Any]:
    try:
        return tomllib.loads(source)
    except RecursionError:
        raise tomllib.TOMLDecodeError(_TOO_DEEP) from None


def _fields(source: str) -> Iterator[Field]:
    position = 0
    while position < len(source):
        match = _START.match(source, position)
        if match is None:
            position = _next_line(source, position)
            continue
        end = _end_of_table(source, match.end()) if match["header"] else _end_of_value(source, match.end())
        key = match.span("table" if match["header"] else "key")
        yield _field(source, Span(*key), Span(match.start(), end), match)
        position = _next_line(source, end)


def _next_line(source: str, position: int) -> int:
    match = _LINE_END.match(source, position)
    return max(match.end() if match else len(source), position + 1)


def _field(source: str, key: Span, whole: Span, match: re.Match[str]) -> Field:
    name = source[key.start : key.end].strip("\"'")
    value = Span(key.start if match["header"] else match.end(), whole.end)
    try:
        found = _load(source[whole.start : whole.end])[name]
        node = _node(source, value, found, _places(source, whole, value), (name,))
    except (tomllib.TOMLDecodeError, KeyError):
        node = Scalar(value, source[value.start : value.end], Style.RAW)
    return Field(name, key, node, Span(key.start, whole.end))


def _places(source: str, whole: Span, value: Span) -> _Places:
    """The keys of a table's header and of its entries, and those of an entry with dots."""
    found: _Places = {}
    table: tuple[str, ...] = ()
    position = whole.start
    while position < whole.end and (match := _START.match(source, position)):
        span = Span(*match.span("table" if match["header"] else "key"))
        end = match.end() if match["header"] else _end_of_value(source, match.end())
        keys = table
        for keys, inner in _keys(source, span.start, match.end() - 1, table):
            found[keys] = inner, (value if match["header"] else Span(match.end(), end))
        if not match["header"] and source.startswith("{", match.end()):
            found |= _places_in_braces(source, Span(match.end(), end), keys)
        table = keys if match["header"] else table
        position = _next_entry(source, end, whole.end)
    return found


def _keys(
    source: str, start: int, end: int, around: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], Span]]:
    """The names of a key with dots, each behind those before it, and where it stands without quotes."""
    for key in _KEYS.finditer(source, start, end):
        if len(around) > _DEEPEST:
            raise tomllib.TOMLDecodeError(_TOO_DEEP)
        quoted = key.group()[0] in "\"'"
        around = (*around, next(iter(_load(f"{key.group()} = 0"))))
        yield around, Span(key.start() + quoted, key.end() - quoted)


@dataclass
class _Brackets:
    """An open table or list, and its entry that has not ended; ``keys`` lead to a table, None to a list.

    The items of a list have no keys of their own, so nothing in them is placed.
    """

    keys: tuple[str, ...] | None
    start: int = 0
    names: list[tuple[tuple[str, ...], Span]] = field(default_factory=list)

    def end(self, end: int) -> _Places:
        places: _Places = {keys: (name, Span(self.start, end)) for keys, name in self.names}
        self.names = []
        return places


def _places_in_braces(source: str, whole: Span, keys: tuple[str, ...]) -> _Places:
    """The same for a table in braces, and for those in it."""
    found: _Places = {}
    # The value itself, which nothing ends.
    around = [_Brackets(None, names=[(keys, whole)])]
    last = whole.start
    for token in _TOKEN.finditer(source, whole.start, whole.end):
        inner = around[-1]
        match token["sign"]:
            case None if token["entry"] and inner.keys is not None:
                inner.names = list(_keys(source, token.start(), token.end() - 1, inner.keys))
                inner.start = token.end()
            case "{" | "[" as sign:
                around.append(_Brackets(inner.names[-1][0] if sign == "{" and inner.names else None))
            case "," | "}" | "]" as sign if len(around) > 1:
                found |= inner.end(last)
                if sign != ",":
                    around.pop()
        if token["value"] or token["sign"] not in (None, ","):
            last = token.end()
    return found


def _next_entry(source: str, position: int, end: int) -> int:
    """The next line that starts an entry; what lies between holds blanks and comments only."""
    position = _next_line(source, position)
    while position < end and not _START.match(source, position):
        position = _next_line(source, position)
    return position


def _node(
    source: str, span: Span, value: Any, places: _Places | None = None, keys: tuple[str, ...] = ()
) -> Node:
    if len(keys) > _DEEPEST:
        raise tomllib.TOMLDecodeError(_TOO_DEEP)
    if isinstance(value, dict):
        entries = []
        for name, inner in value.items():
            key, place = (places or {}).get((*keys, name), (span, span))
            node = _node(source, place, inner, places, (*keys, name))
            entries.append(Entry(Scalar(key, name, Style.RAW), node))
        return Mapping(span, tuple(entries), flow=True)
    if isinstance(value, list) and places and all(isinstance(item, dict) for item in value):
        # A header in double brackets makes one item, and an entry's own list has no places in it.
        return Sequence(span, tuple(_node(source, span, item, places, keys) for item in value), flow=True)
    if isinstance(value, list):
        texts = [Span(*match.span()) for match in _STRING.finditer(source, span.start, span.end)]
        # Where the texts are not all of it, they cannot be told apart.
        is_plain = len(texts) == len(value) and all(isinstance(item, str) for item in value)
        spans = texts if is_plain else [span] * len(value)
        items = tuple(_node(source, place, item) for place, item in zip(spans, value, strict=True))
        return Sequence(span, items, flow=True)
    if isinstance(value, str):
        quotes = _QUOTES.match(source, span.start, span.end)
        if quotes is None:
            return Scalar(span, value, Style.RAW)
        length = 3 if quotes.group()[:3] in ('"""', "'''") else 1
        return Scalar(Span(quotes.end(), max(quotes.end(), span.end - length)), value, Style.RAW)
    return Scalar(span, source[span.start : span.end], Style.PLAIN)


def _end_of_table(source: str, start: int) -> int:
    """Where the next table starts, the blank lines and comments before it left out."""
    position = end = _next_line(source, start)
    while position < len(source):
        match = _START.match(source, position)
        if match and match["header"]:
            break
        if match:
            end = _end_of_value(source, match.end())
        position = _next_line(source, max(position, end if match else position))
    return len(source[:end].rstrip())


def _end_of_value(source: str, start: int) -> int:
    position, depth = start, 0
    while position < len(source):
        if string := _STRING.match(source, position):
            position = string.end()
        elif source[position] in "[{":
            depth, position = depth + 1, position + 1
        elif source[position] in "]}":
            depth, position = depth - 1, position + 1
        elif depth > 0:
            position = _next_line(source, position) if source[position] == "#" else position + 1
        else:
            rest = _REST.match(source, position)
            end = rest.end() if rest else position
            return position + len(source[position:end].rstrip())
        if depth <= 0:
            return position
    return position
