"""Keys and values of TOML 1.0 to nodes, read to the letter: what is wrong raises at its exact place.

Arrays and inline tables are read with a stack of their own, so that their depth costs no calls.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from agentls.syntax.nodes import MAX_DEPTH, Node, Scalar, Sequence
from agentls.syntax.spelling import Style
from agentls.syntax.toml_tables import Table, TomlError
from agentls.text.source import Span

_CONTROL = r"\x00-\x08\x0b-\x1f\x7f"
_ESCAPED = r'\\(?:[btnfr"\\]|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})'
_BASIC = rf'"(?:[^"\\\n{_CONTROL}]++|{_ESCAPED})*+"'
_LITERAL = rf"'[^'\n{_CONTROL}]*+'"
_STRING = re.compile(
    rf'(?P<lines>"""(?:(?:\r\n|[^"\\{_CONTROL}])++|{_ESCAPED}|\\[ \t]*+\r?\n|"{{1,2}}(?!"))*+"{{3,5}})'
    rf"|(?P<raw_lines>'''(?:(?:\r\n|[^'{_CONTROL}])++|'{{1,2}}(?!'))*+'{{3,5}})"
    rf"|(?P<basic>(?!\"\"\"){_BASIC})|(?P<literal>(?!'''){_LITERAL})"
)
_KEY = re.compile(rf"(?P<bare>[A-Za-z0-9_-]++)|(?P<basic>{_BASIC})|(?P<literal>{_LITERAL})")
_DOT = re.compile(r"[ \t]*+\.[ \t]*+")
_BLANKS = re.compile(r"[ \t]*+")
_GAP = re.compile(rf"(?:[ \t\n]++|\r\n|#[^\n{_CONTROL}]*+(?=\r?\n|\Z))*+")
_EQUALS = re.compile(r"[ \t]*+=[ \t]*+")

_TIME = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]++)?"
_DATE_TIME = re.compile(
    r"(?P<date>(?P<year>[0-9]{4})-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12][0-9]|3[01])"
    rf"(?:[Tt ]{_TIME}(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])?)?)|{_TIME}"
)
_NUMBER = re.compile(
    r"(?P<based>0(?:x[0-9A-Fa-f](?:_?[0-9A-Fa-f])*+|b[01](?:_?[01])*+|o[0-7](?:_?[0-7])*+))"
    r"|[+-]?(?:0|[1-9](?:_?[0-9])*+)"
    r"(?P<float>(?:\.[0-9](?:_?[0-9])*+)?+(?:[eE][+-]?[0-9](?:_?[0-9])*+)?+)"
)
_WORD = re.compile(r"true|false|[+-]?(?:inf|nan)")
# What was meant as a value, and what stands where nothing should.
_MEANT = re.compile(r"[^\s,\]}#](?:[ \t]*+[^\s,\]}#])*+")

_BACKSLASH = re.compile(r"\\(?:u(.{4})|U(.{8})|[ \t]*+\r?\n[ \t\r\n]*+|(.))")
_MEANINGS = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "\\": "\\"}
_LAST_CODE, _SURROGATES = 0x10FFFF, range(0xD800, 0xE000)
_SPECIAL = {"inf": ".inf", "-inf": "-.inf", "nan": ".nan"}
_LONGEST_NUMBER = 400
_GOOD_ESCAPE = re.compile(_ESCAPED + r"|\\[ \t]*+\r?\n")
_BAD_CHARACTER = re.compile(rf"(?!\r\n)[{_CONTROL}]")


class Value(NamedTuple):
    """What was read, and where it ends."""

    node: Node
    end: int


def keys(source: str, start: int) -> tuple[list[Scalar], int]:
    """The names of a key with dots, and where it ends."""
    found: list[Scalar] = []
    while True:
        match = _KEY.match(source, start)
        if match is None:
            raise _wrong_key(source, start)
        if len(found) == MAX_DEPTH:
            raise TomlError("too-deep", Span(start, match.end()), "this is nested too deeply")
        found.append(_name(match))
        dot = _DOT.match(source, match.end())
        if dot is None:
            return found, match.end()
        start = dot.end()


def _name(match: re.Match[str]) -> Scalar:
    span, text = Span(*match.span()), match[0]
    if match["bare"]:
        return Scalar(span, text, Style.PLAIN)
    if match["literal"]:
        return Scalar(span, text[1:-1], Style.SINGLE)
    shown = unescaped(text[1:-1], span.start + 1)
    return Scalar(span, shown, Style.DOUBLE, text if "\\" in text else "")


def _wrong_key(source: str, start: int) -> TomlError:
    if source[start : start + 1] in ("'", '"'):
        return wrong_string(source, start)
    return TomlError("stray-text", meant(source, start), "a key is expected here")


def value(source: str, start: int) -> Value:
    """The value that starts at a place."""
    if source[start : start + 1] in ("[", "{"):
        return _collection(source, start)
    return _single(source, start)


def _single(source: str, start: int) -> Value:
    first = source[start : start + 1]
    if first in ("'", '"'):
        match = _STRING.match(source, start)
        if match is None:
            raise wrong_string(source, start)
        return Value(_string(match), match.end())
    if word := _WORD.match(source, start):
        text = word[0]
        shown = text if text in ("true", "false") else _SPECIAL[text.lstrip("+").replace("-nan", "nan")]
        return Value(_plain(word, shown), word.end())
    if moment := _DATE_TIME.match(source, start):
        if moment["date"]:
            _check_date(moment)
        return Value(Scalar(Span(*moment.span()), moment[0], Style.RAW), moment.end())
    if number := _NUMBER.match(source, start):
        return Value(_number(number), number.end())
    span = meant(source, start)
    is_word = source[span.start : span.start + 1].isalpha()
    detail = "a text must stand between quotes" if is_word else "a value is expected here"
    raise TomlError("bad-value", span, detail)


def _string(match: re.Match[str]) -> Scalar:
    span, text = Span(*match.span()), match[0]
    if match["basic"]:
        shown = unescaped(text[1:-1], span.start + 1)
        return Scalar(span, shown, Style.DOUBLE, text if "\\" in text else "")
    if match["literal"]:
        return Scalar(span, text[1:-1], Style.SINGLE)
    inner = text[3:-3].replace("\r\n", "\n").removeprefix("\n")
    if match["lines"]:
        return Scalar(span, unescaped(inner, span.start), Style.DOUBLE_LINES, text)
    return Scalar(span, inner, Style.SINGLE_LINES, text)


def unescaped(text: str, start: int) -> str:
    """What a text without its quotes says; it starts at ``start``."""
    return _BACKSLASH.sub(lambda match: _meaning(match, start), text) if "\\" in text else text


def _meaning(match: re.Match[str], start: int) -> str:
    if letter := match[3]:
        return _MEANINGS[letter]
    code = int(match[1] or match[2] or "0", 16)
    if code in _SURROGATES or code > _LAST_CODE:
        span = Span(start + match.start(), start + match.end())
        raise TomlError("bad-escape", span, f"`{match[0]}` is not a character")
    return chr(code) if match[1] or match[2] else ""


def _check_date(match: re.Match[str]) -> None:
    try:
        date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        raise TomlError("bad-value", Span(*match.span()), "this day does not exist") from None


def _number(match: re.Match[str]) -> Scalar:
    text = match[0]
    if len(text) > _LONGEST_NUMBER:
        return Scalar(Span(*match.span()), text, Style.RAW)
    shown = repr(float(text)) if match["float"] else str(int(text, 0))
    return _plain(match, _SPECIAL.get(shown, shown))


def _plain(match: re.Match[str], shown: str) -> Scalar:
    return Scalar(Span(*match.span()), shown, Style.PLAIN, match[0] if match[0] != shown else "")


def wrong_string(source: str, start: int) -> TomlError:
    """Why a text that starts at a place is none."""
    quote = source[start]
    mark = quote * 3 if source.startswith(quote * 3, start) else quote
    opening = Span(start, start + len(mark))
    offset = opening.end
    while offset < len(source):
        if source.startswith(mark, offset):
            break
        character = source[offset]
        if character == "\\" and quote == '"':
            escape = _GOOD_ESCAPE.match(source, offset)
            if escape is None:
                return TomlError(
                    "bad-escape", Span(offset, min(offset + 2, len(source))), _bad_escape(source, offset)
                )
            offset = escape.end()
            continue
        if character == "\n" and len(mark) == 1:
            break
        if _BAD_CHARACTER.match(source, offset):
            return TomlError("control-character", Span(offset, offset + 1), "this character must be escaped")
        offset += 1
    return TomlError("unclosed-string", opening, "closing quotes are missing")


def _bad_escape(source: str, offset: int) -> str:
    return f"`{source[offset : offset + 2].strip()}` is not an escape; write `\\\\` for a backslash"


def meant(source: str, start: int) -> Span:
    """What stands at a place, up to what might end a value; at the end of a line what stands before that."""
    blanks = _BLANKS.match(source, start)
    first = blanks.end() if blanks else start
    if match := _MEANT.match(source, first):
        return Span(*match.span())
    if source[first : first + 1] not in ("", "\r", "\n"):
        return Span(first, first + 1)
    while start > 0 and source[start - 1] in " \t":
        start -= 1
    return Span(max(start - 1, 0), start)


# Arrays and inline tables


class _OpenValue:
    """A collection whose end has not come yet; ``table`` for one in braces."""

    __slots__ = ("closing", "has_ended_value", "is_empty", "items", "names", "start", "table")

    def __init__(self, source: str, start: int) -> None:
        self.start = start
        is_table = source[start] == "{"
        self.closing = "}" if is_table else "]"
        self.table = Table(start + 1, flow=True) if is_table else None
        self.items: list[Node] = []
        self.names: list[Scalar] = []
        self.is_empty = True
        # Whether a comma or the end is due.
        self.has_ended_value = False

    def skip(self, source: str, offset: int) -> int:
        """Over blanks, and in brackets over line breaks and comments, too."""
        gap = (_BLANKS if self.table else _GAP).match(source, offset)
        return gap.end() if gap else offset

    def may_end(self) -> bool:
        return self.has_ended_value or self.table is None or self.is_empty

    def add(self, node: Node) -> None:
        self.has_ended_value, self.is_empty = True, False
        if self.table is None:
            self.items.append(node)
        else:
            self.table.assign(self.names, node)

    def node(self, end: int) -> Node:
        span = Span(self.start, end)
        if self.table is None:
            return Sequence(span, tuple(self.items), flow=True)
        return self.table.node()._replace(span=span)

    def wrong_end(self, source: str, offset: int) -> TomlError:
        """What stands at a place where neither a comma nor the end does."""
        if offset >= len(source) or source[offset] in "\r\n":
            detail = "this is never closed" if self.table is None else "this must end on its line"
            return TomlError("unclosed-bracket", Span(self.start, self.start + 1), detail)
        return TomlError("missing-comma", meant(source, offset), "a comma is missing before this")


def _collection(source: str, start: int) -> Value:
    stack = [_OpenValue(source, start)]
    offset = start + 1
    while True:
        inner = stack[-1]
        offset = inner.skip(source, offset)
        sign = source[offset : offset + 1]
        if sign == inner.closing and inner.may_end():
            offset += 1
            node = inner.node(offset)
            stack.pop()
            if not stack:
                return Value(node, offset)
            stack[-1].add(node)
        elif inner.has_ended_value:
            if sign != ",":
                raise inner.wrong_end(source, offset)
            inner.has_ended_value = False
            offset += 1
        else:
            offset = _start_of_value(source, offset, inner)
            if source[offset] in "[{":
                if len(stack) == MAX_DEPTH:
                    raise TomlError("too-deep", Span(offset, offset + 1), "this is nested too deeply")
                stack.append(_OpenValue(source, offset))
                offset += 1
            else:
                node, offset = _single(source, offset)
                inner.add(node)


def _start_of_value(source: str, offset: int, inner: _OpenValue) -> int:
    if inner.table is not None and source[offset : offset + 1] not in ("", "\r", "\n"):
        inner.names, offset = keys(source, offset)
        offset = after_equals(source, offset)
    if offset >= len(source):
        raise inner.wrong_end(source, offset)
    return offset


def after_equals(source: str, offset: int) -> int:
    """Where the value behind a key starts."""
    equals = _EQUALS.match(source, offset)
    if equals is None:
        raise TomlError("missing-separator", meant(source, offset), "`=` is missing behind the key")
    return equals.end()
