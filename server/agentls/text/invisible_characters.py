"""Characters that cannot be seen, and the text that some of them spell; knows no file and no rule."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_ZERO_WIDTH = "\xad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200d\u2060-\u2064\u206a-\u206f\u3164\ufeff"
_MARKS = frozenset("\u061c\u200e\u200f")
_MARK = "\u061c\u200e\u200f"
_DIRECTIONS = "\u202a-\u202e\u2066-\u2069"
_TAGS = "\U000e0000-\U000e007f"
_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_RUN = re.compile(f"[{_TAGS}]+|[{_SELECTORS}]+|[{_DIRECTIONS}]|[{_ZERO_WIDTH}{_MARK}]+")
# All of them, as a class of a regular expression.
ALL = f"{_ZERO_WIDTH}{_MARK}{_DIRECTIONS}{_TAGS}{_SELECTORS}"
# The flags of England, Scotland, Wales and others: a black flag, what it stands for in tags, and an end.
_FLAG = "\U0001f3f4"
_FLAG_END = "\U000e007f"
_EMBEDDINGS = frozenset("\u202a\u202b\u202c\u2066\u2067\u2068\u2069")
_OVERRIDES = frozenset("\u202d\u202e")
_ENDS = frozenset("\u202c\u2069")
_RIGHT_TO_LEFT = frozenset(("R", "AL"))
# Letters that join, or are kept from joining, by U+200D and U+200C, and those written without spaces.
# They take milliseconds to compile and are seldom needed, so `re` does it when they are.
_JOINING = "[\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af]"
_SPACELESS = "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af]"
_JOINERS = frozenset("\u200c\u200d")
_LEAST_BITS = 16


class Hidden(NamedTuple):
    """A run that cannot be seen: ``kind`` is text, direction or nothing, ``says`` what it spells."""

    start: int
    end: int
    kind: str
    says: str = ""


def find(text: str) -> Iterator[Hidden]:
    """The runs that no writing system and no emoji needs."""
    for match in _RUN.finditer(text):
        found = _judge(text, *match.span())
        if found is not None:
            yield found


def _judge(text: str, start: int, end: int) -> Hidden | None:
    run = text[start:end]
    if "\U000e0000" <= run[0] <= "\U000e007f":
        is_flag = text[start - 1 : start] == _FLAG and run.endswith(_FLAG_END)
        return None if is_flag else Hidden(start, end, "text", _tagged(run))
    if _is_selector(run[0]):
        # One chooses how the character before it is drawn; more draw nothing.
        return Hidden(start, end, "text", _selected(run)) if end - start > 1 else None
    if run in _OVERRIDES:
        return Hidden(start, end, "direction", _rest(text, end))
    is_direction = run in _EMBEDDINGS
    if (is_direction or _MARKS.issuperset(run)) and _is_right_to_left(text, start, end):
        return None
    if is_direction:
        return None if run in _ENDS else Hidden(start, end, "direction", _rest(text, end))
    if _is_needed(text, start, end):
        return None
    says = _bits(run)
    return Hidden(start, end, "text" if says else "nothing", says)


def _is_right_to_left(text: str, start: int, end: int) -> bool:
    """Whether the line holds letters that are written from right to left."""
    line = text[text.rfind("\n", 0, start) + 1 : (text.find("\n", end) + 1 or len(text) + 1) - 1]
    return any(unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in line if char.isalpha())


def _is_selector(char: str) -> bool:
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


def _is_needed(text: str, start: int, end: int) -> bool:
    """By the letters or pictures around it."""
    before, after = text[start - 1 : start], text[end : end + 1]
    run = text[start:end]
    if len(run) == 1 and run in _JOINERS:
        if re.match(_JOINING, before) and (re.match(_JOINING, after) or not after.strip()):
            return True
        return run == "\u200d" and _is_picture(before) and _is_picture(after)
    is_break = len(run) == 1 and run in "\u200b\u2060"
    return is_break and bool(re.match(_SPACELESS, before) or re.match(_SPACELESS, after))


def _is_picture(char: str) -> bool:
    return bool(char) and (unicodedata.category(char) in ("So", "Sk", "Cn") or _is_selector(char))


def _tagged(run: str) -> str:
    return _shown("".join(chr(ord(char) - 0xE0000) for char in run))


def _selected(run: str) -> str:
    """Variation selectors as bytes: the first sixteen are 0 to 15, the others follow."""
    data = bytes(ord(c) - 0xFE00 if c <= "\ufe0f" else ord(c) - 0xE0100 + 16 for c in run)
    return _shown(data.decode("utf-8", "ignore"))


def _bits(run: str) -> str:
    """Two kinds of characters that spell letters bit by bit."""
    kinds = sorted(set(run))
    if len(kinds) != len("01") or len(run) < _LEAST_BITS or len(run) % 8:
        return ""
    for zero in kinds:
        bits = "".join("0" if char == zero else "1" for char in run)
        data = bytes(int(bits[place : place + 8], 2) for place in range(0, len(bits), 8))
        if data.isascii() and data.decode("ascii").isprintable():
            return data.decode("ascii")
    return ""


def _rest(text: str, start: int) -> str:
    """The text that is shown in another order, as a program reads it."""
    rest = re.split("[\r\n\u202c\u2069]", text[start : start + 200], maxsplit=1)[0]
    return _shown(rest)


def _shown(text: str) -> str:
    return "".join(char for char in text if char.isprintable())
