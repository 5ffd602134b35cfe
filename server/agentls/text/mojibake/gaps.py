"""Fills sequences that lost the bytes their codec does not define. It chooses only what stands out."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations, product

from agentls.text.mojibake.everyday import is_emoji, is_everyday, rank
from agentls.text.mojibake.kinds import is_common_han, kind
from agentls.text.mojibake.tables import REPLACED, TOKEN, Misreading, restored

_VARIATION = "\ufe0f"
_JOINER = "\u200d"
# Pictures that are drawn as text unless U+FE0F follows (emoji-variation-sequences.txt, beyond the BMP).
_DRAWN_AS_TEXT = frozenset(
    "🌡🌤🌥🌦🌧🌨🌩🌪🌫🌬🌶🍽🎖🎗🎙🎚🎛🎞🎟🏋🏌🏍🏎🏔🏕🏖🏗🏘🏙🏚🏛🏜🏝🏞🏟🏳🏵🏷🐿👁📽🕉🕊🕯🕰🕳🕴🕵🕶🕷🕸🕹🖇🖊🖋🖌🖍🖐🖥🖨🖱🖲🖼🗂🗃🗄🗑🗒🗓🗜🗝🗞🗡🗣🗨🗯🗳🗺🛋🛍🛎🛏🛠🛡🛢🛣🛤🛥🛩🛰🛳"
)
# Horizontal strokes: what is repeated many times over is a ruled line.
_RULES = "━═"
_OPEN_TO_THE_RIGHT = "─┬┴┼┌└├"
_REPEATED = 4
# Lead bytes of UTF-8 and how long their sequences are.
_LENGTHS = ((0xF0, 4), (0xE0, 3), (0xC2, 2))


def fill(codec: Misreading, undone: str) -> list[tuple[str, ...]]:
    """The plausible characters for each sequence of a torn run: a single one where it is certain.

    `undone` are the bytes of the run as latin-1, with U+FFFD where one was replaced.
    """
    tokens = list(TOKEN.finditer(undone))
    # A letter that lost all but its lead counts between others only; cut out, it may stand at an edge.
    if sum(map(len, map(re.Match.group, tokens))) != len(undone):
        return []
    slots = [
        (restored(match.group()),) if match[1] else _fillings(codec.undefined, match.group())
        for match in tokens
    ]
    return list(_settled(slots))


def _settled(slots: list[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    before: tuple[str, ...] = ()
    times = Counter(slots)
    for index, slot in enumerate(slots):
        after = slots[index + 1] if index + 1 < len(slots) else ()
        before = _in_place(before, slot, after) if len(slot) > 1 else slot
        if len(before) > 1 and times[slot] >= _REPEATED:
            before = tuple(char for char in before if char in _RULES) or before
        yield before


def _in_place(before: tuple[str, ...], slot: tuple[str, ...], after: tuple[str, ...]) -> tuple[str, ...]:
    """What the neighbours leave of the fillings."""
    if _JOINER in slot:
        between_pictures = (
            before and is_emoji(before[0].strip(_VARIATION) or "☀") and any(map(is_emoji, after))
        )
        slot = (_JOINER,) if between_pictures else tuple(char for char in slot if char != _JOINER)
    if after == (_VARIATION,):
        slot = tuple(char for char in slot if char in _DRAWN_AS_TEXT or char <= "\uffff") or slot
    if len(before) == 1 and before[0] in _OPEN_TO_THE_RIGHT and "┐" in slot:
        return ("┐",)
    return slot


@lru_cache(maxsize=1024)
def _fillings(undefined: bytes, torn: str) -> tuple[str, ...]:
    known = torn.replace(REPLACED, "\0").encode("latin-1")
    found = {char: None for char in _completions(known, undefined) if kind(char) is not None}
    return _best(sorted(found, key=rank))


def _best(found: list[str]) -> tuple[str, ...]:
    """The everyday ones when there are any: nobody writes APL or Samaritan in an agent file."""
    signs = tuple(char for char in found if is_everyday(char))
    if signs:
        return signs
    kana = tuple(char for char in found if kind(char) == "kana")
    han = tuple(char for char in found if is_common_han(char))
    return kana or han or tuple(found)


def _completions(known: bytes, undefined: bytes) -> Iterator[str]:
    length = next(length for lead, length in _LENGTHS if known[0] >= lead)
    dropped = length - len(known)
    for places in combinations(range(1, length), dropped):
        for lost in product(undefined, repeat=dropped + known.count(0)):
            completed = _completed(known, length, places, lost)
            try:
                yield completed.decode()
            except UnicodeDecodeError:
                continue


def _completed(known: bytes, length: int, places: tuple[int, ...], lost: tuple[int, ...]) -> bytes:
    rest = iter(known)
    missing = iter(lost)
    return bytes(next(missing) if place in places else next(rest) or next(missing) for place in range(length))
