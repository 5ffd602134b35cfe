"""Tells damage from text that is about damage. It finds none itself.

Examples stand in code, in quotation marks, or beside what they stand for. One run that is no example makes
all of them damage: a damaged file is damaged in its code blocks as well.
"""

import re
from bisect import bisect_right

from agentls.mojibake.pieces import Piece

_FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,})[^\n]*\n(?:.*?\n)??[ \t]*\1[`~]*[ \t]*$", re.MULTILINE | re.DOTALL)
_CODE_SPAN = re.compile(r"(?<!`)(`{1,3})(?!`)[^`\n]+(?<!`)\1(?!`)")
_SUBJECT = re.compile(
    r"mojibake|ftfy|garbled|double[- ]encod|mis-?(?:decod|encod|read|interpret)|wrong(?:ly)?[- ](?:en|de)cod"
    r"|encoding[- ](?:error|issue|problem|bug|corrupt|damage|artifact)|cp125\d|windows-125\d|cp437|cp850"
    r"|latin-?1|iso-?8859|mac-?roman|shift[-_]?jis|code ?page|charset|character set",
    re.IGNORECASE,
)
_QUOTES = frozenset(('""', "''", "“”", "‘’", "«»", "„“", "„”"))


def are_examples(text: str, pieces: list[Piece]) -> bool:
    """Whether all these pieces together are examples in a text about encodings."""
    code_spans = [match.span() for match in _CODE_SPAN.finditer(text)]
    rest = [piece for piece in pieces if not _fills(code_spans, piece)]
    if rest:
        clean = _without(text, rest)
        rest = [piece for piece in rest if not _is_explained(clean, piece)]
    if not rest:
        return True
    if not _SUBJECT.search(text):
        return False
    code = sorted(code_spans + [match.span() for match in _FENCE.finditer(text)])
    return all(_is_quoted(text, piece) or _is_within(code, piece) for piece in rest)


def _without(text: str, pieces: list[Piece]) -> str:
    """The text with the pieces blanked out, all places unchanged: `Â§` holds what it stands for."""
    parts = []
    position = 0
    for piece in sorted(pieces, key=lambda piece: piece.start):
        parts += [text[position : piece.start], "\0" * (piece.end - piece.start)]
        position = piece.end
    return "".join([*parts, text[position:]])


def _is_explained(text: str, piece: Piece) -> bool:
    """What it stands for is on the same line, undamaged: `â€™ instead of ’`."""
    line = text[text.rfind("\n", 0, piece.start) + 1 : (text.find("\n", piece.end) + 1 or len(text) + 1) - 1]
    return any(candidate in line for candidate in piece.candidates)


def _is_quoted(text: str, piece: Piece) -> bool:
    return text[piece.start - 1 : piece.start] + text[piece.end : piece.end + 1] in _QUOTES


def _is_within(ranges: list[tuple[int, int]], piece: Piece) -> bool:
    around = _last_before(ranges, piece)
    return around is not None and piece.end <= around[1]


def _fills(code_spans: list[tuple[int, int]], piece: Piece) -> bool:
    around = _last_before(code_spans, piece)
    return around is not None and (piece.start, piece.end) == (around[0] + 1, around[1] - 1)


def _last_before(ranges: list[tuple[int, int]], piece: Piece) -> tuple[int, int] | None:
    index = bisect_right(ranges, piece.start, key=lambda found: found[0])
    return ranges[index - 1] if index else None
