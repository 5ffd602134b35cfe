"""What can be said of a single line: what each codec explains in it. What a file adds is weighed in search.

All of it follows from the line alone, so that a keystroke costs no more than its own line.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from agentls.text.mojibake import multibyte
from agentls.text.mojibake.kinds import kind
from agentls.text.mojibake.mentions import Excuses, excuses
from agentls.text.mojibake.multibyte import MULTIBYTE
from agentls.text.mojibake.pieces import Piece, lone_leads, pieces_of
from agentls.text.mojibake.tables import CODECS, TWICE, misreading

# Every UTF-8 sequence that is not ASCII has at least two bytes.
_ISLAND = re.compile("[^\x00-\x7f]{2,}")
# Codecs whose leads are letters of another alphabet than the Latin one.
ALPHABETS = {"windows-1251": re.compile("[Ѐ-ӿ]"), "windows-874": re.compile("[ก-๛]")}
# Longer lines are looked at anew each time, and so are texts with more lines than this: both are rare,
# and what is kept must not fill the memory.
_LONGEST_KEPT = 2_000
_MOST_KEPT = 2_000


class Depth(IntEnum):
    """How often the file was damaged, as far as one codec can tell."""

    ONCE = 1
    TWICE = 2


class Support(IntEnum):
    """Which pieces the rest of the file lends certainty to."""

    ON_CERTAIN_LINES = 1  # those beside a certain one
    EVERYWHERE = 2
    BY_ALPHABET = 3  # everywhere, and nothing else of this alphabet is in the file


class Decision(NamedTuple):
    """What a whole file says about one codec; the earlier of two decisions wins where they meet.

    `is_rival`: it explains exactly as much as the one before it, and neither is likelier.
    """

    codec: str
    depth: Depth
    support: Support
    is_rival: bool = False


class DamagedRun(NamedTuple):
    """What one codec explains of a line."""

    pieces: tuple[Piece, ...] = ()
    size: int = 0
    certain: int = 0
    is_open: bool = False  # some piece has several candidates
    is_twice: bool = False  # something was certainly damaged twice


class Result(NamedTuple):
    """What was found in a line, with what excuses it."""

    pieces: tuple[Piece, ...]
    excuses: Excuses


_NOTHING = DamagedRun()
_NO_RESULT = Result((), Excuses(are_all=True, exposed=()))


@dataclass(slots=True, eq=False)
class Line:
    """A line and what was worked out about it; nothing but the text decides the answers, so they are kept.

    `size` counts the characters that may be damage. `leading` are the codecs for which damage may begin in
    this line, `following` those for which it may go on.
    """

    text: str
    islands: tuple[tuple[int, int], ...]
    size: int
    leading: tuple[str, ...]
    following: tuple[str, ...]
    _readings: dict[tuple[str, int, int], DamagedRun] = field(default_factory=dict)
    _decisions: tuple[Decision, ...] = ()
    _result: Result = _NO_RESULT

    def raw(self, codec: str) -> DamagedRun:
        """All that is possible."""
        found = self._readings.get((codec, 0, 0))
        if found is None:
            found = self._readings[codec, 0, 0] = _raw(self, codec)
        return found

    def at_depth(self, codec: str, depth: Depth) -> DamagedRun:
        """A text that was damaged twice somewhere was damaged twice wherever that is possible."""
        found = self._readings.get((codec, depth, 0))
        if found is None:
            found = self._readings[codec, depth, 0] = _at_depth(self.raw(codec), depth)
        return found

    def supported(self, codec: str, depth: Depth, support: Support) -> DamagedRun:
        """What is left of it in a file that supports the codec so."""
        found = self._readings.get((codec, depth, support))
        if found is None:
            found = _supported(self.text, self.at_depth(codec, depth), codec, support)
            self._readings[codec, depth, support] = found
        return found

    def result(self, decisions: tuple[Decision, ...]) -> Result:
        """What was found in this line of a file about which all this is decided."""
        if decisions != self._decisions:
            self._decisions, self._result = decisions, _result(self, decisions)
        return self._result


def lines_of(texts: list[str]) -> list[Line]:
    if len(texts) <= _MOST_KEPT:
        return list(map(_kept, texts))
    distinct = {text: _line(text) for text in set(texts)}
    return [distinct[text] for text in texts]


def _kept(text: str) -> Line:
    return _remembered(text) if len(text) <= _LONGEST_KEPT else _line(text)


def _line(text: str) -> Line:
    islands = tuple([match.span() for match in _ISLAND.finditer(text)])
    pairs = tuple(MULTIBYTE) if multibyte.may_hold(text) else ()
    if not islands:
        return Line(text, islands=(), size=0, leading=pairs, following=pairs)
    present = set("".join([text[start:end] for start, end in islands]))
    leading = [name for name in CODECS if not misreading(name).leads.isdisjoint(present)]
    following = [name for name in CODECS if not misreading(name).continuations.isdisjoint(present)]
    size = sum([end - start for start, end in islands])
    return Line(text, islands=islands, size=size, leading=(*leading, *pairs), following=(*following, *pairs))


# Several open files.
_remembered = lru_cache(maxsize=4 * _MOST_KEPT)(_line)


def _raw(line: Line, codec: str) -> DamagedRun:
    if codec not in line.leading:
        return _NOTHING
    if codec in MULTIBYTE:
        return _reading(list(multibyte.pieces_of(line.text, codec)))
    damage = misreading(codec)
    return _reading([piece for island in line.islands for piece in pieces_of(line.text, *island, damage)])


def _reading(pieces: list[Piece]) -> DamagedRun:
    if not pieces:
        return _NOTHING
    certain = [piece for piece in pieces if piece.is_certain]
    return DamagedRun(
        tuple(pieces),
        size=sum([piece.end - piece.start for piece in pieces]),
        certain=len(certain),
        is_open=any(len(piece.candidates) != 1 for piece in pieces),
        is_twice=any(piece.encoding.endswith(TWICE) for piece in certain),
    )


def _at_depth(found: DamagedRun, depth: Depth) -> DamagedRun:
    twice = [piece for piece in found.pieces if piece.encoding.endswith(TWICE)]
    if not twice:
        return found
    once = [piece for piece in found.pieces if not piece.encoding.endswith(TWICE)]
    return _reading(once if depth is Depth.ONCE else _joined(twice, once))


def _supported(text: str, found: DamagedRun, codec: str, support: Support) -> DamagedRun:
    if support is Support.BY_ALPHABET:
        return found
    if not found.certain:
        return found if support is Support.EVERYWHERE else _NOTHING
    if codec in MULTIBYTE or not (damage := misreading(codec)).undefined:
        return found
    return _reading(_joined(found.pieces, lone_leads(text, damage)))


def has_word_of_its_alphabet(line: Line, codec: str, depth: Depth) -> bool:
    """Whether letters of the codec's alphabet stand outside the pieces."""
    alphabet = ALPHABETS[codec]
    position = 0
    for piece in line.at_depth(codec, depth).pieces:
        if alphabet.search(line.text, position, piece.start):
            return True
        position = piece.end
    return alphabet.search(line.text, position) is not None


def has_sign(line: Line, codec: str, depth: Depth) -> bool:
    """Whether something was a sign and does not look like a word now."""
    return any(
        kind(piece.candidates[0][0]) == "symbol" and not line.text[piece.start : piece.end].isalpha()
        for piece in line.at_depth(codec, depth).pieces
    )


def _result(line: Line, decisions: tuple[Decision, ...]) -> Result:
    chosen: list[Piece] = []
    for codec, depth, support, is_rival in decisions:
        found = line.supported(codec, depth, support).pieces
        if is_rival:
            chosen = _in_doubt(line.text, chosen, found)
        chosen = _joined(chosen, found) if chosen else list(found)
    return Result(tuple(chosen), excuses(line.text, chosen)) if chosen else _NO_RESULT


def _joined(taken: Iterable[Piece], others: Iterable[Piece]) -> list[Piece]:
    """The pieces that are taken, and of the others those that overlap none of them, in order."""
    pieces = list(taken)
    starts = [piece.start for piece in pieces]
    free = []
    for piece in others:
        index = bisect_left(starts, piece.end)
        if not index or pieces[index - 1].end <= piece.start:
            free.append(piece)
    return sorted(pieces + free, key=lambda piece: piece.start) if free else pieces


def _in_doubt(text: str, chosen: list[Piece], found: tuple[Piece, ...]) -> list[Piece]:
    """Where two codecs that explain equally much differ, both readings are offered."""
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
    return piece._replace(candidates=piece.candidates + other.candidates)
