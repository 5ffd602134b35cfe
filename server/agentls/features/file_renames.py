"""What has to change in files before others are moved: links to them, and names that come from a place.

A skill of Claude Code is called by its folder and a command by its file; an agent keeps its name.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from agentls.products import load
from agentls.refactoring import move, rename
from agentls.refactoring.new_names import NameRefusedError
from agentls.refactoring.rename import Renaming
from agentls.text.source import Span
from agentls.workspace.symbols import Symbol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from agentls.semantics.summary import Definition
    from agentls.workspace import View


class Followers(NamedTuple):
    """``names`` can follow; ``complaints`` say which names cannot, in words for the user."""

    names: tuple[tuple[Renaming, str], ...]
    complaints: tuple[str, ...] = ()


def new_names(view: View, moved: Mapping[str, str]) -> list[tuple[Renaming, str]]:
    """What gets another name because its file or folder does."""
    found = (d for summary in view.summaries() for d in summary.proper_definitions)
    return [(_renaming(d), new) for d in found for new in _new_name(d, moved)]


def _renaming(definition: Definition) -> Renaming:
    return Renaming(Symbol(definition.kind, definition.name, Span(0, 0), (definition,)), definition)


def _new_name(definition: Definition, moved: Mapping[str, str]) -> Iterator[str]:
    """Only a new name in the same place is a rename; what is put elsewhere may be put away."""
    path, new_path = definition.path, move.moved_path(definition.path, moved)
    by = _identity(definition)
    if by == "folder":
        path, new_path = os.path.dirname(path), os.path.dirname(new_path)
    folder, called = os.path.split(path)
    new_folder, newly_called = os.path.split(new_path)
    old = rename.last_part(definition.name)
    ending = called.removeprefix(old)
    if by and folder == new_folder and called == old + ending and newly_called.endswith(ending):
        new = newly_called.removesuffix(ending)
        if new != old and not (ending and by == "folder"):
            yield new


def _identity(definition: Definition) -> str:
    """What of its place gives a file its name: ``folder``, ``stem``, ``path``, or nothing."""
    found = (
        dialect.identity
        for dialect in load().dialects.values()
        if (dialect.product, dialect.kind) == (definition.product, definition.kind)
    )
    by = next(found, "")
    # A name that stands nowhere is the file's.
    return ("" if definition.location.end else "stem") if by == "name" else by


def files_to_read(view: View, moved: Mapping[str, str]) -> set[str]:
    """The known files that have to be looked at."""
    found = move.files_to_read(view, moved)
    return found.union(*(rename.files_to_read(view, what) for what, _ in new_names(view, moved)))


def words(view: View, moved: Mapping[str, str]) -> set[str]:
    """What any other file says that may have to change."""
    found = move.words(moved)
    return found.union(*(rename.words(view, what) for what, _ in new_names(view, moved)))


def followers(view: View, moved: Mapping[str, str]) -> Followers:
    """What gets its new name everywhere before the files move."""
    names, complaints = [], []
    for what, new in new_names(view, moved):
        try:
            rename.check_name(view, what, new)
        except NameRefusedError as reason:
            complaints.append(str(reason))
        else:
            names.append((what, new))
    return Followers(tuple(names), tuple(complaints))
