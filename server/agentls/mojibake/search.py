"""Finds damaged runs in a text: byte structure first, then judgement, then support from the rest of the file."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, product

from agentls.mojibake.gaps import fill
from agentls.mojibake.judgement import Verdict, judge
from agentls.mojibake.kinds import kind
from agentls.mojibake.mentions import are_mentions
from agentls.mojibake.tables import CODECS, Misreading, misreading


@dataclass(frozen=True, slots=True)
class Run:
    """One damaged stretch of a text: text[start:end] was `original` before it was read as `encoding`."""

    start: int
    end: int
    original: str | None  # None when several restorations are plausible
    candidates: tuple[str, ...]  # those, likeliest first; empty when the original is certain
    encoding: str


@dataclass(frozen=True, slots=True)
class _Piece:
    run: Run
    verdict: Verdict


# Every UTF-8 sequence that is not ASCII has at least two bytes.
_ISLAND = re.compile("[^\x00-\x7f]{2,}")
# A menu in an editor; nobody reads a longer one.
_MOST_CANDIDATES = 6
_TWICE = " twice"


def damage(original: str, encoding: str) -> str:
    """`original` as it looks when its UTF-8 bytes are read as `encoding`."""
    codec = misreading(encoding.removesuffix(_TWICE))
    once = codec.damage(original)
    return codec.damage(once) if encoding.endswith(_TWICE) else once


def find(text: str) -> tuple[Run, ...]:
    """The damaged runs of a text, in order."""
    if text.isascii():
        return ()
    islands = [match.span() for match in _ISLAND.finditer(text)]
    present = set("".join([text[start:end] for start, end in islands]))
    chosen: list[Run] = []
    for found in _by_weight(_supported(text, islands, codec) for codec in _possible(present)):
        chosen.extend(_not_overlapping(found, chosen))
    if not chosen or are_mentions(text, [(run.start, run.end) for run in chosen]):
        return ()
    return tuple(sorted(chosen, key=lambda run: run.start))


def _possible(present: set[str]) -> Iterator[Misreading]:
    for codec in map(misreading, CODECS):
        if not codec.leads.isdisjoint(present) and not codec.continuations.isdisjoint(present):
            yield codec


def _by_weight(findings: Iterable[list[Run]]) -> list[list[Run]]:
    """The codec that explains most comes first; among equals the order of CODECS holds."""
    return sorted(findings, key=lambda runs: -sum(run.end - run.start for run in runs))


def _not_overlapping(found: list[Run], chosen: list[Run]) -> list[Run]:
    if not chosen:
        return found
    taken = {index for run in chosen for index in range(run.start, run.end)}
    return [run for run in found if taken.isdisjoint(range(run.start, run.end))]


def _supported(text: str, islands: list[tuple[int, int]], codec: Misreading) -> list[Run]:
    """What is certain by itself, and what is possible in a file or line where the same codec is certain."""
    pieces = [piece for start, end in islands for piece in _pieces(text, start, end, codec)]
    certain = sum(piece.verdict is Verdict.CERTAIN for piece in pieces)
    if not certain:
        return []
    if certain >= 3:
        return [piece.run for piece in pieces]
    lines = {text.rfind("\n", 0, p.run.start) for p in pieces if p.verdict is Verdict.CERTAIN}
    return [piece.run for piece in pieces if text.rfind("\n", 0, piece.run.start) in lines]


def _pieces(text: str, start: int, end: int, codec: Misreading) -> Iterator[_Piece]:
    pattern = codec.torn if codec.loses else codec.run
    for match in pattern.finditer(text, start, end):
        if codec.run.fullmatch(text, *match.span()):
            yield from _whole(text, match.span(), codec)
        else:
            yield from _torn(text, match.span(), codec)


def _whole(text: str, span: tuple[int, int], codec: Misreading) -> Iterator[_Piece]:
    start, end = span
    restored = codec.restore(text[start:end])
    if codec.run.fullmatch(restored):
        twice = codec.restore(restored)
        if judge(text[start - 1 : start], restored, text[end : end + 1], twice) is Verdict.CERTAIN:
            yield _Piece(Run(start, end, twice, (), codec.name + _TWICE), Verdict.CERTAIN)
            return
    for first, last, original in _plausible_parts(start, restored):
        verdict = judge(text[first - 1 : first], text[first:last], text[last : last + 1], original)
        if verdict is not Verdict.REFUSED:
            yield _Piece(Run(first, last, original, (), codec.name), verdict)


def _torn(text: str, span: tuple[int, int], codec: Misreading) -> Iterator[_Piece]:
    start, end = span
    slots = fill(codec, text[start:end])
    if not all(slots):
        return
    likeliest = "".join(slot[0] for slot in slots)
    verdict = judge(text[start - 1 : start], text[start:end], text[end : end + 1], likeliest)
    if verdict is Verdict.REFUSED:
        return
    candidates = tuple(map("".join, islice(product(*slots), _MOST_CANDIDATES)))
    if len(candidates) == 1:
        yield _Piece(Run(start, end, likeliest, (), codec.name), verdict)
    else:
        yield _Piece(Run(start, end, None, candidates, codec.name), verdict)


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
