"""The MCP servers that a JSON file configures, with the place of each entry; any JSON, any shape."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from agentls import paths
from agentls.text import Location, Span, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

# A text with the colon that makes it a key, or a bracket.
_TOKEN = re.compile(r'(?P<text>"(?:[^"\\]|\\.)*")\s*(?P<colon>:)?|[{}\[\]]')
_TEXT = r'(?P<text>"(?:[^"\\\n]|\\.)*")'
_COMMENT = re.compile(rf"{_TEXT}|//[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
_LAST_COMMA = re.compile(rf"{_TEXT}|,(?=\s*[}}\]])")


@dataclass(frozen=True, slots=True)
class Server:
    name: str
    location: Location


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file lists its servers: under the key ``table``.

    ``is_relaxed``: as JSON with comments, and with commas behind the last entries.
    """

    table: str = "mcpServers"
    is_relaxed: bool = False


_USUAL = Layout()


def servers_of_plugin(source: str, plugin: str) -> list[Server]:
    """The servers that a plugin brings along, by their whole names; their table may be all there is."""
    found = servers(source)
    try:
        data = json.loads(source)
    except (ValueError, RecursionError):
        return []
    if not found and isinstance(data, dict) and all(_is_server(value) for value in data.values()):
        text = Text(source)
        found = [Server(name, text.locate(span)) for name, span in _names(source, 0, len(source)).items()]
    return [Server(f"plugin:{plugin}:{server.name}", server.location) for server in found]


def _is_server(value: Any) -> bool:
    return isinstance(value, dict) and ("command" in value or "url" in value)


def servers(source: str, project: str = "", layout: Layout = _USUAL) -> list[Server]:
    """The servers of an ``.mcp.json`` and its like, or of ``~/.claude.json`` as seen from ``project``."""
    text = Text(source)
    source = _strict(source) if layout.is_relaxed else source
    try:
        data = json.loads(source)
    except (ValueError, RecursionError):
        return []
    found: dict[str, Server] = {}
    for key, holder in _holders(data, project):
        table = holder.get(layout.table)
        if isinstance(table, dict):
            places = _places(source, layout.table, table, key)
            for name in table:
                place = text.locate(places.get(name, Span(0, 0)))
                found.setdefault(name, Server(name, place))
    return list(found.values())


def _strict(source: str) -> str:
    """The same JSON without comments and last commas; whatever stays keeps its place."""
    for pattern in (_COMMENT, _LAST_COMMA):
        source = pattern.sub(lambda match: match["text"] or re.sub(r"[^\r\n]", " ", match[0]), source)
    return source


def _holders(data: Any, project: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """What may have a table of servers: the parts of the project and of those around it, then the whole."""
    if not isinstance(data, dict):
        return
    projects = data.get("projects")
    if project and isinstance(projects, dict):
        around = [key for key in projects if key and paths.is_within(project, os.path.normpath(key))]
        for key in sorted(around, key=len, reverse=True):
            if isinstance(projects[key], dict):
                yield key, projects[key]
    yield "", data


def _places(source: str, key: str, table: dict[str, Any], project: str) -> dict[str, Span]:
    """Where the names of a table stand: in the text of the first table that is equal to it."""
    start = max(source.find(json.dumps(project)), 0) if project else 0
    pattern = re.compile(rf'"{re.escape(key)}"\s*:\s*(?=\{{)')
    while match := pattern.search(source, start):
        value, end = json.JSONDecoder().raw_decode(source, match.end())
        if value == table:
            return _names(source, match.end(), end)
        # No table of servers stands in another one.
        start = end
    return {}


def _names(source: str, start: int, end: int) -> dict[str, Span]:
    """The keys of the object between the two offsets, not those of objects in it; without their quotes."""
    depth = 0
    found: dict[str, Span] = {}
    for token in _TOKEN.finditer(source, start, end):
        if token[0] in "{[":
            depth += 1
        elif token[0] in "}]":
            depth -= 1
        elif depth == 1 and token["colon"]:
            found[json.loads(token["text"])] = Span(token.start() + 1, token.end("text") - 1)
    return found
