"""Finds the damaged runs of a text: weighs what the codecs explain against each other. It repairs nothing."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from agentls.mojibake.judgement import Verdict
from agentls.mojibake.kinds import kind
from agentls.mojibake.mentions import are_examples
from agentls.mojibake.pieces import TWICE, Piece, lone_leads, pieces_of
from agentls.mojibake.tables import CODECS, Misreading, misreading


@dataclass(frozen=True, slots=True)
class Run:
    """One damaged stretch of a text: text[start:end] was `original` before it was read as `encoding`."""

    start: int
    end: int
    original: str | None  # None when several restorations are plausible
    candidates: tuple[str, ...]  # those, likeliest first; empty when certain, or too many to offer
    encoding: str


# Every UTF-8 sequence that is not ASCII has at least two bytes.
_ISLAND = re.compile("[^\x00-\x7f]{2,}")
# Codecs whose leads are letters of another alphabet than the Latin one.
_ALPHABETS = {"windows-1251": re.compile("[Ѐ-ӿ]"), "windows-874": re.compile("[ก-๛]")}
# Code pages of the same systems, alike but for the signs each leaves out.
_SIBLINGS = {"cp437", "cp850"}
# From so many certain pieces on, a file vouches for a codec on all its lines.
_VOUCHED = 3


def damage(original: str, encoding: str) -> str:
    """`original` as it looks when its UTF-8 bytes are read as `encoding`."""
    codec = misreading(encoding.removesuffix(TWICE))
    once = codec.damage(original)
    return codec.damage(once) if encoding.endswith(TWICE) else once


def find(text: str) -> tuple[Run, ...]:
    """The damaged runs of a text, in order."""
    if text.isascii():
        return ()
    islands = [match.span() for match in _ISLAND.finditer(text)]
    present = set("".join([text[start:end] for start, end in islands]))
    chosen: list[Piece] = []
    for found in _by_weight(_explanations(text, islands, present)):
        if _size(found) == _size(chosen) and {found[0].encoding, chosen[0].encoding} == _SIBLINGS:
            chosen = _in_doubt(text, chosen, found)
        chosen = _in_order(chosen + _beside(found, chosen))
    if not chosen or are_examples(text, chosen):
        return ()
    return tuple(map(_run, chosen))


def _run(piece: Piece) -> Run:
    if len(piece.candidates) == 1:
        return Run(piece.start, piece.end, piece.candidates[0], (), piece.encoding)
    return Run(piece.start, piece.end, None, piece.candidates, piece.encoding)


def _explanations(text: str, islands: list[tuple[int, int]], present: set[str]) -> Iterator[list[Piece]]:
    size = sum(end - start for start, end in islands)
    complete: str | None = None
    for codec in _possible(present):
        # No codec explains more than all of it, and the earlier ones are preferred.
        if complete and {complete, codec.name} != _SIBLINGS:
            continue
        pieces = _supported(text, islands, codec)
        yield pieces
        if _size(pieces) == size and all(len(piece.candidates) == 1 for piece in pieces):
            complete = codec.name


def _in_doubt(text: str, chosen: list[Piece], found: list[Piece]) -> list[Piece]:
    """Siblings that explain equally much are equally likely: where they differ, both readings are offered."""
    others = {(piece.start, piece.end): piece for piece in found}
    return [_doubted(text, piece, others.get((piece.start, piece.end), piece)) for piece in chosen]


def _doubted(text: str, piece: Piece, other: Piece) -> Piece:
    if other.candidates == piece.candidates:
        return piece
    if text[piece.start - 1 : piece.start].islower():
        # A capital behind a small letter is the lesser reading.
        fitting = [reading for reading in (piece, other) if not reading.candidates[0][0].isupper()]
        if len(fitting) == 1:
            return fitting[0]
    return replace(piece, candidates=piece.candidates + other.candidates)


def _possible(present: set[str]) -> Iterator[Misreading]:
    for codec in map(misreading, CODECS):
        if not codec.leads.isdisjoint(present) and not codec.continuations.isdisjoint(present):
            yield codec


def _by_weight(findings: Iterable[list[Piece]]) -> list[list[Piece]]:
    """The codec that explains most comes first; among equals the order of CODECS holds."""
    return sorted(filter(None, findings), key=_size, reverse=True)


def _size(pieces: list[Piece]) -> int:
    return sum(piece.end - piece.start for piece in pieces)


def _in_order(pieces: list[Piece]) -> list[Piece]:
    return sorted(pieces, key=lambda piece: piece.start)


def _beside(pieces: list[Piece], taken: list[Piece]) -> list[Piece]:
    """The pieces that overlap none of those taken; both in order."""
    starts = [piece.start for piece in taken]
    free = []
    for piece in pieces:
        index = bisect_left(starts, piece.end)
        if not index or taken[index - 1].end <= piece.start:
            free.append(piece)
    return free


def _supported(text: str, islands: list[tuple[int, int]], codec: Misreading) -> list[Piece]:
    """What is certain by itself, and what is possible in a line or file where the same codec is certain."""
    pieces = _of_one_depth([piece for start, end in islands for piece in pieces_of(text, start, end, codec)])
    if _is_alone_in_its_alphabet(text, pieces, codec):
        return pieces
    certain = [piece for piece in pieces if piece.verdict is Verdict.CERTAIN]
    if not certain:
        return []
    lines = _lines(text, certain)
    if codec.losses:
        lone = [piece for line in lines for piece in lone_leads(text, *line, codec, codec.losses)]
        pieces = _in_order(pieces + _beside(lone, pieces))
    if len(certain) >= _VOUCHED:
        return pieces
    return [piece for piece in pieces if any(start <= piece.start < end for start, end in lines)]


def _of_one_depth(pieces: list[Piece]) -> list[Piece]:
    """A text that was damaged twice somewhere was damaged twice wherever that is possible."""
    twice = [piece for piece in pieces if piece.encoding.endswith(TWICE)]
    if not twice:
        return pieces
    once = [piece for piece in pieces if not piece.encoding.endswith(TWICE)]
    if all(piece.verdict is Verdict.POSSIBLE for piece in twice):
        return once
    return _in_order(twice + _beside(once, twice))


def _is_alone_in_its_alphabet(text: str, pieces: list[Piece], codec: Misreading) -> bool:
    """Where no other letter of the codec's alphabet is in the text, those in the pieces mean nothing else."""
    alphabet = _ALPHABETS.get(codec.name)
    if alphabet is None or not any(_is_sign(text, piece) for piece in pieces):
        return False
    position = 0
    for piece in pieces:
        if alphabet.search(text, position, piece.start):
            return False
        position = piece.end
    return not alphabet.search(text, position)


def _is_sign(text: str, piece: Piece) -> bool:
    """Was a sign and does not look like a word now."""
    return kind(piece.candidates[0][0]) == "symbol" and not text[piece.start : piece.end].isalpha()


def _lines(text: str, pieces: list[Piece]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for piece in pieces:
        if not found or piece.start >= found[-1][1]:
            end = text.find("\n", piece.end)
            found.append((text.rfind("\n", 0, piece.start) + 1, len(text) if end < 0 else end))
    return found
