"""The name that was probably meant; a name too far away is not offered."""

from __future__ import annotations

import difflib
import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Below this similarity difflib's proposals read like jokes; above it typing errors of real files get lost.
_CUTOFF = 0.72
# The tools of a product, which many files misspell alike; longer lists must not fill the memory.
_MOST_KEPT = 100
_SEPARATORS = re.compile(r"[-_\s]")


@lru_cache(maxsize=4096)
def squashed(name: str) -> str:
    """The name without letter case and separators."""
    return _SEPARATORS.sub("", name).casefold()


def same_but_for_spelling(name: str, names: Iterable[str]) -> str | None:
    """The one name that differs in letter case, hyphens or underscores only."""
    found = [other for other in names if squashed(other) == squashed(name)]
    return found[0] if len(found) == 1 else None


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The name that is most like ``name``, if any is like it at all."""
    names = tuple(names)
    return _nearest(name, names) if len(names) <= _MOST_KEPT else _nearest.__wrapped__(name, names)


@lru_cache(maxsize=1024)
def _nearest(name: str, names: tuple[str, ...]) -> str | None:
    by_squashed = {squashed(other): other for other in names}
    found = difflib.get_close_matches(squashed(name), by_squashed, n=1, cutoff=_CUTOFF)
    return by_squashed[found[0]] if found else None


def is_one_edit_away(one: str, other: str) -> bool:
    """Whether one insertion, deletion, replacement or swap of neighbours turns one word into the other."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    if len(one) != len(other):
        longer, shorter = sorted((one, other), key=len, reverse=True)
        return longer[start + 1 :] == shorter[start:]
    is_swap = (
        one[start : start + 2] == other[start : start + 2][::-1] and one[start + 2 :] == other[start + 2 :]
    )
    return is_swap or one[start + 1 :] == other[start + 1 :]
