"""Finds the damaged runs of a text: weighs what the codecs explain against each other. It repairs nothing."""

from typing import NamedTuple

from agentls.text.mojibake import multibyte
from agentls.text.mojibake.line_evidence import (
    ALPHABETS,
    Decision,
    Depth,
    Line,
    Support,
    has_sign,
    has_word_of_its_alphabet,
    lines_of,
)
from agentls.text.mojibake.mentions import are_examples
from agentls.text.mojibake.multibyte import MULTIBYTE
from agentls.text.mojibake.pieces import Piece
from agentls.text.mojibake.tables import CODECS, TWICE, misreading


class Run(NamedTuple):
    """One damaged stretch of a text: text[start:end] was `original` before it was read as `encoding`."""

    start: int
    end: int
    original: str | None  # None when several restorations are plausible
    candidates: tuple[str, ...]  # those, likeliest first; empty when certain, or too many to offer
    encoding: str


# Code pages of the same systems, alike but for the signs each leaves out.
_SIBLINGS = ("cp437", "cp850")
# From so many certain pieces on, a file vouches for a codec on all its lines.
_VOUCHED = 3


def damage(original: str, encoding: str) -> str:
    """`original` as it looks when its UTF-8 bytes are read as `encoding`."""
    if encoding in MULTIBYTE:
        return multibyte.damage(original, encoding)
    codec = misreading(encoding.removesuffix(TWICE))
    once = codec.damage(original)
    return codec.damage(once) if encoding.endswith(TWICE) else once


def find(text: str) -> tuple[Run, ...]:
    """The damaged runs of a text, in order."""
    if text.isascii():
        return ()
    starts, texts = _beyond_ascii(text)
    lines = lines_of(texts)
    decisions = _decisions(lines)
    if not decisions:
        return ()
    results = [(start, line.result(decisions)) for start, line in zip(starts, lines, strict=True)]
    found = [(start, result) for start, result in results if result.pieces]
    if are_examples(text, [(start, result.excuses) for start, result in found]):
        return ()
    return tuple([_run(start, piece) for start, result in found for piece in result.pieces])


def _run(start: int, piece: Piece) -> Run:
    if len(piece.candidates) == 1:
        return Run(start + piece.start, start + piece.end, piece.candidates[0], (), piece.encoding)
    return Run(start + piece.start, start + piece.end, None, piece.candidates, piece.encoding)


def _beyond_ascii(text: str) -> tuple[list[int], list[str]]:
    """The lines that are not ASCII, with their places; damage never crosses a line break."""
    starts = []
    lines = []
    position = 0
    for line in text.split("\n"):
        if not line.isascii():
            starts.append(position)
            lines.append(line)
        position += len(line) + 1
    return starts, lines


def _decisions(lines: list[Line]) -> tuple[Decision, ...]:
    """The codecs that have a say in this file: the one that explains most comes first.

    Among equals the order of CODECS holds.
    """
    possible = {codec for line in lines for codec in line.leading}
    possible &= {codec for line in lines for codec in line.following}
    size = sum([line.size for line in lines])
    weighed: list[tuple[int, Decision]] = []
    complete = ""
    for codec in filter(possible.__contains__, (*CODECS, *MULTIBYTE)):
        # No codec explains more than all of it, and the earlier ones are preferred.
        if complete and (complete, codec) != _SIBLINGS:
            continue
        holders = [line for line in lines if codec in line.leading]
        decision = _decision(codec, lines, holders)
        if decision is None:
            continue
        readings = [line.supported(codec, decision.depth, decision.support) for line in holders]
        explained = sum([reading.size for reading in readings])
        weighed.append((explained, decision))
        if explained == size and not any(reading.is_open for reading in readings):
            complete = codec
    weighed.sort(key=lambda each: each[0], reverse=True)
    return _with_rival(weighed)


def _with_rival(weighed: list[tuple[int, Decision]]) -> tuple[Decision, ...]:
    """Siblings that explain equally much are equally likely, if nothing explains more."""
    decisions = [decision for _, decision in weighed]
    if len(weighed) > 1 and weighed[0][0] == weighed[1][0]:
        first, second = decisions[:2]
        if (first.codec, second.codec) == _SIBLINGS and first.depth == second.depth:
            decisions[1] = second._replace(is_rival=True)
    return tuple(decisions)


def _decision(codec: str, lines: list[Line], holders: list[Line]) -> Decision | None:
    depth = Depth.TWICE if any(line.raw(codec).is_twice for line in holders) else Depth.ONCE
    if _is_alone_in_its_alphabet(codec, depth, lines, holders):
        return Decision(codec, depth, Support.BY_ALPHABET)
    certain = sum([line.at_depth(codec, depth).certain for line in holders])
    if not certain:
        return None
    return Decision(codec, depth, Support.EVERYWHERE if certain >= _VOUCHED else Support.ON_CERTAIN_LINES)


def _is_alone_in_its_alphabet(codec: str, depth: Depth, lines: list[Line], holders: list[Line]) -> bool:
    """Where no other letter of the codec's alphabet is in the text, those in the pieces mean nothing else."""
    if codec not in ALPHABETS or not any(has_sign(line, codec, depth) for line in holders):
        return False
    return not any(has_word_of_its_alphabet(line, codec, depth) for line in lines)
