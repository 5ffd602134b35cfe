"""Where files name an MCP server: its entry, lists of servers, and the front part of its tools' names."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from agentls.catalogue import load
from agentls.document import Mapping, Scalar, Sequence
from agentls.facts import Definition
from agentls.file import File
from agentls.findings import Edit
from agentls.references import is_tool_of
from agentls.servers import prefix_of
from agentls.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.file import Page
    from agentls.references import Reference
    from agentls.workspace import View

# The scope of a server that an agent brings along itself.
OWN = "own"
_START = "mcp__"


def own_servers(file: File) -> dict[str, Span]:
    """The servers that an agent brings along in its list of servers, and where their names stand."""
    field = file.document.field("mcpServers")
    items = field.value.items if field and isinstance(field.value, Sequence) else ()
    keys = [entry.key for item in items if isinstance(item, Mapping) for entry in item.entries]
    return {key.value: key.inner for key in keys if isinstance(key, Scalar)}


def own_definition(file: File, offset: int, reference: Reference | None) -> tuple[Definition, Span] | None:
    """The server under the cursor if the agent brings it along, and the place where it is named."""
    for name, key in own_servers(file).items():
        definition = Definition("server", name, file.path, file.text.locate(key), OWN, doc=prefix_of(name))
        if offset in key:
            return definition, key
        span = span_in(reference, definition) if reference else None
        if span and offset in span:
            return definition, span
    return None


def span_in(reference: Reference, server: Definition) -> Span | None:
    """The part of a reference that names the server, as far as a rename replaces it."""
    if reference.kind == "server" and reference.name == server.name:
        return reference.span
    if reference.kind == "tool" and is_tool_of(reference.name, server.doc):
        return Span(reference.span.start, reference.span.start + len(_START + server.doc))
    return None


def is_meant(file: File, server: Definition) -> bool:
    """Whether the server's name means this one here, and not one that an agent brings along itself."""
    if server.path == file.path:
        return True
    is_reached = server.scope != OWN and file.standpoint.reaches(server.scope, server.project)
    return is_reached and server.doc not in {prefix_of(name) for name in own_servers(file)}


def edits(file: File | Page, server: Definition, new: str) -> Iterator[Edit]:
    """The edits that give a server a new name in one file."""
    if not isinstance(file, File):
        if file.path == server.path:
            yield from _entry_edit(file, server, new)
        return
    if not is_meant(file, server):
        return
    if server.path == file.path and (key := own_servers(file).get(server.name)):
        yield Edit(key, new)
    for reference in file.references:
        if span := span_in(reference, server):
            yield Edit(span, new if reference.kind == "server" else _START + prefix_of(new))


def _entry_edit(page: Page, server: Definition, new: str) -> Iterator[Edit]:
    place = server.location
    start = page.text.offset(place.line, place.start)
    span = Span(start, start + place.end - place.start)
    # An entry that could not be found has no place, and one that was edited meanwhile another.
    if page.text.slice(Span(span.start - 1, span.end + 1)) == f'"{place.line_text[place.start : place.end]}"':
        yield Edit(span, json.dumps(new, ensure_ascii=False)[1:-1])


def objection(view: View, server: Definition, new: str) -> str | None:
    """Why a server cannot have the new name, in words for the user."""
    if "__" in new:
        return f"`{new}` is no name for a server: two underscores end it in the names of its tools"
    reserved = {
        name
        for dialect in load().dialects.values()
        for name in dialect.tools.facts.get("servers", {}).get("reserved", ())
    }
    if new in reserved:
        return f"the server `{new}` belongs to the product"
    for rival in view.all("server"):
        if rival.doc == prefix_of(new) and (rival.path, rival.name) != (server.path, server.name):
            return f"the tools of the server `{rival.name}` are spelt the same; it is in {rival.path}"
    return None
