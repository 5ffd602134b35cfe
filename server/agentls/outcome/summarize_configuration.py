"""The summary of files of no dialect: MCP servers, declared agents, the skills of other products."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from agentls.products import configuration, locations
from agentls.semantics import codex_agents, mcp_servers
from agentls.semantics.mcp_files import listed_agents, listed_servers, server_file
from agentls.semantics.resolution import LOCAL, ResolutionContext
from agentls.semantics.summary import Definition, FileSummary
from agentls.syntax import parsing
from agentls.syntax.formats import YAML
from agentls.system import paths
from agentls.text.source import Span, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agentls.products.identification import Surroundings
    from agentls.semantics.mcp_servers import Server


def summarize_configuration_file(
    path: str, source: str, projects: Iterable[str], surroundings: Surroundings
) -> FileSummary:
    """What a file contributes, by its name and place; nothing from a file that is none of these."""
    name, own_files = os.path.basename(path), configuration.configuration()
    if name.endswith(".json") and (folder := _plugin_with_servers(path, surroundings)):
        own = _summarize_plugin(path, source, folder, surroundings)
        # Who works on a plugin has its folder open, and its servers in the folder's own list.
        if name == own_files.plugin_servers and any(paths.is_within(path, project) for project in projects):
            return _add_definitions(_summarize_server_file(path, source, surroundings), own.definitions)
        return own
    if name == own_files.managed_servers:
        # As with what is the user's own, nobody changes it from a project.
        return _summarize_servers(path, mcp_servers.servers(source), "user")
    if name == own_files.user_servers:
        return _summarize_user_servers(path, source)
    if codex_agents.is_config_file(path):
        return _add_definitions(
            _summarize_server_file(path, source, surroundings), tuple(_declared(path, source))
        )
    if name == "SKILL.md":
        return FileSummary(path, (_foreign_skill(path, source),))
    return _summarize_server_file(path, source, surroundings)


def _add_definitions(summary: FileSummary, definitions: tuple[Definition, ...]) -> FileSummary:
    return summary._replace(definitions=summary.definitions + definitions)


def _foreign_skill(path: str, source: str) -> Definition:
    """A skill that lies where none of the dialects looks; it is called by its folder."""
    text = Text(source)
    document = parsing.read(YAML, text, frozenset({"name", "description"}))
    field = document.field("name")
    return Definition(
        "foreign-skill",
        name=os.path.basename(os.path.dirname(path)),
        path=path,
        location=text.locate(field.value.span if field else document.body),
        scope="",
        doc=document.string("description") or "",
        size=len(source),
        project=locations.project_of(path) or "",
    )


def _declared(path: str, source: str) -> Iterator[Definition]:
    """The files that a configuration calls agents, by their paths."""
    start = Text(source).locate(Span(0, 0))
    for agent in codex_agents.agents(path, source):
        yield Definition(
            "declaration",
            name=paths.key(agent.file),
            path=path,
            location=start,
            scope="project",
            doc=agent.description,
        )


def _summarize_plugin(path: str, source: str, folder: str, surroundings: Surroundings) -> FileSummary:
    """The servers of the plugin in a folder."""
    found = mcp_servers.servers_of_plugin(source, surroundings.plugins[folder].name)
    summary = _summarize_servers(path, found, "plugin")
    enabled_in = tuple(filter(None, surroundings.enabled.get(folder, ())))
    return summary._replace(definitions=tuple(d._replace(enabled_in=enabled_in) for d in summary.definitions))


def _plugin_with_servers(path: str, surroundings: Surroundings) -> str:
    """The folder of the plugin whose servers a file lists; empty for none."""
    for folder in paths.parents(path):
        plugin = surroundings.plugins.get(folder)
        if plugin and paths.posix(path[len(folder) + 1 :]) in plugin.servers:
            return folder
    return ""


def _summarize_server_file(path: str, source: str, surroundings: Surroundings) -> FileSummary:
    """A file of which the catalogue knows that it lists servers."""
    known = server_file(path, surroundings.home)
    if known is None:
        return FileSummary(path)
    project = known.project_of(path)
    servers = _summarize_servers(path, listed_servers(known, source), known.scope, known.readers, project)
    agents = _summarize_servers(path, listed_agents(known, source), known.scope, known.readers, project)
    return _add_definitions(servers, tuple(d._replace(kind="configured-agent") for d in agents.definitions))


def _summarize_user_servers(path: str, source: str) -> FileSummary:
    """The servers that the user of Claude Code has for everything, and those for single projects."""
    found: list[Definition] = []
    for project, server in mcp_servers.servers_of_projects(source):
        scope = LOCAL if project else "user"
        found += _summarize_servers(path, [server], scope, project=project).definitions
    return FileSummary(path, tuple(found))


def _summarize_servers(
    path: str, found: Iterable[Server], scope: str, read_by: frozenset[str] = frozenset(), project: str = ""
) -> FileSummary:
    """A file that configures MCP servers, in a place that only one product has where none is given."""
    read_by = read_by or configuration.readers()
    definitions = (
        Definition(
            "server",
            name=server.name,
            path=path,
            location=server.location,
            scope=scope,
            project=project,
            readers=read_by,
        )
        for server in found
    )
    return FileSummary(path, tuple(definitions), resolution_context=ResolutionContext(folder=project))
