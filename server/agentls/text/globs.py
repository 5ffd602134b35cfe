"""Patterns with wildcards, matched and compared in one pass, so that no pattern can take long.

``*`` stands for any characters, also for none, and ``?`` for one; nothing else is special. What a product
adds to that, it adds before it asks here.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_ANY, _ONE = "*", "?"


def matches(pattern: str, text: str) -> bool:
    """Whether the pattern stands for the whole text."""
    return _run(_compiled(pattern), text, text_is_pattern=False)


def covers(wider: str, narrower: str) -> bool:
    """Whether ``wider`` stands for everything that ``narrower`` stands for.

    Where two wildcards in a row would have to change places to show it (``?*`` and ``*?``) it is not seen.
    """
    return _run(_compiled(wider), narrower, text_is_pattern=True)


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
