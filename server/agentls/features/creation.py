"""A new agent or skill: a name that is free, its place and first text, and what there is to choose from."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING

from agentls.refactoring import new_files, new_names
from agentls.syntax.nodes import resolve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.products import Dialect
    from agentls.refactoring.new_files import Destination, NewFile
    from agentls.workspace import ScopedView, View

# Nobody chooses from a longer list in a snippet.
_MOST_CHOICES = 50
_DEFAULT = re.compile(r"\$\{\d+:([^}]*)\}")


def named(view: View, kind: str, name: str, place: Destination) -> NewFile:
    """A new file of that name; raises RefusedError where it cannot have it."""
    # The same agent for another product has the same name: each product has its own.
    scoped = view.within(place.resolution_context(frozenset({place.product})))
    new_names.check_free(scoped, kind, place.product, name)
    found = new_files.new_file(kind, name, place)
    if found is None:
        raise new_names.NameRefusedError(
            f"{place.product} has no place for {kind}s here, or none for `{name}`"
        )
    return found


def unnamed(view: View, kind: str, place: Destination) -> Iterator[NewFile]:
    """New files under names that the workspace does not know yet; endless, the plainest name first."""
    for number in count(1):
        name = f"new-{kind}-{number}" if number > 1 else f"new-{kind}"
        try:
            yield named(view, kind, name, place)
        except new_names.NameRefusedError:
            if new_files.new_file(kind, name, place) is None:
                return


def snippet(view: View, new: NewFile, place: Destination) -> str:
    """The text with tab stops; its choices are the tools, models and skills that are there."""
    scoped = view.within(place.resolution_context(new.dialect.sees))
    return new_files.snippet(new, _choices(scoped, new.dialect))


def _choices(view: ScopedView, dialect: Dialect) -> Iterator[tuple[str, ...]]:
    if dialect.kind != "agent":
        return
    fields, between = dialect.fields, dialect.format.separator
    if "tools" in fields and (default := _DEFAULT.fullmatch(fields["tools"].snippet)):
        yield (f"tools{between}{default[1]}",)
    if "model" in fields and (words := fields["model"].words):
        yield tuple(f"model{between}{word.name}" for word in words[:_MOST_CHOICES])
    skills = [d.name for d in view.all("skill") if _is_plain(d.name)]
    if "skills" in fields and skills:
        yield tuple(f"skills{between}{name}" for name in dict.fromkeys(skills[:_MOST_CHOICES]))


def _is_plain(name: str) -> bool:
    """Whether YAML reads the name as it stands."""
    return re.fullmatch(r"\w[\w.:-]*\w", name) is not None and isinstance(resolve(name), str)
