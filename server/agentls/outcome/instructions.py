"""Which instructions a product gives to the model: at the start, and when it works on one file."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from agentls.outcome.reach import Reach, When, reach
from agentls.semantics.file import reread_as
from agentls.system import paths
from agentls.text import token_count

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agentls.semantics.file import File
    from agentls.workspace import View

# The kinds of files that instruct.
KINDS = ("instructions", "rule")
# What counts for a user comes first, and what lies further in comes later and weighs more.
_SCOPES = ("user", "project")


class Instruction(NamedTuple):
    """A file as one product reads it. ``globs`` are those that take in the file that was asked about.

    ``rivals`` are files for whose sake the product does not read it; ``is_nested``: it lies below the folder
    of the start, and is read on the way.
    """

    file: File
    reach: Reach
    tokens: int
    globs: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    is_nested: bool = False


class Instructions(NamedTuple):
    """``loaded`` are in the order in which the model gets them; ``others`` are there and do not count."""

    loaded: tuple[Instruction, ...]
    others: tuple[Instruction, ...]

    @property
    def tokens(self) -> int:
        return sum(one.tokens for one in self.loaded)


def of_products(view: View, files: Iterable[File], start: str, target: str = "") -> dict[str, Instructions]:
    """By product, in the order of the alphabet; what counts at the ``start``, or beside the ``target``."""
    found: dict[str, list[Instruction]] = {}
    known = list(files)
    written = {paths.key(file.path) for file in known if file.text.source.strip()}
    for file in known:
        for one in _as_read(file):
            when = reach(one)
            if when and _is_near(one, target or start):
                own = Instruction(
                    one,
                    when,
                    tokens=token_count.estimate(len(one.text.source)),
                    globs=_fitting(view, when, target),
                    rivals=tuple(view.display_path(path) for path in _rivals(one, written)),
                    is_nested=one.scope == "project" and not paths.is_within(start, one.identity.root),
                )
                found.setdefault(one.dialect.product, []).append(own)
    return {product: _sorted(found[product], target) for product in sorted(found, key=str.lower)}


def _as_read(file: File) -> Iterator[File]:
    """By its own product, if that looks there at all, and by the others."""
    if file.identity.is_loaded_from and file.scope in _SCOPES:
        yield file
    yield from (reread_as(file, other) for other in file.others)


def _is_near(file: File, place: str) -> bool:
    """Whether a file counts for its folder and the place is in there."""
    return file.scope == "user" or paths.is_within(place, file.identity.root)


def _fitting(view: View, when: Reach, target: str) -> tuple[str, ...]:
    """The globs that take in the target; all together, since some may exclude what others take in."""
    if when.when is not When.FILES or not target or not when.root or not paths.is_within(target, when.root):
        return ()
    files = when.files(view)
    name = paths.posix(os.path.relpath(target, when.root))
    if files is None or name not in files.matching(when.texts, when.syntax):
        return ()
    return tuple(text for text in when.texts if name in files.matching((text,), when.syntax)) or when.texts


def _rivals(file: File, written: set[str]) -> Iterator[str]:
    """The files with text for whose sake this one is not read: in its folder and those above."""
    for name in file.identity.unless:
        for folder in (file.identity.root, *paths.parents(file.identity.root)):
            path = paths.join(folder, name)
            if path and paths.key(path) in written:
                yield path


def _sorted(found: list[Instruction], target: str) -> Instructions:
    ordered = sorted(found, key=_order)
    loaded = [one for one in ordered if _is_loaded(one, target)]
    return Instructions(tuple(loaded), tuple(one for one in ordered if one not in loaded))


def _order(one: Instruction) -> tuple[int, int, bool, str]:
    identity = one.file.identity
    return (
        _SCOPES.index(one.file.scope),
        len(identity.root) if one.file.scope == "project" else 0,
        one.file.dialect.kind != "instructions",
        one.file.path,
    )


def _is_loaded(one: Instruction, target: str) -> bool:
    if one.rivals:
        return False
    if one.is_nested and not (target and one.file.dialect.reach.nested):
        return False
    return one.reach.when is When.ALWAYS or bool(one.globs)
