"""The skills that an agent has in its context from the start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentls.workspace import presence

if TYPE_CHECKING:
    from agentls.semantics.file import File
    from agentls.semantics.file_references import Reference
    from agentls.workspace import Context


def of(context: Context) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """The skills that are there from the start, and those that are left out with the reason."""
    file, view = context.file, context.view
    there: dict[str, None] = {}
    left_out: dict[str, str] = {}
    beyond = {reference.name for reference in beyond_limit(file)}
    for name in [reference.name for reference in file.references if reference.kind == "skill"]:
        found = view.resolve("skill", name)
        if name in beyond:
            left_out[name] = "beyond the most that are preloaded"
        elif view.is_complete and not presence.has_skill(context, name):
            left_out[name] = "skill not found"
        elif found and all(definition.is_for_users for definition in found):
            left_out[name] = f"a user-only {found[0].kind}"
        else:
            there[name] = None
    return tuple(there), tuple(left_out.items())


def beyond_limit(file: File) -> list[Reference]:
    """The references after as many different names as the product takes from the list."""
    seen: dict[str, None] = {}
    left_out = []
    for reference in file.references:
        spec = file.dialect.fields.get(reference.field.name) if reference.field else None
        if reference.kind == "skill" and spec and spec.most is not None:
            if len(seen) == spec.most and reference.name not in seen:
                left_out.append(reference)
            else:
                seen[reference.name] = None
    return left_out
