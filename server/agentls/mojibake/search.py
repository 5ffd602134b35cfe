"""Finds the damaged runs of a text: weighs the pieces every codec explains against each other. It repairs nothing."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from agentls.mojibake.judgement import Verdict
from agentls.mojibake.mentions import are_examples
from agentls.mojibake.pieces import TWICE, Piece, lone_leads, pieces_of
from agentls.mojibake.tables import CODECS, Misreading, misreading


@dataclass(frozen=True, slots=True)
class Run:
    """One damaged stretch of a text: text[start:end] was `original` before it was read as `encoding`."""

    start: int
    end: int
    original: str | None  # None when several restorations are plausible
    candidates: tuple[str, ...]  # those, likeliest first; empty when the original is certain
    encoding: str


# Every UTF-8 sequence that is not ASCII has at least two bytes.
_ISLAND = re.compile("[^\x00-\x7f]{2,}")
# Codecs whose leads are letters of another alphabet than the Latin one.
_ALPHABETS = {"windows-1251": re.compile("[Ѐ-ӿ]"), "windows-874": re.compile("[ก-๛]")}
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
    for found in _by_weight(_supported(text, islands, codec) for codec in _possible(present)):
        chosen += _not_overlapping(found, chosen)
    if not chosen or are_examples(text, chosen):
        return ()
    return tuple(map(_run, sorted(chosen, key=lambda piece: piece.start)))


def _run(piece: Piece) -> Run:
    if len(piece.candidates) == 1:
        return Run(piece.start, piece.end, piece.candidates[0], (), piece.encoding)
    return Run(piece.start, piece.end, None, piece.candidates, piece.encoding)


def _possible(present: set[str]) -> Iterator[Misreading]:
    for codec in map(misreading, CODECS):
        if not codec.leads.isdisjoint(present) and not codec.continuations.isdisjoint(present):
            yield codec


def _by_weight(findings: Iterable[list[Piece]]) -> list[list[Piece]]:
    """The codec that explains most comes first; among equals the order of CODECS holds."""
    return sorted(findings, key=lambda pieces: -sum(piece.end - piece.start for piece in pieces))


def _not_overlapping(found: list[Piece], chosen: list[Piece]) -> list[Piece]:
    if not chosen:
        return found
    taken = {index for piece in chosen for index in range(piece.start, piece.end)}
    return [piece for piece in found if taken.isdisjoint(range(piece.start, piece.end))]


def _supported(text: str, islands: list[tuple[int, int]], codec: Misreading) -> list[Piece]:
    """What is certain by itself, and what is possible in a line or file where the same codec is certain."""
    pieces = _of_one_depth([piece for start, end in islands for piece in pieces_of(text, start, end, codec)])
    pieces = _alone_in_its_alphabet(text, pieces, codec)
    certain = [piece for piece in pieces if piece.verdict is Verdict.CERTAIN]
    if not certain:
        return []
    lines = _lines(text, certain)
    if codec.losses:
        spans = [(piece.start, piece.end) for piece in pieces]
        pieces += _outside(spans, [p for line in lines for p in lone_leads(text, *line, codec, codec.losses)])
    if len(certain) >= _VOUCHED:
        return pieces
    return [piece for piece in pieces if any(start <= piece.start < end for start, end in lines)]


def _of_one_depth(pieces: list[Piece]) -> list[Piece]:
    """A text that was damaged twice somewhere was damaged twice wherever that is possible."""
    twice = [piece for piece in pieces if piece.encoding.endswith(TWICE)]
    if all(piece.verdict is Verdict.POSSIBLE for piece in twice):
        return [piece for piece in pieces if not piece.encoding.endswith(TWICE)]
    once = [piece for piece in pieces if not piece.encoding.endswith(TWICE)]
    return sorted(twice + _not_overlapping(once, twice), key=lambda piece: piece.start)


def _alone_in_its_alphabet(text: str, pieces: list[Piece], codec: Misreading) -> list[Piece]:
    """Where no other letter of the codec's alphabet is in the text, those in the pieces mean nothing else."""
    alphabet = _ALPHABETS.get(codec.name)
    if not pieces or alphabet is None:
        return pieces
    taken = {index for piece in pieces for index in range(piece.start, piece.end)}
    if any(match.start() not in taken for match in alphabet.finditer(text)):
        return pieces
    return [replace(piece, verdict=Verdict.CERTAIN) for piece in pieces]


def _lines(text: str, pieces: list[Piece]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for piece in pieces:
        if not found or piece.start >= found[-1][1]:
            end = text.find("\n", piece.end)
            found.append((text.rfind("\n", 0, piece.start) + 1, len(text) if end < 0 else end))
    return found


def _outside(spans: list[tuple[int, int]], pieces: list[Piece]) -> list[Piece]:
    taken = {index for start, end in spans for index in range(start, end)}
    return [piece for piece in pieces if piece.start not in taken]
