"""Damaged pieces of a text by one codec, each judged by itself. What supports what is weighed in search."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice, product
from math import prod
from typing import NamedTuple

from agentls.text.mojibake.everyday import is_everyday
from agentls.text.mojibake.gaps import fill
from agentls.text.mojibake.judgement import Certainty, judge
from agentls.text.mojibake.kinds import kind
from agentls.text.mojibake.tables import LONE, TORN, TWICE, WHOLE, Misreading, misreading, restored

# A menu in an editor; nobody reads a longer one.
_MOST_CANDIDATES = 8
# Neighbours the judge wants to see.
_CONTEXT = 2
# ASCII neighbours as the judge sees them: letters, a digit, or something else.
_SHAPES = "".join(
    " " if not char.isalnum() else "0" if char.isdigit() else "A" if char.isupper() else "a"
    for char in map(chr, range(0x80))
)
# A keystroke meets the islands of its file again; one as long as this is a text of its own.
_LONGEST_KEPT = 200


class Island(NamedTuple):
    """Characters beyond ASCII, with what stands around them."""

    before: str
    text: str
    after: str


class Piece(NamedTuple):
    """A tuple, because a large file has very many and tuples of plain values are cheap to keep."""

    start: int
    end: int
    candidates: tuple[str, ...]  # one when it is certain what was there, none when there are too many
    encoding: str
    is_certain: bool  # by itself, without support from the rest of the file


def pieces_of(line: str, start: int, end: int, codec: Misreading) -> Iterable[Piece]:
    """The pieces in one island of characters beyond ASCII."""
    before = _shape(line[start - 1]) if start else " "
    after = line[end : end + _CONTEXT]
    shape = _shape(after[0]) + (_shape(after[1]) if len(after) > 1 else " ") if after else "  "
    find = _known_pieces if end - start <= _LONGEST_KEPT else _known_pieces.__wrapped__
    found = find(before, line[start:end], shape, codec.name)
    if not found or not start:
        return found
    return [
        Piece(piece.start + start, piece.end + start, piece.candidates, piece.encoding, piece.is_certain)
        for piece in found
    ]


def _shape(char: str) -> str:
    """What the judge wants to know of a neighbour; the fewer there are, the fewer are judged."""
    return _SHAPES[ord(char)] if char.isascii() else char


@lru_cache(maxsize=8192)
def _known_pieces(before: str, island: str, after: str, codec_name: str) -> tuple[Piece, ...]:
    return tuple(_pieces(Island(before, island, after), misreading(codec_name)))


def _pieces(island: Island, codec: Misreading) -> Iterator[Piece]:
    undone = codec.bytes_of(island.text)
    for match in (TORN if codec.undefined else WHOLE).finditer(undone):
        first, last = match.span()
        if codec.undefined and not WHOLE.fullmatch(undone, first, last):
            yield from _torn(island, first, undone[first:last], codec)
        else:
            yield from _whole(island, first, last, restored(undone[first:last]), codec)


def _judge(island: Island, start: int, end: int, damaged: str, original: str) -> Certainty:
    around = island.before + island.text + island.after
    start += len(island.before)
    end += len(island.before)
    return judge(around[max(start - _CONTEXT, 0) : start], damaged, around[end : end + _CONTEXT], original)


def _whole(island: Island, start: int, end: int, once: str, codec: Misreading) -> Iterator[Piece]:
    undone = codec.bytes_of(once)
    if WHOLE.fullmatch(undone):
        twice = restored(undone)
        verdict = _judge(island, start, end, once, twice)
        if verdict is not Certainty.REFUSED:
            yield Piece(start, end, (twice,), codec.name + TWICE, verdict is Certainty.CERTAIN)
    for first, last, original in _plausible_parts(start, once):
        verdict = _judge(island, first, last, island.text[first:last], original)
        if verdict is not Certainty.REFUSED:
            yield Piece(first, last, (original,), codec.name, verdict is Certainty.CERTAIN)


def _plausible_parts(start: int, restored: str) -> Iterator[tuple[int, int, str]]:
    """The stretches of a restored run without the characters nobody writes, with their place in the text."""
    part = ""
    position = start
    for char in restored:
        width = len(char.encode())
        if kind(char) is not None:
            part += char
        elif part:
            yield position - len(part.encode()), position, part
            part = ""
        position += width
    if part:
        yield position - len(part.encode()), position, part


def _torn(island: Island, start: int, undone: str, codec: Misreading) -> Iterator[Piece]:
    slots = fill(codec, undone)
    if not slots or not all(slots) or not _is_enough(slots):
        return
    end = start + len(undone)
    likeliest = "".join(slot[0] for slot in slots)
    verdict = _judge(island, start, end, island.text[start:end], likeliest)
    if verdict is Certainty.REFUSED:
        return
    yield Piece(start, end, _combined(slots), codec.name, verdict is Certainty.CERTAIN)


def _combined(slots: list[tuple[str, ...]]) -> tuple[str, ...]:
    """All readings of the run. None when several gaps make too many: the right one is hardly among them."""
    open_slots = [slot for slot in slots if len(slot) > 1]
    if len(open_slots) > 1 and prod(map(len, open_slots)) > _MOST_CANDIDATES:
        return ()
    return tuple(map("".join, islice(product(*slots), _MOST_CANDIDATES)))


def _is_enough(slots: list[tuple[str, ...]]) -> bool:
    """A single torn letter proves nothing; a sign, a longer run or a whole sequence beside it does."""
    return len(slots) > 1 or is_everyday(slots[0][0])


def lone_leads(line: str, codec: Misreading) -> Iterator[Piece]:
    """Single leads that lost their second byte: only the damage around tells them from letters."""
    for match in LONE.finditer(codec.bytes_of(line)):
        (slot,) = fill(codec, match.group())
        if slot:
            yield Piece(*match.span(), slot[:_MOST_CANDIDATES], codec.name, is_certain=False)
