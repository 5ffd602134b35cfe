"""Where the thing under the cursor is defined: the SKILL.md, the agent, the server's entry, the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from agentls import graph
from agentls.pointers import pointer_at
from agentls.references import FILE_KINDS
from agentls.text import Location

if TYPE_CHECKING:
    from collections.abc import Container

    from agentls.file import File
    from agentls.text import Span
    from agentls.workspace import View


@dataclass(frozen=True, slots=True)
class Target:
    """``origin`` is what was pointed at, ``location`` the name's place in the file at ``path``."""

    origin: Span
    path: str
    location: Location


def candidates(file: File, offset: int) -> set[str]:
    """The paths of which has to be known whether they exist."""
    pointer = pointer_at(file, offset)
    return set(pointer.paths) if pointer else set()


def definition(view: View, file: File, offset: int, existing: Container[str]) -> list[Target]:
    """The places where the name under the cursor is defined; none for anything else."""
    view = view.seen_from(file.standpoint)
    reference = file.at(offset).reference
    if reference is None or reference.kind in FILE_KINDS:
        pointer = pointer_at(file, offset)
        path = next((path for path in pointer.paths if path in existing), None) if pointer else None
        if pointer and path:
            return [Target(pointer.span, path, Location())]
        reference = graph.spoken_at(view, file, offset)
    if reference is None:
        return []
    found = view.resolve(reference.kind, reference.name)
    return [Target(reference.span, d.path, d.location) for d in found]
