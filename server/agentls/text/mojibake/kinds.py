"""Which restored characters are plausible, and of what kind. It never looks at the damage."""

import unicodedata
from bisect import bisect_right
from functools import cache

# (first code point, kind); each range ends where the next begins. None: nobody writes these in prose.
_RANGES: tuple[tuple[int, str | None], ...] = (
    (0x00, None),
    (0xA0, "symbol"),
    (0xC0, "latin"),
    (0xD7, "symbol"),
    (0xD8, "latin"),
    (0xF7, "symbol"),
    (0xF8, "latin"),
    (0x180, None),
    (0x1A0, "latin"),  # Vietnamese horned letters
    (0x1A2, None),
    (0x1AF, "latin"),
    (0x1B1, None),
    (0x1CD, "latin"),  # Pinyin
    (0x1DD, None),
    (0x218, "latin"),  # Romanian
    (0x21C, None),
    (0x300, "mark"),
    (0x370, "greek"),
    (0x400, "cyrillic"),
    (0x460, None),
    (0x490, "cyrillic"),
    (0x492, None),
    (0x531, "armenian"),
    (0x58B, None),
    (0x5BE, "hebrew"),
    (0x600, "arabic"),
    (0x700, None),
    (0x900, "devanagari"),
    (0x980, "bengali"),
    (0xA00, "gurmukhi"),
    (0xA80, "gujarati"),
    (0xB00, None),
    (0xB80, "tamil"),
    (0xC00, "telugu"),
    (0xC80, "kannada"),
    (0xD00, "malayalam"),
    (0xD80, None),
    (0xE00, "thai"),
    (0xE80, None),
    (0x10D0, "georgian"),
    (0x1100, None),
    (0x1E00, "latin"),
    (0x1F00, "greek"),
    (0x2000, "symbol"),
    (0x2C00, None),
    (0x3000, "kana"),
    (0x3100, None),
    (0x4E00, "han"),
    (0xA000, None),
    (0xAC00, "hangul"),
    (0xD7A4, None),
    (0xFB00, "latin"),
    (0xFB07, None),
    (0xFE00, "symbol"),
    (0xFE10, None),
    (0xFEFF, "symbol"),
    (0xFF01, "kana"),  # full-width forms
    (0xFF5F, None),
    (0xFFE0, "kana"),
    (0xFFE7, None),
    (0xFFFC, "symbol"),
    (0xFFFE, None),
    (0x1D400, "symbol"),
    (0x1D800, None),
    (0x1F000, "symbol"),
    (0x1FB00, None),
    (0xE0020, "symbol"),
    (0xE0080, None),
)
_STARTS = [first for first, _ in _RANGES]
_UNWRITTEN = frozenset(("Cn", "Cc", "Co", "Cs"))


def kind(char: str) -> str | None:
    """The sort of text this character belongs to; None when it is implausible in any."""
    found = _RANGES[bisect_right(_STARTS, ord(char)) - 1][1]
    if found is None:
        return None
    # Python's Unicode data may be older than an emoji.
    if unicodedata.category(char) in _UNWRITTEN and not "\U0001f300" <= char <= "\U0001faff":
        return None
    return found


@cache
def is_common_han(char: str) -> bool:
    """Everyday writing: the first level of the Chinese and Japanese national sets."""
    for codec, first, last in (
        ("gb2312", 0xB0A1, 0xD7F9),
        ("shift_jis", 0x889F, 0x9872),
        ("big5", 0xA440, 0xC67E),
    ):
        encoded = char.encode(codec, "ignore")
        if first <= int.from_bytes(encoded) <= last:
            return True
    return False
