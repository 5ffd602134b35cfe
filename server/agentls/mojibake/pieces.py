"""Damaged pieces of a text by one codec, each judged by itself. What supports what is weighed in search."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product
from math import prod

from agentls.mojibake.everyday import is_everyday
from agentls.mojibake.gaps import fill
from agentls.mojibake.judgement import Verdict, judge
from agentls.mojibake.kinds import kind
from agentls.mojibake.tables import Losses, Misreading, misreading

TWICE = " twice"
# A menu in an editor; nobody reads a longer one.
_MOST_CANDIDATES = 8
# Neighbours the judge wants to see.
_CONTEXT = 2


@dataclass(frozen=True, slots=True)
class Island:
    """Characters beyond ASCII, with what stands around them."""

    before: str
    text: str
    after: str


@dataclass(frozen=True, slots=True)
class Piece:
    start: int
    end: int
    candidates: tuple[str, ...]  # one when it is certain what was there, none when there are too many
    encoding: str
    verdict: Verdict


def pieces_of(text: str, start: int, end: int, codec: Misreading) -> Iterator[Piece]:
    """The pieces in one island of characters beyond ASCII."""
    pattern = codec.losses.run if codec.losses else codec.run
    if not pattern.search(text, start, end):
        return
    before, after = text[max(start - _CONTEXT, 0) : start], text[end : end + _CONTEXT]
    for piece in _known_pieces(before, text[start:end], after, codec.name):
        yield Piece(piece.start + start, piece.end + start, piece.candidates, piece.encoding, piece.verdict)


@lru_cache(maxsize=4096)
def _known_pieces(before: str, island: str, after: str, codec_name: str) -> tuple[Piece, ...]:
    """A file has few different islands, and an editor asks about the same file over and over."""
    return tuple(_pieces(Island(before, island, after), misreading(codec_name)))


def _pieces(island: Island, codec: Misreading) -> Iterator[Piece]:
    losses = codec.losses
    pattern = losses.run if losses else codec.run
    for match in pattern.finditer(island.text):
        first, last = match.span()
        if losses and not codec.run.fullmatch(island.text, first, last):
            yield from _torn(island, first, last, codec, losses)
        else:
            yield from _whole(island, first, last, codec)


def _judge(island: Island, start: int, end: int, damaged: str, original: str) -> Verdict:
    around = island.before + island.text + island.after
    start += len(island.before)
    end += len(island.before)
    return judge(around[max(start - _CONTEXT, 0) : start], damaged, around[end : end + _CONTEXT], original)


def _whole(island: Island, start: int, end: int, codec: Misreading) -> Iterator[Piece]:
    once = codec.restore(island.text[start:end])
    if codec.run.fullmatch(once):
        twice = codec.restore(once)
        verdict = _judge(island, start, end, once, twice)
        if verdict is not Verdict.REFUSED:
            yield Piece(start, end, (twice,), codec.name + TWICE, verdict)
    for first, last, original in _plausible_parts(start, once):
        verdict = _judge(island, first, last, island.text[first:last], original)
        if verdict is not Verdict.REFUSED:
            yield Piece(first, last, (original,), codec.name, verdict)


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


def _torn(island: Island, start: int, end: int, codec: Misreading, losses: Losses) -> Iterator[Piece]:
    slots = fill(codec, losses, island.text[start:end])
    if not slots or not all(slots) or not _is_enough(slots):
        return
    likeliest = "".join(slot[0] for slot in slots)
    verdict = _judge(island, start, end, island.text[start:end], likeliest)
    if verdict is Verdict.REFUSED:
        return
    yield Piece(start, end, _combined(slots), codec.name, verdict)


def _combined(slots: list[tuple[str, ...]]) -> tuple[str, ...]:
    """All readings of the run. None when several gaps make too many: the right one is hardly among them."""
    open_slots = [slot for slot in slots if len(slot) > 1]
    if len(open_slots) > 1 and prod(map(len, open_slots)) > _MOST_CANDIDATES:
        return ()
    return tuple(map("".join, islice(product(*slots), _MOST_CANDIDATES)))


def _is_enough(slots: list[tuple[str, ...]]) -> bool:
    """A single torn letter proves nothing; a sign, a longer run or a whole sequence beside it does."""
    return len(slots) > 1 or is_everyday(slots[0][0])


def lone_leads(text: str, start: int, end: int, codec: Misreading, losses: Losses) -> Iterator[Piece]:
    """Single leads that lost their second byte: only the damage around tells them from letters."""
    for match in losses.lone.finditer(text, start, end):
        (slot,) = fill(codec, losses, match.group())
        if slot:
            yield Piece(*match.span(), slot[:_MOST_CANDIDATES], codec.name, Verdict.POSSIBLE)
