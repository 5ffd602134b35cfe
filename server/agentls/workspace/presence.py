"""Whether there is an agent or a skill of a name, or may be in a place that cannot be seen."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agentls.semantics.summary import Definition
    from agentls.workspace import Context


def has_agent(context: Context, name: str) -> bool:
    """Whether an agent is called exactly so, and nothing is known that keeps it from loading."""
    file, view = context.file, context.view
    if any(found.name == name and not found.lacks for found in view.lookup("agent", name)):
        return True
    if view.lookup("configured-agent", name) or view.lookup("agent-name", name):
        return True
    return name in file.dialect.bundled.of_kind("agent") or _is_of_unknown_plugin(context, "agent", name)


def has_skill(context: Context, name: str) -> bool:
    """Whether a skill or a command is called so, or found by the end of its name."""
    file, view = context.file, context.view
    if "@" in name or name in file.dialect.bundled.of_kind("skill"):
        return True
    if any(fnmatchcase(name, pattern) for pattern in file.settings.known.skills):
        return True
    if any(view.lookup(kind, name) for kind in ("skill", "command", "skill-name")):
        return True
    return _is_of_unknown_plugin(context, "skill", name)


def _is_of_unknown_plugin(context: Context, kind: str, name: str) -> bool:
    """What a plugin that is not here brings along cannot be known."""
    plugin, colon, _ = name.partition(":")
    return bool(colon) and plugin not in context.view.derive(kind, "plugins", _plugins)


def _plugins(known: list[Definition]) -> set[str]:
    return {definition.name.partition(":")[0] for definition in known if ":" in definition.name}
