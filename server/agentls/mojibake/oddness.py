"""How odd a stretch of text would be if it were meant as it stands. It does not know what the text may have been."""

import unicodedata
from functools import lru_cache

_CLOSING = frozenset("’‘”“»«›‹…–—\xa0")
_OPENING = frozenset("‚„¿¡")
_TRAILING = frozenset("™®©°²³¹ªº")
# Letters that no orthography puts next to another letter with a diacritic.
_LONERS = frozenset("œŒƒŸ")
_ROMANIAN = frozenset("ĂăÂâÎîȘșȚțŞşŢţ")
_OPERANDS = frozenset("π∞Ωµ∂∆")


@lru_cache(maxsize=2048)
def _sort(char: str) -> str:
    """One letter for the part a character plays in a text."""
    if char in _CLOSING:
        return "c"
    if char in _OPENING:
        return "q"
    if char in _TRAILING:
        return "t"
    category = unicodedata.category(char)
    if category in ("Lu", "Lt"):
        return "u"
    if category in ("Ll", "Lm"):
        return "l"
    if category == "Lo":
        return "o"
    if category[0] == "M" or category == "Nd":
        return "d"
    if char.isascii():
        return "s"
    if "─" <= char <= "▟":
        return "b"
    if category[0] == "C":
        return "x"
    return "y"


def oddness(before: str, damaged: str, after: str) -> int:
    """The number of neighbours in `damaged` (and at its edges) that do not go together in real text.

    `before` and `after` are the characters next to it, empty at the ends of the text.
    """
    window = (before or " ") + damaged + (after or " ")
    sorts = "".join(map(_sort, window))
    odd = 2 * sorts[1:-1].count("x")
    for index in range(len(window) - 1):
        odd += _odd_pair(window[index : index + 2], sorts[index : index + 2])
    for index in range(len(window) - 2):
        odd += _odd_triple(sorts[index : index + 3], window[index : index + 3])
    return odd


def _odd_pair(pair: str, sorts: str) -> int:  # noqa: C901, PLR0912
    left, right = sorts
    if pair[1] == "ƒ" and left in "lu":
        return 1
    if pair[0] in "Ăă" and right in "lu" and not pair[1].isascii() and pair[1] not in _ROMANIAN:
        return 2
    if pair[1] in "ªº" and left in "lu" and not pair[0].isascii():
        return 1
    if left in "lu" and right in "lu":
        if pair[0] in _LONERS and not pair[1].isascii():
            return 2
        if pair[1] in _LONERS and not pair[0].isascii():
            return 2
        if _script(pair[0]) != _script(pair[1]):
            return 2
        if sorts == "lu" and not pair.isascii():
            return 2 if _script(pair[0]) == "LATIN" else 1
        return 0
    if left in "luo" and right in "luo":
        return 2 if _script(pair[0]) != _script(pair[1]) else 0
    if left in "luo":
        if pair[1] == "€":
            return 2
        return 1 if right in "qyb" else 0
    if left == "d" and right in "lu" and not pair[1].isascii():
        return 1
    if left == "d" and pair[1] in "¬√":
        return 1
    if pair[0] == "‰" and right in "lu" and not pair[1].isascii():
        return 1
    if pair[0] == "√" and right in "lu" and pair[1] not in _OPERANDS and not pair[1].isascii():
        return 2
    if left == "y" and right in "yt" and pair[1] not in _OPERANDS:
        return 1
    if left == "c" and right in "qyt":
        return 1
    if left == "t" and right in "luq":
        return 1
    if left == "b" and right in "luoqyt":
        return 1
    if right == "b" and left in "qy":
        return 1
    return 0


def _odd_triple(sorts: str, triple: str) -> int:
    # Three letters with diacritics in a row.
    if not set(sorts) - {"l", "u"} and not any(char.isascii() for char in triple):
        return 1
    # A symbol or a closing quote inside a word.
    if sorts[0] in "luo" and sorts[1] in "ycqb" and sorts[2] in "luo":
        return 1
    return 0


@lru_cache(maxsize=2048)
def _script(char: str) -> str:
    return unicodedata.name(char, "?").partition(" ")[0]


def same_script(left: str, right: str) -> bool:
    """Both are letters of one alphabet that is not the Latin one."""
    return left.isalpha() and right.isalpha() and _script(left) == _script(right) != "LATIN"


def may_end_word(char: str) -> bool:
    """A quotation mark, dash, space or line that may follow a letter."""
    return _sort(char) in "cb"


def is_latin(char: str) -> bool:
    return _script(char) == "LATIN"


def is_foreign(neighbour: str) -> bool:
    """A neighbour that is neither ASCII nor punctuation: the island goes on and was not damaged there."""
    return not neighbour.isascii() and _sort(neighbour) not in "cqx"
