"""Whether bytes that were decoded on trial became text that somebody may have written."""

import re

from agentls.text.mojibake.everyday import is_everyday
from agentls.text.mojibake.kinds import is_common_han, kind
from agentls.text.mojibake.oddness import oddness

_ISLAND = re.compile("[^\x00-\x7f]+")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\ud800-\udfff]")
# Marks of Chinese and Japanese typography.
_PUNCTUATION = re.compile("[\u3000-\u303f\uff01-\uff5e\xb7\xd7]")


# What oddness does not know: words of another alphabet, and typography within words. It judges the rest.
_CYRILLIC = re.compile("(?<!\\w)(?:[А-ЯЁЄІЇ]?[а-яёєії]+|[А-ЯЁЄІЇ]+)(?!\\w)")
_WITHIN_WORDS = re.compile("(?<=[^\\W\\d_])[’—–…\xa0](?=[^\\W\\d_])")
# Quotation marks, dashes and dots, each where a typesetter puts it.
_IN_PLACE = re.compile(
    "(?<![^\\s(\\[*_])[“‘„](?=[^\\W_])|(?<=[\\w.,!?%)…])[”…](?!\\w)"
    "|(?<=\\s)[–—](?=\\s)|(?<=\\d)–(?=\\d)|(?<=\\n)•(?= )"
)
# A sign as well, but `pa’s` and `aqu’` may be letters that were read wrongly.
_APOSTROPHE = re.compile("(?<=[a-z])’(?=(?:s|t|re|ve|ll|d|m)\\b)|(?<=[\\w.,!?%)…])’(?!\\w)")


def is_plausible(text: str) -> bool:
    """Nothing in it is odd: no letters of two alphabets in a word, no symbol within one, ..."""
    if _CONTROL.search(text):
        return False
    text = _CYRILLIC.sub("xx", _WITHIN_WORDS.sub("'", text))
    return not any(
        oddness(text[match.start() - 1 : match.start()], match.group(), text[match.end() : match.end() + 1])
        for match in _ISLAND.finditer(text)
    )


def is_typography(text: str, places: list[int]) -> bool:
    """The characters at these places are signs in their proper places: no letters read wrongly look so."""
    signs = {match.start() for match in _IN_PLACE.finditer(text)}.intersection(places)
    apostrophes = {match.start() for match in _APOSTROPHE.finditer(text)}
    return len(places) > 1 and bool(signs) and (signs | apostrophes).issuperset(places)


def is_east_asian(text: str) -> bool:
    """All that is not ASCII is everyday Chinese or Japanese, and some of it stands together."""
    islands = [match.group() for match in _ISLAND.finditer(text)]
    are_words = any(len(island) > 1 for island in islands)
    return are_words and not _CONTROL.search(text) and all(map(_is_east_asian, set("".join(islands))))


def _is_east_asian(char: str) -> bool:
    return (
        kind(char) == "kana"
        or is_common_han(char)
        or is_everyday(char)
        or _PUNCTUATION.match(char) is not None
    )
