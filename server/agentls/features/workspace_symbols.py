"""The agents, skills, commands and servers of the workspace, found by a few letters of their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentls.semantics.resolution import ResolutionContext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.semantics.summary import Definition
    from agentls.workspace import View

KINDS = ("agent", "skill", "command", "server")


def symbols(view: View, query: str) -> Iterator[Definition]:
    """Every definition whose name holds the letters of ``query`` in their order; all for an empty one."""
    everywhere = view.within(ResolutionContext())
    for kind in KINDS:
        for definition in everywhere.all(kind):
            if _is_like(definition.name.casefold(), query.casefold()):
                yield definition


def _is_like(name: str, query: str) -> bool:
    letters = iter(name)
    return all(letter in letters for letter in query)
