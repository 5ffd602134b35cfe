"""Texts and words of JSON to scalars, with what is wrong in them."""

from __future__ import annotations

from json.decoder import scanstring  # type: ignore[attr-defined]  # it is there, and in C
from typing import TYPE_CHECKING, NamedTuple

from agentls.syntax.document import Problem
from agentls.syntax.json_patterns import CONTROL, ESCAPE, LENIENT
from agentls.syntax.nodes import Scalar
from agentls.syntax.spelling import Style
from agentls.text.source import Span

if TYPE_CHECKING:
    import re

# Each time that a class of this kind is asked for a member, it looks for it anew.
_PLAIN, _DOUBLE, _RAW = Style.PLAIN, Style.DOUBLE, Style.RAW


class Found(NamedTuple):
    """A scalar, where it ends, and what is wrong in it."""

    node: Scalar
    end: int
    problems: tuple[Problem, ...] = ()


def text(source: str, start: int, end: int, *, is_closed: bool) -> Found:
    """The text between quotes that starts at ``start``; strictly read, it ends at ``end`` or nowhere."""
    problems: tuple[Problem, ...] = ()
    if not is_closed:
        lenient = LENIENT.match(source, start)
        if lenient is None or not lenient["closed"]:
            return _unclosed(source, start, lenient.end() if lenient else end)
        end = lenient.end()
        wrong = CONTROL.search(source, start, end)
        at = Span(wrong.start(), wrong.end()) if wrong else Span(start, end)
        problems = (Problem("control-character", at, at, "this character must be escaped"),)
    value, raw = source[start + 1 : end - 1], ""
    if "\\" in value:
        raw = source[start:end]
        try:
            value = str(scanstring(raw, 1, False)[0])  # noqa: FBT003  it takes no names
        except ValueError:
            value = ESCAPE.sub(_meaning, raw[1:-1])
            problems += _bad_escapes(raw, start)
    return Found(Scalar(Span(start, end), value, _DOUBLE, raw), end, problems)


def _unclosed(source: str, start: int, end: int) -> Found:
    words = source[start:end].rstrip()
    opening = Span(start, start + 1)
    problem = Problem("unclosed-string", opening, opening, "the closing quote is missing")
    return Found(Scalar(Span(start, start + len(words)), words, _RAW), end, (problem,))


def _bad_escapes(raw: str, start: int) -> tuple[Problem, ...]:
    """The first one of a text."""
    match = next((match for match in ESCAPE.finditer(raw) if match["good"] is None), None)
    if match is None:
        return ()
    span = Span(start + match.start(), start + match.end())
    return (Problem("bad-escape", span, span, f"`{match[0]}` is not an escape"),)


def _meaning(match: re.Match[str]) -> str:
    return str(scanstring(f'"{match[0]}"', 1)[0]) if match["good"] else match[0][1:]


def simple_value(found: re.Match[str], text: int) -> Scalar:
    """The text in one group, or else the word in the next."""
    start, end = found.span(text)
    if start >= 0:
        return Scalar(Span(start - 1, end + 1), found[text], _DOUBLE)
    return Scalar(Span(*found.span(text + 1)), found[text + 1], _PLAIN)
