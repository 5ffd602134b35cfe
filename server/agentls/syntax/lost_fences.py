"""Front matter that does not stand where it must, or not between fences; knows no field but two.

What ``fences`` does not take for front matter may have been meant as such: text comes first, something else
stands where the fences should, or nothing does. Fields must say so: a name or a description, and lines that
are nothing else. Documentation that shows front matter in a block of code is left alone.
"""

from __future__ import annotations

import json
import re
from itertools import takewhile
from typing import TYPE_CHECKING

from agentls.syntax.fences import BYTE_ORDER_MARK, Fences
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

# Neither the front matter nor what was put before it is longer (characters, lines).
_FAR = 4000
_MOST_BEFORE = 600
_MOST_LINES = 80
_BLANK = r"[^\S\r\n]*"
_BREAK = r"(?:\r\n?|\n)"
_OPENING_WITH_BREAK = re.compile(r"---\s*\n")
_LINE = re.compile(rf"(?P<words>[^\r\n]*)(?:{_BREAK}|\Z)")
_KEY = re.compile(r"(?P<key>[A-Za-z_][\w-]*)[^\S\r\n]*:(?=\s|\Z)")
# What may stand between two keys: values that go on, items of lists, comments.
_PART_OF_VALUE = re.compile(r"[^\S\r\n]+\S|- |-$|#")
_TELLING = frozenset({"name", "description"})
# What only a rule says, which may have neither; one that does so below blank lines is front matter.
_OF_RULES = frozenset({"paths", "globs", "applyTo", "alwaysApply", "inclusion", "trigger"})
_INVISIBLE = re.compile(rf"[\ufeff\u00ad\u200b-\u200f\u2060-\u2064]+(?P<dashes>---){_BLANK}{_BREAK}")
_WORD = re.compile(rf"(?P<dashes>---{_BLANK}[^\s-][^\r\n]*){_BREAK}")
_GLUED = re.compile(r"---[^\S\r\n]*(?=[A-Za-z_][\w-]*[^\S\r\n]*:[^\S\r\n])")
_RULE = re.compile(rf"(?P<sign>([*_=;+.])\2{{2,}}|-(?: -){{2,}}){_BLANK}{_BREAK}")
_BLOCK = re.compile(rf"\s*(?P<line>(?P<sign>(?P<mark>`|~)(?P=mark){{2,}})[^\r\n`]*){_BREAK}")
_FENCE = re.compile(rf"^---{_BLANK}{_BREAK}", re.MULTILINE)
_END = r"(?=[\r\n]|\Z)"
_CLOSING = re.compile(rf"^---{_BLANK}{_END}", re.MULTILINE)
_ANY_CODE = re.compile(r"^[^\S\r\n]{0,3}(?:`{3,}|~{3,})", re.MULTILINE)
# Above the fields: a heading, a comment, a picture, a quotation, an address. Anything else is prose.
_NO_PROSE = re.compile(r"\s*(?:#|<!--|!?\[|>|@|//|$)")


def find(source: str) -> Fences | None:
    """The fields of a text that has no front matter but was meant to have some."""
    start = 1 if source.startswith(BYTE_ORDER_MARK) else 0
    readers = (_behind_invisible, _behind_word, _between_rules, _in_block, _in_json, _bare, _below_text)
    return next(filter(None, (read(source, start) for read in readers)), None)


def flaw(source: str, found: Fences) -> str:
    """Why what looks like front matter is none to most products; empty where it is some.

    They want a line feed behind the first fence, alone or in a pair with a carriage return.
    """
    if found.flaw or _OPENING_WITH_BREAK.match(source, found.opening.start):
        return found.flaw
    return "carriage-return" if "\r" in source[found.opening.end : found.opening.end + 1] else ""


def _behind_invisible(source: str, start: int) -> Fences | None:
    match = _INVISIBLE.match(source, start)
    return _closed(source, Span(*match.span("dashes")), match.end(), _CLOSING, "invisible") if match else None


def _behind_word(source: str, start: int) -> Fences | None:
    """``--- yaml``, or the first field on the line of the fence."""
    match = _WORD.match(source, start)
    if glued := _GLUED.match(source, start):
        return _closed(source, Span(start, start + 3), glued.end(), _CLOSING, "glued")
    return _closed(source, Span(*match.span("dashes")), match.end(), _CLOSING, "word") if match else None


def _between_rules(source: str, start: int) -> Fences | None:
    match = _RULE.match(source, start)
    if match is None:
        return None
    closing = re.compile(rf"^(?:{re.escape(match['sign'])}|---){_BLANK}{_END}", re.MULTILINE)
    return _closed(source, Span(*match.span("sign")), match.end(), closing, "dashes")


def _in_block(source: str, start: int) -> Fences | None:
    """A block of code in place of the fences."""
    match = _BLOCK.match(source, start, start + _FAR)
    if match is None:
        return None
    closing = re.compile(rf"^{_BLANK}{match['sign']}{_BLANK}{_END}", re.MULTILINE)
    return _closed(source, Span(*match.span("line")), match.end(), closing, "block")


def _in_json(source: str, start: int) -> Fences | None:
    """An object of JSON, which would do between fences."""
    first = len(source) - len(source[start:].lstrip()) if source[start : start + _FAR].strip() else start
    end = _end_of_json(source, first)
    if end is None:
        return None
    rest = _LINE.match(source, end)
    if rest is None or rest["words"].strip():
        return None
    body = Span(rest.end(), len(source))
    return Fences(Span(first, first), Span(first, end), Span(end, end), body, "json")


def _end_of_json(source: str, start: int) -> int | None:
    if source[start : start + 1] != "{":
        return None
    try:
        value, length = json.JSONDecoder().raw_decode(source[start : start + 4 * _FAR])
    except (ValueError, RecursionError):
        return None
    return start + length if isinstance(value, dict) and not _TELLING.isdisjoint(value) else None


def _bare(source: str, start: int) -> Fences | None:
    """Fields at the top with nothing around them; several, so that it is no sentence."""
    lines = list(takewhile(lambda line: _is_field(line["words"]), _lines(source, start)))
    keys = [key["key"] for line in lines if (key := _KEY.match(line["words"]))]
    if not lines or len(keys) <= 1 or not _KEY.match(lines[0]["words"]) or _TELLING.isdisjoint(keys):
        return None
    # A heading right below looks like a comment of YAML.
    end = next((line.start() for line in lines if re.match(r"#+ ", line["words"])), lines[-1].end())
    rest = _LINE.match(source, end)
    is_closed = rest is None or not rest["words"].strip() or end < lines[-1].end()
    if len(lines) >= _MOST_LINES or not (is_closed or _TELLING.issubset(keys)):
        return None
    return Fences(Span(start, start), Span(start, end), Span(end, end), Span(end, len(source)), "unfenced")


def _below_text(source: str, start: int) -> Fences | None:
    opening = _FENCE.search(source, start, start + _FAR)
    if opening is None or opening.start() - start > _MOST_BEFORE:
        return None
    before = source[start : opening.start()]
    if _ANY_CODE.search(before):
        return None
    is_prose = not all(_NO_PROSE.match(line) for line in before.splitlines())
    wanted = 2 if is_prose else 1
    dashes = Span(opening.start(), opening.start() + 3)
    telling = _TELLING if before.strip() else _TELLING | _OF_RULES
    return _closed(source, dashes, opening.end(), _CLOSING, "text", wanted=wanted, telling=telling)


def _closed(  # noqa: PLR0913  what a pair of fences has
    source: str,
    opening: Span,
    start: int,
    closing: re.Pattern[str],
    flaw: str,
    *,
    wanted: int = 1,
    telling: frozenset[str] = _TELLING,
) -> Fences | None:
    """The fences, if there are fields between them and nothing else; ``wanted`` of those that tell."""
    end = closing.search(source, start, start + 4 * _FAR)
    if end is None or not _are_fields(source[start : end.start()], wanted, telling):
        return None
    rest = _LINE.match(source, end.end())
    body = Span(rest.end() if rest else end.end(), len(source))
    return Fences(opening, Span(start, end.start()), Span(*end.span()), body, flaw)


def _are_fields(content: str, wanted: int, telling: frozenset[str] = _TELLING) -> bool:
    if _end_of_json(content.strip(), 0) == len(content.strip()):
        return True
    lines = [line for line in content.splitlines() if line.strip()]
    if not lines or len(lines) > _MOST_LINES or not all(map(_is_field, lines)):
        return False
    keys = {key["key"] for line in lines if (key := _KEY.match(line))}
    return _KEY.match(lines[0].lstrip()) is not None and len(telling & keys) >= wanted


def _is_field(line: str) -> bool:
    return bool(_KEY.match(line) or _PART_OF_VALUE.match(line))


def _lines(source: str, start: int) -> Iterator[re.Match[str]]:
    """The lines from there on, as many as front matter may have."""
    for _ in range(_MOST_LINES):
        match = _LINE.match(source, start)
        if match is None or match.end() == start:
            return
        yield match
        start = match.end()
