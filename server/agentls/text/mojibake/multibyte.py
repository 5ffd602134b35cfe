"""UTF-8 that was read as GBK or Shift-JIS, which take two bytes for one character; proven by the way back.

The bytes of an island of characters must be UTF-8 from its first to its last, which no Chinese or Japanese
text is. What did not fit into pairs was replaced by U+FFFD: such a byte can be one of several.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, product
from math import prod

from agentls.text.mojibake.everyday import is_everyday, rank
from agentls.text.mojibake.judgement import Certainty
from agentls.text.mojibake.kinds import is_common_han, kind
from agentls.text.mojibake.pieces import Piece
from agentls.text.mojibake.tables import REPLACED, SEQUENCE

# The names and Python's codecs.
MULTIBYTE = {"gbk": "gbk", "shift-jis": "cp932"}
_MOST_CANDIDATES = 8
# The last character that is two bytes in UTF-8.
_TWO_BYTES = "\u07ff"
_EAST_ASIAN_KINDS = frozenset(("kana", "han"))
# Letters of another alphabet that do not come about by chance.
_SHORTEST_WORD = 4
# A single letter may have become a single character.
_ISLAND = re.compile("[^\x00-\x7f]+")
# Above all other scripts; half-width katakana among them.
_EAST_ASIAN = re.compile("[\u2e80-\u9fff\uff61-\uffdc]")
_LOST = f"[\x80-\xbf{REPLACED}]"
# One character, whole or with lost bytes, and ASCII that was swallowed as the second half of a pair.
_TORN = f"\xf0{_LOST}{{3}}|[\xe2-\xef]{_LOST}{{2}}|[\xc2-\xdf]{REPLACED}"
_TOKEN = re.compile(f"(?P<whole>{SEQUENCE})|(?P<torn>{_TORN})|(?P<ascii>[@-~])")
# What is whole is torn as well, so nothing may be tried twice: a long run would take for ever.
_RUN = re.compile(f"(?>{SEQUENCE}|{_TORN}|[@-~])++")


def damage(original: str, encoding: str) -> str:
    return original.encode("utf-8", "surrogatepass").decode(MULTIBYTE[encoding], "replace")


def may_hold(line: str) -> bool:
    """Whether there may be such damage in a line."""
    return _EAST_ASIAN.search(line) is not None


def pieces_of(line: str, encoding: str) -> Iterator[Piece]:
    for match in _ISLAND.finditer(line):
        yield from _piece(line, *match.span(), encoding)


def _piece(line: str, start: int, end: int, encoding: str) -> Iterator[Piece]:
    """At most one piece: an island is damaged as a whole or not at all."""
    island = line[start:end]
    undone = _undone(island, encoding)
    if not undone or not _RUN.fullmatch(undone):
        return
    slots = [_slot(match) for match in _TOKEN.finditer(undone)]
    if not all(slots):
        return
    verdict = _verdict(line, start, end, "".join(slot[0] for slot in slots))
    if verdict is not Certainty.REFUSED:
        is_too_many = prod(map(len, slots)) > _MOST_CANDIDATES and sum(len(slot) > 1 for slot in slots) > 1
        candidates = () if is_too_many else tuple(map("".join, islice(product(*slots), _MOST_CANDIDATES)))
        yield Piece(start, end, candidates, encoding, verdict is Certainty.CERTAIN)


@lru_cache(maxsize=4096)
def _undone(island: str, encoding: str) -> str:
    """The bytes as latin-1; empty where a character is not in the encoding."""
    try:
        parts = [_bytes_of(part, encoding).decode("latin-1") for part in island.split(REPLACED)]
    except UnicodeEncodeError:
        return ""
    return REPLACED.join(parts)


def _bytes_of(part: str, encoding: str) -> bytes:
    if encoding != "gbk":
        return part.encode(MULTIBYTE[encoding])
    # Windows shows the byte 80 as a euro sign, and pairs that are no character as one for private use; the
    # larger set has those. What takes four bytes there has digits among them, and no sequence has.
    return b"\x80".join(piece.encode("gb18030") for piece in part.split("€"))


def _slot(match: re.Match[str]) -> tuple[str, ...]:
    if match["ascii"]:
        return (match["ascii"],)
    if match["whole"]:
        char = match["whole"].encode("latin-1").decode("utf-8")
        return (char,) if kind(char) is not None else ()
    return _fillings(match["torn"])


@lru_cache(maxsize=1024)
def _fillings(torn: str) -> tuple[str, ...]:
    """What a character with lost bytes may have been; none if it is no everyday one."""
    choices = [range(0x80, 0xC0) if char == REPLACED else (ord(char),) for char in torn]
    found = {bytes(data).decode("utf-8", "ignore") for data in product(*choices)} - {""}
    signs = [char for char in found if is_everyday(char)] or [char for char in found if is_common_han(char)]
    signs = signs or [
        char for char in found if kind(char) in ("latin", "kana", "cyrillic", "greek", "hangul")
    ]
    return tuple(sorted(signs, key=lambda char: (rank(char), char)))


def _verdict(line: str, start: int, end: int, original: str) -> Certainty:
    """Chinese words of two characters often have the bytes of two letters, hardly ever those of a sign."""
    beyond = [char for char in original if not char.isascii()]
    if all(char <= _TWO_BYTES for char in beyond):
        # A letter that was swallowed is a neighbour, too.
        after = original[-1] if original[-1].isascii() else line[end : end + 1]
        return _of_letters(line[start - 1 : start], after, beyond)
    alphabets = set(map(kind, beyond)) - {"symbol", "mark"}
    is_mixed = len(alphabets) > 1 and not alphabets <= _EAST_ASIAN_KINDS
    if is_mixed or not all(map(_is_common, beyond)):
        return Certainty.REFUSED
    # A sign and a letter that was swallowed are two rare characters by chance.
    is_alone = len(beyond) == 1
    is_sign = is_everyday(beyond[0]) and len(original) == 1
    return Certainty.POSSIBLE if is_alone and not is_sign else Certainty.CERTAIN


def _of_letters(before: str, after: str, letters: list[str]) -> Certainty:
    kinds = set(map(kind, letters))
    if kinds == {"latin"}:
        # Within a word; at its edge the rest of the file has to say so.
        return Certainty(sum(char.isascii() and char.isalpha() for char in (before, after)))
    return Certainty.CERTAIN if len(kinds) == 1 and len(letters) >= _SHORTEST_WORD else Certainty.REFUSED


def _is_common(char: str) -> bool:
    return is_everyday(char) or (
        is_common_han(char) if kind(char) == "han" else kind(char) not in (None, "mark")
    )
