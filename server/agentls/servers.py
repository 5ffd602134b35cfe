"""The MCP servers that a JSON file configures, with the place of each entry; any JSON, any shape."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from agentls.text import Location, Span, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOT_IN_TOOL_NAMES = re.compile(r"[^A-Za-z0-9_-]")


@dataclass(frozen=True, slots=True)
class Server:
    """``prefix`` is how the server's tools are spelt: ``mcp__<prefix>__``."""

    name: str
    location: Location

    @property
    def prefix(self) -> str:
        return prefix_of(self.name)


def prefix_of(server: str) -> str:
    """How a server's name is spelt inside the names of its tools."""
    return _NOT_IN_TOOL_NAMES.sub("_", server)


def servers(source: str, project: str = "") -> list[Server]:
    """The servers of an ``.mcp.json``, or of ``~/.claude.json`` as seen from ``project``."""
    try:
        data = json.loads(source)
    except (ValueError, RecursionError):
        return []
    found: dict[str, Server] = {}
    text = Text(source)
    for table in _tables(data, project):
        for name in table:
            match = re.search(re.escape(json.dumps(name)) + r"\s*:", source)
            start = match.start() + 1 if match else 0
            span = Span(start, start + (len(name) if match else 0))
            found.setdefault(name, Server(name, text.locate(span)))
    return list(found.values())


def _tables(data: Any, project: str) -> Iterator[dict[str, Any]]:
    if not isinstance(data, dict):
        return
    projects = data.get("projects")
    own = projects.get(project) if isinstance(projects, dict) else None
    for holder in (own, data):
        table = holder.get("mcpServers") if isinstance(holder, dict) else None
        if isinstance(table, dict):
            yield table
