"""The name that was probably meant; a name too far away is not offered."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Below this similarity difflib's proposals read like jokes; above it typing errors of real files get lost.
_CUTOFF = 0.72
_SEPARATORS = re.compile(r"[-_\s]")
# Answers kept of a set of names: while a file is edited, its other mistakes are asked about again and again.
_MOST_ANSWERS = 256


@lru_cache(maxsize=4096)
def without_style(name: str) -> str:
    """The name without letter case and separators."""
    return _SEPARATORS.sub("", name).casefold()


class Names:
    """A set of names, prepared once, since every misspelt name is compared with all of them."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_unstyled: dict[str, list[str]] = {}
        for name in names:
            self._by_unstyled.setdefault(without_style(name), []).append(name)
        self._bits: dict[tuple[str, int], int] = {}
        self._by_length: dict[int, list[tuple[int, str]]] = {}
        for word in filter(None, self._by_unstyled):
            for letter in _letters(word):
                self._bits.setdefault(letter, 1 << len(self._bits))
            self._by_length.setdefault(len(word), []).append((self._bag(word), word))
        self._answers: dict[str, str | None] = {}

    def hold(self, others: Names) -> bool:
        """Whether all the others are among them, but for spelling."""
        return others._by_unstyled.keys() <= self._by_unstyled.keys()

    def equal_ignoring_style(self, name: str) -> str | None:
        """The one name that differs in letter case, hyphens or underscores only."""
        found = self._by_unstyled.get(without_style(name), ())
        return found[0] if len(found) == 1 else None

    def closest(self, name: str) -> str | None:
        """The name that is most like ``name``, if any is like it at all."""
        word = without_style(name)
        if word not in self._answers:
            if len(self._answers) >= _MOST_ANSWERS:
                self._answers.clear()
            self._answers[word] = self._search(word)
        return self._answers[word]

    def _search(self, word: str) -> str | None:
        import difflib  # noqa: PLC0415  most files have no name to look for

        best = (_CUTOFF, "")
        # The likeliest come first, so that most of the others need no look at the order of their letters.
        for most, other in sorted(self._likely(word), reverse=True):
            if most < best[0]:
                break
            best = max(best, (difflib.SequenceMatcher(None, other, word).ratio(), other))
        return self._by_unstyled[best[1]][-1] if best[1] else None

    def _likely(self, word: str) -> Iterator[tuple[float, str]]:
        """The words with enough letters in common, and how alike they are if the order is the same, too."""
        bag = self._bag(word)
        for length, words in self._by_length.items():
            both = len(word) + length
            least = _CUTOFF * both / 2
            if min(len(word), length) >= least:
                for other_bag, other in words:
                    common = (bag & other_bag).bit_count()
                    if common >= least:
                        yield 2 * common / both, other

    def _bag(self, word: str) -> int:
        """The letters as a set of bits, so that what two words have in common is told by one operation."""
        return sum(self._bits.get(letter, 0) for letter in _letters(word))


def _letters(word: str) -> Iterator[tuple[str, int]]:
    """The letters, each with how often it stood there before."""
    seen: dict[str, int] = {}
    for letter in word:
        seen[letter] = seen.get(letter, -1) + 1
        yield letter, seen[letter]


# The few lists of words that a product has; a workspace keeps its own names prepared.
_prepared = lru_cache(maxsize=64)(Names)


def equal_ignoring_style(name: str, names: Iterable[str]) -> str | None:
    """As ``Names`` says."""
    return _prepared(tuple(names)).equal_ignoring_style(name)


def closest(name: str, names: Iterable[str]) -> str | None:
    """As ``Names`` says."""
    return _prepared(tuple(names)).closest(name)


def did_you_mean(*names: str | None) -> str:
    """The question that ends a message, with the space before it; empty where no name is like it."""
    listed = ", ".join(f"`{name}`" for name in names if name)
    return f" Did you mean {listed}?" if listed else ""


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
