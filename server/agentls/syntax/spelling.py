"""How scalars are spelled, and which part of a value stands where in its spelling."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


class Style(Enum):
    """How a scalar is written."""

    PLAIN = "plain"
    SINGLE = "single-quoted"
    DOUBLE = "double-quoted"
    SINGLE_LINES = "between three single quotes"
    DOUBLE_LINES = "between three double quotes"
    LITERAL = "literal block"
    FOLDED = "folded block"
    RAW = "raw"
    """Not readable; the value is the text as it stands."""

    @property
    def is_quoted(self) -> bool:
        return self in _QUOTED


# Each time that a class of this kind is asked for a member, it looks for it anew.
_QUOTED = (Style.SINGLE, Style.DOUBLE, Style.SINGLE_LINES, Style.DOUBLE_LINES)

_THREE = 3
_FIRST_BREAK = re.compile(r"(?:\r\n|\n)?")
_BLOCK_HEADER = re.compile(r"[^\r\n]*+(?:\r\n?|\n)?")
_FOLD = r"(?P<fold>(?:\r\n?|\n)[ \t\r\n]*+)"
_ESCAPE = (
    r"(?P<nothing>\\[ \t]*+(?:\r\n?|\n)[ \t\r\n]*+)"
    r"|\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)"
)
# What stands otherwise in the value: line breaks with the blanks behind them, and escapes.
_OTHERWISE = {
    Style.DOUBLE: re.compile(f"{_FOLD}|{_ESCAPE}"),
    Style.DOUBLE_LINES: re.compile(f"{_FOLD}|{_ESCAPE}"),
    Style.SINGLE: re.compile(f"{_FOLD}|(?P<nothing>(?!))|''"),
}
_FOLDS_ONLY = re.compile(f"{_FOLD}|(?P<nothing>(?!))")
_BLANKS = re.compile(r"[ \t\r\n]*+")


class SpelledRun(NamedTuple):
    """``length`` characters that stand in the value, from ``value`` on, as in the text, from ``raw`` on."""

    value: int
    raw: int
    length: int


@lru_cache(maxsize=256)
def runs(raw: str, value: str, style: Style) -> tuple[SpelledRun, ...]:
    """Where the text of a scalar and its value are the same, in their order."""
    return tuple(_aligned(raw, value, style))


def _aligned(raw: str, value: str, style: Style) -> Iterator[SpelledRun]:
    """The runs in their order, up to the first place at which text and value cannot be told to agree."""
    start, end = content(raw, style)
    done = _skip_blanks(value, 0) if style in (Style.LITERAL, Style.FOLDED) else 0
    for other in [*_OTHERWISE.get(style, _FOLDS_ONLY).finditer(raw, start, end), None]:
        chunk = raw[start : other.start() if other else end]
        if other is None or other["fold"]:
            chunk = chunk.rstrip(" \t") if other else chunk
        if not value.startswith(chunk, done):
            return
        if chunk:
            yield SpelledRun(done, start, len(chunk))
        done += len(chunk)
        if other is None:
            return
        start = other.end()
        done = _skip_blanks(value, done) if other["fold"] else done + (other["nothing"] is None)


def content(raw: str, style: Style) -> tuple[int, int]:
    """Where the text itself starts and ends, within its quotes or below its header."""
    if style in (Style.SINGLE, Style.DOUBLE):
        return 1, len(raw) - 1
    if style in (Style.SINGLE_LINES, Style.DOUBLE_LINES):
        first = _FIRST_BREAK.match(raw, _THREE)
        return first.end() if first else _THREE, len(raw) - _THREE
    if style in (Style.LITERAL, Style.FOLDED):
        header = _BLOCK_HEADER.match(raw)
        start = header.end() if header else 0
        return _skip_blanks(raw, start), len(raw)
    return 0, len(raw)


def _skip_blanks(text: str, start: int) -> int:
    blanks = _BLANKS.match(text, start)
    return blanks.end() if blanks else start
