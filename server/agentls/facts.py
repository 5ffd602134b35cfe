"""What files of no dialect contribute to the workspace: MCP servers, and the skills of other products."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from agentls import paths, readers, servers
from agentls.text import Text
from agentls.workspace import Definition, Facts, facts_of_servers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from agentls.dialects import Surroundings


def other_facts(path: str, source: str, projects: Iterable[str], surroundings: Surroundings) -> Facts:
    """What a file of no dialect contributes: servers, and skills of other products."""
    name = os.path.basename(path)
    if name.endswith(".json") and (plugin := _plugin_with_servers(path, surroundings)):
        own = facts_of_servers(path, servers.servers_of_plugin(source, plugin), "plugin")
        # Who works on a plugin has its folder open, and its servers in the folder's own list.
        if name == ".mcp.json" and any(paths.is_within(path, project) for project in projects):
            project = facts_of_servers(path, servers.servers(source), "project")
            return Facts(path, project.definitions + own.definitions)
        return own
    if name == ".mcp.json":
        return facts_of_servers(path, servers.servers(source), "project")
    if name == "managed-mcp.json":
        # As with what is the user's own, nobody changes it from a project.
        return facts_of_servers(path, servers.servers(source), "user")
    if name == ".claude.json":
        found = [server for project in projects or [""] for server in servers.servers(source, project)]
        return facts_of_servers(path, dict.fromkeys(found), "user")
    if name == "SKILL.md":
        text = Text(source)
        document = readers.read("yaml", text, frozenset({"name", "description"}))
        field = document.field("name")
        span = field.value.span if field else document.body
        folder = os.path.basename(os.path.dirname(path))
        skill = Definition(
            "foreign-skill",
            folder,
            path,
            text.locate(span),
            "",
            document.string("description") or "",
            len(source),
        )
        return Facts(path, (skill,))
    return Facts(path)


def _plugin_with_servers(path: str, surroundings: Surroundings) -> str:
    """The plugin whose servers a file lists; empty for none."""
    for folder in paths.parents(path):
        plugin = surroundings.plugins.get(folder)
        if plugin and paths.posix(path[len(folder) + 1 :]) in plugin.servers:
            return plugin.name
    return ""
