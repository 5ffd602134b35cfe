"""Restores sequences that lost bytes their codec does not define. It offers every plausible filling and chooses only when one stands out."""

from functools import lru_cache
from itertools import combinations, product

from agentls.mojibake.everyday import is_emoji, is_everyday
from agentls.mojibake.kinds import kind
from agentls.mojibake.tables import Misreading, misreading

_LENGTHS = ((0xF0, 4), (0xE0, 3), (0xC2, 2))
_REPLACED = "\ufffd"
_VARIATION = "\ufe0f"
_JOINER = "\u200d"
# Pictures that are drawn as text unless U+FE0F follows (emoji-variation-sequences, planes above the first).
_DRAWN_AS_TEXT = frozenset(
    "🌡🌤🌥🌦🌧🌨🌩🌪🌫🌬🌶🍽🎖🎗🎙🎚🎛🎞🎟🏋🏌🏍🏎🏔🏕🏖🏗🏘🏙🏚🏛🏜🏝🏞🏟🏳🏵🏷🐿👁📽🕉🕊🕯🕰🕳🕴🕵🕶🕷🕸🕹🖇🖊🖋🖌🖍🖐🖥🖨🖱🖲🖼🗂🗃🗄🗑🗒🗓🗜🗝🗞🗡🗣🗨🗯🗳🗺🛋🛍🛎🛏🛠🛡🛢🛣🛤🛥🛩🛰🛳"
)


def fill(codec: Misreading, damaged: str) -> tuple[tuple[str, ...], ...]:
    """For each sequence of a torn run, its plausible characters; a single one when it is certain."""
    slots = [
        (codec.restore(match.group()),) if match[1] else _fillings(codec.name, match.group())
        for match in codec.token.finditer(damaged)
    ]
    return tuple(_settled(slots, index) for index in range(len(slots)))


def _settled(slots: list[tuple[str, ...]], index: int) -> tuple[str, ...]:
    slot = slots[index]
    if len(slot) < 2:
        return slot
    before = slots[index - 1] if index else ()
    after = slots[index + 1] if index + 1 < len(slots) else ()
    if _JOINER in slot and any(map(is_emoji, after)):
        return (_JOINER,)
    if after == (_VARIATION,):
        slot = tuple(char for char in slot if char in _DRAWN_AS_TEXT or ord(char) < 0x1F000) or slot
    if before and before[0] in "─┬┴┼" and "┐" in slot:
        return ("┐",)
    everyday = tuple(char for char in slot if is_everyday(char) and char != _JOINER)
    return everyday or slot


@lru_cache(maxsize=512)
def _fillings(name: str, torn: str) -> tuple[str, ...]:
    codec = misreading(name)
    known = bytes(codec.to_byte[ord(char)] if char != _REPLACED else 0 for char in torn)
    length = next(length for lead, length in _LENGTHS if known[0] >= lead)
    found: dict[str, None] = {}
    for places in combinations(range(1, length), length - len(known)):
        for lost in product(codec.lost, repeat=length - len(known) + known.count(0)):
            try:
                char = _completed(known, places, lost).decode()
            except UnicodeDecodeError:
                continue
            if kind(char) is not None:
                found[char] = None
    return tuple(found)


def _completed(known: bytes, places: tuple[int, ...], lost: tuple[int, ...]) -> bytes:
    rest = iter(known)
    missing = iter(lost)
    length = len(known) + len(places)
    return bytes(
        next(missing) if index in places else (next(rest) or next(missing)) for index in range(length)
    )
