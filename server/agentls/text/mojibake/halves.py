"""UTF-16 that was cut to the low byte of each unit: ``🚀`` left ``=`` and a control character.

Three quarters of what was there are gone, so there are always several candidates and none is certain.
"""

import re
from functools import cache

from agentls.text.mojibake.everyday import is_picture, rank, signs

# The low bytes of the only leading halves that everyday pictures have.
_LEADS = {"<": 0xD83C, "=": 0xD83D, ">": 0xD83E}
_TRAILS = (0xDC00, 0xDD00, 0xDE00, 0xDF00)
_MOST = 4
# What nobody writes, and what may be written where the text is damaged elsewhere.
_PROOF = re.compile("[<=>][\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad]")
_PRINTABLE = re.compile("(?<!\\S)(?P<lead>[<=>])(?P<rest>[\xa0-\xff])(?=\\s|\\Z)")


def pictures(lead: str, rest: str) -> tuple[str, ...]:
    """What two characters were if they are the low bytes of one character outside the BMP."""
    if lead not in _LEADS or rest > "\xff":
        return ()
    high = (_LEADS[lead] - 0xD800) << 10
    found = (chr(0x10000 + high + trail + ord(rest) - 0xDC00) for trail in _TRAILS)
    return tuple(sorted(filter(is_picture, found), key=rank))[:_MOST]


def printable(source: str) -> frozenset[int]:
    """Where the low bytes of a picture look like ordinary characters, in a text that has others, too."""
    if not _PROOF.search(source):
        return frozenset()
    found = _PRINTABLE.finditer(source)
    return frozenset(match.start() for match in found if pictures(match["lead"], match["rest"]))


def sign(rest: str) -> tuple[str, ...]:
    """What one character was if it is the low byte of an everyday sign."""
    return _by_low_byte().get(ord(rest), ())[:_MOST]


@cache
def _by_low_byte() -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = {}
    for char in sorted(signs(), key=rank):
        found.setdefault(ord(char) & 0xFF, []).append(char)
    return {low: tuple(chars) for low, chars in found.items()}
