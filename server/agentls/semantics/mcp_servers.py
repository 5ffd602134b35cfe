"""The MCP servers that a JSON file configures, with the place of each entry; any JSON, any shape."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from agentls.syntax import json_positions
from agentls.text.source import Location, Text

if TYPE_CHECKING:
    from agentls.syntax.json_positions import Way

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
    data = json_positions.parse(source)
    if not found and isinstance(data, dict) and all(_is_server(value) for value in data.values()):
        found = [server for _, server in _listed(source, source, [((), data)])]
    return [Server(f"plugin:{plugin}:{server.name}", server.location) for server in found]


def _is_server(value: Any) -> bool:
    return isinstance(value, dict) and ("command" in value or "url" in value)


def servers(source: str, layout: Layout = _USUAL) -> list[Server]:
    """The servers of an ``.mcp.json`` and its like."""
    json = json_positions.strict(source) if layout.is_relaxed else source
    return [server for _, server in _listed(source, json, _tables(json_positions.parse(json), layout.table))]


def servers_of_projects(source: str) -> list[tuple[str, Server]]:
    """The servers of ``~/.claude.json``, each with the folder it is for; empty for all folders."""
    return _listed(source, source, _tables(json_positions.parse(source), _USUAL.table, "projects"))


def _tables(data: Any, name: str, projects: str = "") -> list[_Table]:
    """The tables of servers that count for all, and those of each project in a table of them."""
    holders: list[tuple[Way, Any]] = [((), data)]
    of_projects = data.get(projects) if isinstance(data, dict) else None
    if isinstance(of_projects, dict):
        holders += (((projects, key), holder) for key, holder in of_projects.items() if os.path.isabs(key))
    found = (((*way, name), holder.get(name)) for way, holder in holders if isinstance(holder, dict))
    return [(way, table) for way, table in found if isinstance(table, dict)]


def _listed(source: str, json: str, tables: list[_Table]) -> list[tuple[str, Server]]:
    """The servers in the tables, each with the project that the way to its table names, if any."""
    text = Text(source)
    places = json_positions.keys(json, {way for way, _ in tables})
    return [
        (_project(way), Server(name, text.locate(places[*way, name])))
        for way, table in tables
        for name in table
    ]


def _project(way: Way) -> str:
    return os.path.normpath(str(way[-2])) if len(way) > 1 else ""
