"""Letters of other alphabets that look like those from A to Z, and full-width forms of these."""

from __future__ import annotations

import unicodedata

_LIKE = {
    # Cyrillic
    **dict(zip("аеорсухіјѕһԁԛԝӏ", "aeopcyxijshdqwl", strict=True)),
    **dict(zip("АВЕКМНОРСТУХІЈЅԌԚԜ", "ABEKMHOPCTYXIJSGQW", strict=True)),
    # Greek
    **dict(zip("αορνυικχ", "aopvuikx", strict=True)),
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True)),
}


def latin(word: str) -> str:
    """The word in letters from A to Z, as far as others only look like them."""
    if word.isascii():
        return word
    letters = (_LIKE.get(letter) or unicodedata.normalize("NFKC", letter) for letter in word)
    return "".join(letters)


def explanation(word: str) -> str:
    """A sentence, with a blank before it, about the first such letter of a word; empty where it has none."""
    for letter, like in zip(word, latin(word), strict=False):
        if letter != like and like.isascii():
            return f" U+{ord(letter):04X} {unicodedata.name(letter, '')} only looks like `{like}`."
    return ""
