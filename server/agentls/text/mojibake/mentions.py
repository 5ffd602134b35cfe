"""Tells damage from text that is about damage. It finds none itself.

Examples stand in code, in quotation marks, or beside what they stand for. One run that is no example makes
all of them damage: a damaged file is damaged in its code blocks as well.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from agentls.text.mojibake.pieces import Piece

_FENCE_LINE = re.compile(r"^[ \t]*(`{3,}|~{3,})([^\n]*)", re.MULTILINE)
_CODE_SPAN = re.compile(r"(?<!`)(`{1,3})(?!`)[^`\n]+(?<!`)\1(?!`)")
_SUBJECT = re.compile(
    rb"mojibake|ftfy|garbled|double[- ]encod|mis-?(?:decod|encod|read|interpret)|wrong(?:ly)?[- ](?:en|de)cod"
    rb"|encoding[- ](?:error|issue|problem|bug|corrupt|damage|artifact)"
    rb"|cp125[0-9]|windows-125[0-9]|cp437|cp850|latin-?1|iso-?8859|mac-?roman"
    rb"|shift[-_]?jis|code ?page|charset|character set"
)
_CONTROL = re.compile("[\x80-\x9f]")
_PLAIN_QUOTES = ("'", '"')
_QUOTES = frozenset(('""', "''", "“”", "‘’", "«»", "„“", "„”"))


class Excuses(NamedTuple):
    """What speaks for the pieces of one line being examples.

    `are_all`: each is a code span of its own or stands beside what it stands for. `exposed` are the places of
    the others that are neither quoted nor in a code span.
    """

    are_all: bool
    exposed: tuple[int, ...]


def excuses(line: str, pieces: list[Piece]) -> Excuses:
    code_spans = [match.span() for match in _CODE_SPAN.finditer(line)]
    whole_spans = set(code_spans)
    # Nobody writes what cannot be seen as an example.
    if len(pieces) > 1 and all(_CONTROL.search(line, piece.start, piece.end) for piece in pieces):
        return Excuses(are_all=False, exposed=tuple(piece.start for piece in pieces))
    rest = [piece for piece in pieces if not _is_whole(whole_spans, line, piece)]
    if rest:
        explained = _explained(line, rest)
        rest = [piece for piece in rest if explained.isdisjoint(piece.candidates)]
    exposed = [piece for piece in rest if not (_is_quoted(line, piece) or _is_within(code_spans, piece))]
    return Excuses(are_all=not rest, exposed=tuple(piece.start for piece in exposed))


def are_examples(text: str, found: list[tuple[int, Excuses]]) -> bool:
    """Whether all pieces of a text together are examples; `found` are its lines' places and excuses."""
    if all(excuse.are_all for _, excuse in found):
        return True
    exposed = [start + place for start, excuse in found for place in excuse.exposed]
    if exposed and not _are_within_fences(text, exposed):
        return False
    # The last question, since it reads the whole text.
    return _SUBJECT.search(text.encode("utf-8", "surrogatepass").lower()) is not None


def _explained(line: str, pieces: list[Piece]) -> set[str]:
    """What pieces stand for and is on the same line, undamaged: `â€™ instead of ’`."""
    clean = _without(line, pieces)
    present = set(clean)
    candidates = {candidate for piece in pieces for candidate in piece.candidates}
    return {candidate for candidate in candidates if present.issuperset(candidate) and candidate in clean}


def _without(line: str, pieces: list[Piece]) -> str:
    """The line with the pieces blanked out: `Â§` holds what it stands for."""
    parts = []
    position = 0
    for piece in pieces:
        parts += [line[position : piece.start], "\0"]
        position = piece.end
    return "".join([*parts, line[position:]])


def _is_quoted(line: str, piece: Piece) -> bool:
    return line[piece.start - 1 : piece.start] + line[piece.end : piece.end + 1] in _QUOTES


def _is_whole(code_spans: set[tuple[int, int]], line: str, piece: Piece) -> bool:
    """All of a code span; a lost end, as of `â€"`, is shown as the plain sign it looks like."""
    end = piece.end + (line[piece.end : piece.end + 1] in _PLAIN_QUOTES)
    return (piece.start - 1, end + 1) in code_spans


def _is_within(ranges: list[tuple[int, int]], piece: Piece) -> bool:
    index = bisect_right(ranges, piece.start, key=lambda found: found[0])
    return index > 0 and piece.end <= ranges[index - 1][1]


def _are_within_fences(text: str, places: list[int]) -> bool:
    """Both the places and the fences are in order."""
    fences = _fences(text)
    start, end = next(fences, (len(text), len(text)))
    for place in places:
        while end <= place:
            start, end = next(fences, (len(text), len(text)))
            if start == len(text):
                return False
        if place < start:
            return False
    return True


def _fences(text: str) -> Iterator[tuple[int, int]]:
    """The fenced code blocks; one that is never closed runs to the end."""
    if "~~~" not in text and "```" not in text:
        return
    opening = ""
    start = 0
    for match in _FENCE_LINE.finditer(text):
        if not opening:
            start, opening = match.start(), match[1]
        elif match[1].startswith(opening) and not match[2].strip("`~ \t\r"):
            yield start, match.start()
            opening = ""
    if opening:
        yield start, len(text)
