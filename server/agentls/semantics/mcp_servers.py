"""The MCP servers that a JSON file configures, with the place of each entry; any JSON, any shape."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from agentls.syntax import json
from agentls.syntax.formats import JSON, JSONC
from agentls.syntax.nodes import Scalar, entries_in, node_at
from agentls.text.source import Location, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from agentls.syntax.document import Document
    from agentls.syntax.nodes import Entry


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
# Of an entry no more is looked at than what it has.
_PARTS = ("command", "url")


def servers_of_plugin(source: str, plugin: str) -> list[Server]:
    """The servers that a plugin brings along, by their whole names; their table may be all there is."""
    document = json.read(JSON, Text(source), {"*": {"*": {}}})
    found = _listed(document, document.entries_at((_USUAL.table,)))
    if not found and all(map(_is_server, document.root.entries)):
        found = _listed(document, document.root.entries)
    return [Server(f"plugin:{plugin}:{server.name}", server.location) for server in found]


def _is_server(entry: Entry) -> bool:
    return any(isinstance(one.key, Scalar) and one.key.value in _PARTS for one in entries_in(entry.value))


def servers(source: str, layout: Layout = _USUAL) -> list[Server]:
    """The servers of an ``.mcp.json`` and its like."""
    form = JSONC if layout.is_relaxed else JSON
    document = json.read(form, Text(source), {layout.table: {}})
    return _listed(document, document.entries_at((layout.table,)))


def servers_of_projects(source: str) -> list[tuple[str, Server]]:
    """The servers of ``~/.claude.json``, each with the folder it is for; empty for all folders."""
    table = _USUAL.table
    document = json.read(JSON, Text(source), {table: {}, "projects": {"*": {table: {}}}})
    found = [("", server) for server in _listed(document, document.entries_at((table,)))]
    for entry in document.entries_at(("projects",)):
        project = entry.key.value if isinstance(entry.key, Scalar) else ""
        if os.path.isabs(project):
            own = _listed(document, entries_in(node_at(entry.value, (table,))))
            found += [(os.path.normpath(project), server) for server in own]
    return found


def _listed(document: Document, entries: Iterable[Entry]) -> list[Server]:
    """The servers of a table, each where its entry stands; none where the product refuses the file."""
    if not document.is_recovered:
        return []
    places = {entry.key.value: entry.key.inner for entry in entries if isinstance(entry.key, Scalar)}
    return [Server(name, document.text.locate(span)) for name, span in places.items()]
