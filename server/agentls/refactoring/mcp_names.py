"""Where files name an MCP server: its entry, lists of servers, and the part of its tools' names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agentls.findings import Edit
from agentls.products import configuration, load
from agentls.semantics import server_entries
from agentls.semantics.file import File
from agentls.semantics.file_references import OWN_SERVER
from agentls.syntax.formats import JSON
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from agentls.products import Vocabulary
    from agentls.semantics.file import OtherFile
    from agentls.semantics.file_references import Reference
    from agentls.semantics.summary import Definition
    from agentls.workspace import ScopedView


def tools_of(file: File | OtherFile) -> Vocabulary:
    """The tools by whose names a file, or settings, may name a server."""
    return (file.dialect if isinstance(file, File) else configuration.owner()).tools


def span_in(file: File | OtherFile, reference: Reference, server: str) -> Span | None:
    """The part of a reference that names the server, as far as a rename replaces it."""
    if reference.kind == "tool":
        part = tools_of(file).servers.part(reference.name, server)
        start = reference.span.start
        return Span(start + part.start, start + part.end) if part else None
    is_server = reference.kind in ("server", OWN_SERVER) and reference.name == server
    return reference.span if is_server else None


def entries(file: File | OtherFile, servers: Iterable[Definition], new: str) -> Iterator[Edit]:
    """The edits that give servers a new name where a file of no dialect defines them."""
    for server in servers:
        if not isinstance(file, File) and file.path == server.path:
            yield from _entry_edits(file, server, new)


def edit(file: File | OtherFile, reference: Reference, server: str, new: str) -> Edit | None:
    """The edit that gives a server a new name where a file mentions it; None for what names only its file."""
    span = span_in(file, reference, server)
    return Edit(span, _written(file, reference, server, new)) if span else None


def _written(file: File | OtherFile, reference: Reference, old: str, new: str) -> str:
    if reference.kind == "tool":
        servers = tools_of(file).servers
        part = servers.part(reference.name, old)
        return (part.sign if part else "") + servers.spelt(new)
    if not isinstance(file, File):
        return JSON.in_place(file.text.source, reference.span, new)
    is_key = reference.kind == OWN_SERVER or server_entries.is_own(file, reference)
    if not file.dialect.defines and not is_key:
        return file.dialect.format.in_place(file.text.source, reference.span, new)
    return file.dialect.format.key_in_place(file.text.source, reference.span, new) if is_key else new


def _entry_edits(page: OtherFile, server: Definition, new: str) -> Iterator[Edit]:
    place = server.location
    start = page.text.offset(place.line, place.start)
    span = Span(start, start + place.end - place.start)
    # An entry that could not be found has no place, and one that was edited meanwhile another.
    if page.text.slice(Span(span.start - 1, span.end + 1)) == f'"{place.line_text[place.start : place.end]}"':
        yield Edit(span, JSON.key_in_place(page.text.source, span, new))


def around(tools: Vocabulary) -> tuple[str, str] | None:
    """What stands around a server's name in prose, as expressions; None where it would be any word."""
    signs = tools.servers.signs
    ends = {end for found in signs.values() for end in found if end}
    before, after = ("|".join(map(re.escape, sorted(words))) for words in (signs, ends))
    return (rf"(?<![\w-])(?:{before})", rf"(?:{after}|(?![\w-]))") if signs else None


def words(server: Definition) -> set[str]:
    """What prose of any product says if it names the server."""
    return {
        sign + tools.servers.spelt(server.name)
        for tools in _vocabularies(server.readers)
        for sign in tools.servers.signs
    }


def objection(view: ScopedView, servers: Collection[Definition], new: str) -> str | None:
    """Why a server, which several lists may define, cannot have the new name, in words for the user."""
    readers = {reader for server in servers for reader in server.readers}
    readers = readers or {load().dialects[view.resolution_context.dialect].product}
    rivals = [d for d in view.all("server") if d not in servers]
    for tools in _vocabularies(readers):
        end = tools.servers.end
        if end and end in new:
            return f"`{new}` is not a valid server name: `{end}` would end it in the names of its tools"
        if new in tools.servers.reserved:
            return f"the server name `{new}` is reserved by the product"
        for rival in rivals:
            is_spelt_so = tools.servers.spelt(rival.name) == tools.servers.spelt(new)
            if is_spelt_so and not rival.readers.isdisjoint(readers):
                where = view.display_path(rival.path)
                return f"the tools of the server `{rival.name}`, in {where}, would have the same names"
    return None


def _vocabularies(products: Iterable[str]) -> Iterator[Vocabulary]:
    found = (load().dialect_of("agent", product) for product in sorted(products))
    return (dialect.tools for dialect in found if dialect)
