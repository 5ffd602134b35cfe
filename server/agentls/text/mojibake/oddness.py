"""How odd a stretch of text would be if it were meant as it stands. It knows no restorations."""

import unicodedata
from functools import lru_cache

# What a character does in a text, as one letter: u and l are letters with case, o is one without, m a mark
# or digit, s whatever is ASCII, c what may follow a word, q what opens a quotation, t a trailing sign, b a
# line or block, x what nobody types, y any other symbol.
_ROLES = dict.fromkeys("’‘”“»«›‹…–—\xa0", "c")
_ROLES |= dict.fromkeys("‚„¿¡", "q")
_ROLES |= dict.fromkeys("™®©°²³¹ªº", "t")
_ROLES |= {chr(code): "b" for code in range(ord("─"), ord("▟") + 1)}
_ROLE_OF_CATEGORY = {"Lu": "u", "Lt": "u", "Ll": "l", "Lm": "l", "Lo": "o", "Nd": "m"}
_ROLE_OF_CLASS = {"M": "m", "C": "x"}
_LETTERS = frozenset("ulo")
# Letters that no orthography puts next to another letter with a diacritic.
_LONERS = frozenset("œŒƒŸ")
# All that Romanian puts next to its ă.
_ROMANIAN = frozenset("ĂăÂâÎîȘșȚțŞşŢţ")
# Mathematics puts these behind a sign: √π, ¬µ.
_OPERANDS = frozenset("π∞Ωµ∂∆")
# Roles of two neighbours that are odd once: a letter before a symbol, a closing mark before a symbol, ...
_ODD_ROLES = {
    left + right: 1 for left, rights in (("u", "qyb"), ("l", "qyb"), ("o", "qyb")) for right in rights
}
_ODD_ROLES |= {
    left + right: 1 for left, rights in (("c", "qyt"), ("t", "ulq"), ("b", "uloqyt")) for right in rights
}
_ODD_ROLES |= {"qb": 1, "yb": 1}


def oddness(before: str, damaged: str, after: str) -> int:
    """How many neighbours in `damaged`, and at its edges, do not go together in real text.

    `before` and `after` are the characters next to it, empty at the ends of the text.
    """
    window = (before or " ") + damaged + (after or " ")
    roles = "".join(map(_role, window))
    odd = 2 * roles[1:-1].count("x")
    for index in range(len(window) - 1):
        odd += _odd_pair(window[index : index + 2], roles[index : index + 2])
    for index in range(len(window) - 2):
        odd += _odd_triple(window[index : index + 3], roles[index : index + 3])
    return odd


@lru_cache(maxsize=2048)
def _role(char: str) -> str:
    if char in _ROLES:
        return _ROLES[char]
    category = unicodedata.category(char)
    role = _ROLE_OF_CATEGORY.get(category) or _ROLE_OF_CLASS.get(category[0])
    if role and not (role == "x" and char.isascii()):
        return role
    return "s" if char.isascii() else "y"


def _odd_pair(pair: str, roles: str) -> int:
    if _LETTERS.issuperset(roles):
        return _odd_letters(pair, roles)
    return _odd_signs(pair, roles) or _ODD_ROLES.get(roles, 0)


def _odd_letters(pair: str, roles: str) -> int:
    first, second = pair[0], pair[1]
    if second == "ƒ":
        return 1
    if first in "Ăă" and not second.isascii() and second not in _ROMANIAN:
        return 2
    if not first.isascii() and not second.isascii() and not _LONERS.isdisjoint(pair):
        return 2
    if _alphabet(first) != _alphabet(second):
        return 2
    if roles == "lu" and not pair.isascii():
        # Brand names do this, but not with a diacritic.
        return 2 if is_latin(first) else 1
    return 0


def _odd_signs(pair: str, roles: str) -> int:
    """Signs that are odd in their own way."""
    first, second = pair[0], pair[1]
    if second == "€" and roles[0] in _LETTERS:
        return 2
    if second in "¬√" and roles[0] == "m":
        return 1
    if roles[0] == "m" and roles[1] in "ul" and not second.isascii():
        return 1
    if second.isascii() or second in _OPERANDS:
        return 0
    if first == "√" and roles[1] in "ul":
        return 2
    if first == "‰" and roles[1] in "ul":
        return 1
    if second in "ªº" and roles[0] in "ul" and not first.isascii():
        return 1
    return int(roles[0] == "y" and roles[1] in "yt")


def _odd_triple(triple: str, roles: str) -> int:
    # Three letters with diacritics in a row.
    if set(roles) <= {"u", "l"} and not any(map(str.isascii, triple)):
        return 1
    # A symbol or a closing mark inside a word.
    return int(roles[0] in _LETTERS and roles[1] in "ycqb" and roles[2] in _LETTERS)


@lru_cache(maxsize=2048)
def _alphabet(char: str) -> str:
    return unicodedata.name(char, "?").partition(" ")[0]


def is_latin(char: str) -> bool:
    return _alphabet(char) == "LATIN"


def are_of_one_alphabet(left: str, right: str) -> bool:
    """Both are letters of one alphabet that is not the Latin one."""
    return left.isalpha() and right.isalpha() and _alphabet(left) == _alphabet(right) != "LATIN"


def is_romanian(letters: str) -> bool:
    return _ROMANIAN.issuperset(letters)


def is_formula(text: str) -> bool:
    """A mathematical sign and what it applies to."""
    return len(text) == len("√π") and text[0] in "√¬" and text[1] in _OPERANDS


def may_end_word(char: str) -> bool:
    """A quotation mark, dash, space or line that may follow a letter."""
    return _role(char) in "cb"


def is_foreign(neighbour: str) -> bool:
    """A neighbour that is neither ASCII nor punctuation: the island goes on and was not damaged there."""
    return not neighbour.isascii() and _role(neighbour) not in "cqx"
