"""The skills that an agent has in its context from the start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentls.workspace import presence

if TYPE_CHECKING:
    from agentls.workspace import Context


def of(context: Context) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """The skills that are there from the start, and those that are left out with the reason."""
    file, view = context.file, context.view
    there: dict[str, None] = {}
    left_out: dict[str, str] = {}
    for name in [reference.name for reference in file.references if reference.kind == "skill"]:
        found = view.resolve("skill", name)
        if view.is_complete and not presence.has_skill(context, name):
            left_out[name] = "skill not found"
        elif found and all(definition.is_for_users for definition in found):
            left_out[name] = f"a user-only {found[0].kind}"
        else:
            there[name] = None
    return tuple(there), tuple(left_out.items())
