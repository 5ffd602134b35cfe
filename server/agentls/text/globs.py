"""Patterns with wildcards, matched and compared in one pass, so that no pattern can take long.

``*`` stands for any characters, also for none, and ``?`` for one; nothing else is special. What a product
adds to that, it adds before it asks here.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_ANY, _ONE = "*", "?"
_PATH_PIECES = re.compile(r"(?:\*\*/)+|\*\*|\*|\?|[^*?]")


def matches(pattern: str, text: str) -> bool:
    """Whether the pattern stands for the whole text."""
    return _run(_compiled(pattern), text, text_is_pattern=False)


def covers(wider: str, narrower: str) -> bool:
    """Whether ``wider`` stands for everything that ``narrower`` stands for.

    Where two wildcards in a row would have to change places to show it (``?*`` and ``*?``) it is not seen.
    """
    return _run(_compiled(wider), narrower, text_is_pattern=True)


def matches_path(pattern: str, path: str) -> bool:
    """Whether a glob stands for a whole path with forward slashes.

    ``**`` crosses folders, ``**/`` stands for any number of them, also for none; ``*`` and ``?`` do
    not cross.
    """
    automaton = _compiled_path(pattern)
    places = automaton.entered(1)
    for character in path:
        places = automaton.entered(automaton.after(places, character))
        if not places:
            return False
    return bool(places & automaton.end)


def has_wildcard(pattern: str) -> bool:
    return _ANY in pattern or _ONE in pattern


class _Automaton(NamedTuple):
    """A bit for each place in a pattern: between which characters, and before the first and after the last.

    ``steps`` are the places from which a character leads on, ``any_steps`` those from which each one does,
    ``stays`` those that a star keeps. ``end`` is the last place.
    """

    steps: Mapping[str, int]
    any_steps: int
    stays: int
    end: int


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> _Automaton:
    steps: dict[str, int] = {}
    any_steps = stays = 0
    place = 1
    for character in pattern:
        if character == _ANY:
            stays |= place
            continue
        if character == _ONE:
            any_steps |= place
        else:
            steps[character] = steps.get(character, 0) | place
        place <<= 1
    return _Automaton(steps, any_steps, stays, place)


def _run(automaton: _Automaton, text: Iterable[str], *, text_is_pattern: bool) -> bool:
    steps, any_steps, stays, end = automaton
    places = 1
    for character in text:
        here = places & stays
        if text_is_pattern and character == _ANY:
            # A run of any length is held by a star alone.
            places = here
        elif text_is_pattern and character == _ONE:
            places = here | ((places & any_steps) << 1)
        else:
            places = here | ((places & (steps.get(character, 0) | any_steps)) << 1)
        if not places:
            return False
    return bool(places & end)


class _PathAutomaton(NamedTuple):
    """As `_Automaton`, with places that some characters alone keep or leave.

    ``folders`` are the places before a ``**/``: from there, the next one waits for the slash that ends any
    folders, and the one after it goes on without them.
    """

    steps: Mapping[str, int]
    in_folder: int
    stays: int
    stays_in_folder: int
    folders: int
    end: int

    def after(self, places: int, character: str) -> int:
        inside = self.in_folder if character != "/" else 0
        kept = self.stays | (self.stays_in_folder if character != "/" else 0)
        return (places & kept) | ((places & (self.steps.get(character, 0) | inside)) << 1)

    def entered(self, places: int) -> int:
        """With the places that are reached without a character."""
        while new := (places & self.folders) * 0b110 & ~places:
            places |= new
        return places


@lru_cache(maxsize=1024)
def _compiled_path(pattern: str) -> _PathAutomaton:
    steps: dict[str, int] = {}
    in_folder = stays = stays_in_folder = folders = 0
    place = 1
    for piece in _PATH_PIECES.findall(pattern):
        if piece.endswith("*/"):
            folders |= place
            stays |= place << 1
            steps["/"] = steps.get("/", 0) | place << 1
            place <<= 2
        elif piece == "**":
            stays |= place
        elif piece == _ANY:
            stays_in_folder |= place
        else:
            if piece == _ONE:
                in_folder |= place
            else:
                steps[piece] = steps.get(piece, 0) | place
            place <<= 1
    return _PathAutomaton(steps, in_folder, stays, stays_in_folder, folders, place)
