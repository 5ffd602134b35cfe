"""The files of a project, and which of them a list of globs takes in."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from agentls.text.glob_lists import read_glob, takes_in

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True)
class ProjectFiles:
    """``names`` are paths below ``root``, in their order, with forward slashes.

    ``is_whole``: it has all that a glob may mean.
    """

    root: str
    names: tuple[str, ...]
    is_whole: bool = True

    @cached_property
    def digest(self) -> str:
        """The same as long as the files are."""
        text = "\n".join(self.names).encode("utf-8", "surrogateescape")
        return f"{self.is_whole} {hashlib.sha256(text).hexdigest()}"

    def matching(self, globs: tuple[str, ...], syntax: str) -> tuple[str, ...]:
        """The files that a list of globs takes in; asked for again, it is not looked for again."""
        if (globs, syntax) not in self._found:
            self._found[globs, syntax] = tuple(self._matching(globs, syntax))
        return self._found[globs, syntax]

    def _matching(self, globs: tuple[str, ...], syntax: str) -> Iterable[str]:
        read = tuple(read_glob(glob, syntax) for glob in globs)
        if any(glob.is_negated for glob in read):
            return (name for name in self.names if takes_in(read, syntax, name))
        found: set[str] = set()
        for glob in (one for own in read for one in own.globs):
            fits, part = glob.expression.fullmatch, glob.part
            # Most paths do not fit, and a search for a part of them is much faster than a match.
            names = (n for n, low in zip(self.names, self._lowered, strict=True) if part in low)
            found.update(name for name in names if fits(name))
        return sorted(found)

    @cached_property
    def _lowered(self) -> tuple[str, ...]:
        return tuple(name.lower() for name in self.names)

    @cached_property
    def _found(self) -> dict[tuple[tuple[str, ...], str], tuple[str, ...]]:
        """What was asked for already."""
        return {}
