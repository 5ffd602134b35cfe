"""The name that was probably meant by one that leads nowhere, as the product takes it.

Authors leave out what a plugin puts before a name, so names are compared without that, too. The answer has it
where the product wants it: `auditr` means `team:auditor`.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from agentls.products.locations import project_of
from agentls.system import paths
from agentls.text.similar_words import Names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from agentls.semantics.file import File
    from agentls.semantics.summary import Definition
    from agentls.workspace import Context

_Places = dict[str | None, list["Definition"]]


class _Choices(NamedTuple):
    """Names to compare with; ``whole`` has those that are only the end of a name, each with all of it."""

    names: Names
    whole: Mapping[str, str]

    def closest(self, name: str) -> str | None:
        found = self.names.closest(name)
        return self.whole.get(found, found) if found else None


def closest_name(context: Context, kind: str, name: str) -> str | None:
    """The name of that kind that was probably meant; what the file can reach comes before all else."""
    file, view, identity = context.file, context.view, context.file.identity
    folder = os.path.dirname(file.path) if file.scope == "project" else ""
    key = ("in reach", folder, identity.dialect.name, identity.scope, identity.root, identity.plugin)
    places = view.derive(kind, "places", _group_by_project)
    every = view.derive(kind, ("names", kind), lambda known: _choices(kind, known))

    def choices(known: list[Definition]) -> tuple[_Choices, ...]:
        in_reach = _reachable(file, kind, known, places)
        return (in_reach,) if in_reach.names.hold(every.names) else (in_reach, every)

    return next(filter(None, (found.closest(name) for found in view.derive(kind, key, choices))), None)


def _choices(kind: str, known: Iterable[Definition], others: Iterable[str] = ()) -> _Choices:
    names = sorted({definition.name for definition in known}.union(others))
    # A skill is found by the end of its name as well, and so that is no name to be completed.
    colons = [name for name in reversed(names) if ":" in name and kind == "agent"]
    whole = {name.rpartition(":")[2]: name for name in colons}
    ends = {end: name for end, name in whole.items() if end not in names}
    return _Choices(Names([*names, *ends]), ends)


def _group_by_project(known: list[Definition]) -> _Places:
    """Definitions by the folder of their project; under None those that are of none."""
    found: _Places = {}
    for definition in known:
        project = project_of(definition.path) if definition.scope == "project" else None
        found.setdefault(project and paths.key(project), []).append(definition)
    return found


def _reachable(file: File, kind: str, known: list[Definition], places: _Places) -> _Choices:
    """What is there whenever the file is: the user's own, what lies around it, what is of its plugin."""
    if file.scope == "project":
        around = (places.get(paths.key(folder), ()) for folder in paths.parents(file.path))
        found = [*(d for definitions in around for d in definitions), *_own(file, places.get(None, ()))]
    else:
        found = list(_own(file, known))
    if kind != "agent":
        # What its own plugin brings along needs no prefix, where the end of a name is enough.
        found = [d._replace(name=d.name.removeprefix(f"{file.identity.plugin}:")) for d in found]
    return _choices(kind, found, file.dialect.bundled.of_kind(kind))


def _own(file: File, known: Iterable[Definition]) -> Iterator[Definition]:
    for definition in known:
        is_everywhere = definition.scope == "project" and file.scope == "project"
        if (
            is_everywhere
            or definition.scope == "user"
            or paths.is_within(definition.path, file.identity.root)
        ):
            yield definition
