"""The MCP servers that a JSON file configures, with the place of each entry; any JSON, any shape."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from agentls import json_text, paths
from agentls.text import Location, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agentls.json_text import Way

# A table of servers, and the way to it.
_Table: TypeAlias = "tuple[Way, dict[str, Any]]"


class Server(NamedTuple):
    name: str
    location: Location


class Layout(NamedTuple):
    """How a file lists its servers: under the key ``table``.

    ``is_relaxed``: as JSON with comments, and with commas behind the last entries.
    """

    table: str = "mcpServers"
    is_relaxed: bool = False


_USUAL = Layout()


def servers_of_plugin(source: str, plugin: str) -> list[Server]:
    """The servers that a plugin brings along, by their whole names; their table may be all there is."""
    found = servers(source)
    data = json_text.parsed(source)
    if not found and isinstance(data, dict) and all(_is_server(value) for value in data.values()):
        found = _listed(source, source, [[((), data)]])
    return [Server(f"plugin:{plugin}:{server.name}", server.location) for server in found]


def _is_server(value: Any) -> bool:
    return isinstance(value, dict) and ("command" in value or "url" in value)


def servers(source: str, projects: Iterable[str] = ("",), layout: Layout = _USUAL) -> list[Server]:
    """The servers of an ``.mcp.json`` and its like, or of ``~/.claude.json`` as seen from each project."""
    json = json_text.strict(source) if layout.is_relaxed else source
    data = json_text.parsed(json)
    return _listed(source, json, [list(_tables(data, project, layout.table)) for project in projects])


def _tables(data: Any, project: str, name: str) -> Iterator[_Table]:
    """The tables of servers: of the project and of those around it, then of all."""
    holders: list[tuple[Way, Any]] = [((), data)]
    projects = data.get("projects") if isinstance(data, dict) else None
    if project and isinstance(projects, dict):
        around = [key for key in projects if key and paths.is_within(project, os.path.normpath(key))]
        nearest_first = sorted(around, key=len, reverse=True)
        holders = [*((("projects", key), projects[key]) for key in nearest_first), *holders]
    for way, holder in holders:
        table = holder.get(name) if isinstance(holder, dict) else None
        if isinstance(table, dict):
            yield (*way, name), table


def _listed(source: str, json: str, views: list[list[_Table]]) -> list[Server]:
    """The servers in the tables of each view; of a name that stands in several, the first counts there."""
    text = Text(source)
    places = json_text.keys(json, {way for tables in views for way, _ in tables})
    found: dict[Server, None] = {}
    for tables in views:
        ways: dict[str, Way] = {}
        for way, table in tables:
            for name in table:
                ways.setdefault(name, (*way, name))
        found.update((Server(name, text.locate(places[way])), None) for name, way in ways.items())
    return list(found)
