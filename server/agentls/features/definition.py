"""Where the thing under the cursor is defined: the SKILL.md, the agent, the server's entry, the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from agentls import graph, references
from agentls.references import FILE_KINDS
from agentls.text import Location

if TYPE_CHECKING:
    from agentls.file import File
    from agentls.references import Reference
    from agentls.text import Span
    from agentls.workspace import View


@dataclass(frozen=True, slots=True)
class Target:
    """``origin`` is what was pointed at, ``location`` the name's place in the file at ``path``."""

    origin: Span
    path: str
    location: Location


def definition(view: View, file: File, offset: int) -> list[Target]:
    """The places where the name under the cursor is defined; none for anything else."""
    view = view.seen_with(file.dialect.sees)
    reference = file.at(offset).reference or graph.spoken_at(view, file, offset)
    return targets(view, file, reference) if reference else []


def targets(view: View, file: File, reference: Reference) -> list[Target]:
    """The places that a reference leads to."""
    if reference.kind in FILE_KINDS:
        path = references.resolve_path(file.path, reference.name)
        return [Target(reference.span, path, Location())] if view.exists(path) is not False else []
    found = view.resolve(reference.kind, reference.name)
    return [Target(reference.span, d.path, d.location) for d in found]
