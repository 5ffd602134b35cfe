"""The way between names: references and highlights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types

from agentls import graph
from agentls.features import references
from agentls.lsp import convert
from agentls.lsp.requests import at, entry_at

if TYPE_CHECKING:
    from agentls.graph import Subject
    from agentls.lsp.server import AgentServer


def _references(server: AgentServer, params: types.ReferenceParams) -> list[types.Location] | None:
    subject = _subject(server, params)
    if subject is None:
        return None
    found = references.references(server.session.view(), subject)
    return [
        types.Location(
            server.session.uri_of(use.path), convert.location_range(use.location, server.client.columns)
        )
        for use in found
        if params.context.include_declaration or not use.is_definition
    ]


def _subject(server: AgentServer, params: types.ReferenceParams) -> Subject | None:
    if place := at(server, params):
        return graph.subject(server.session.view(), *place)
    entry = entry_at(server, params)
    return entry[1] if entry else None


def _highlights(
    server: AgentServer, params: types.DocumentHighlightParams
) -> list[types.DocumentHighlight] | None:
    if not (place := at(server, params)):
        return None
    file, offset = place
    kinds = types.DocumentHighlightKind
    return [
        types.DocumentHighlight(
            convert.range_(file.text, found.span, server.client.columns),
            kinds.Write if found.is_definition else kinds.Read,
        )
        for found in references.highlights(server.session.view(), file, offset)
    ]


HANDLERS: tuple[tuple[str, Any, Any], ...] = (
    (types.TEXT_DOCUMENT_REFERENCES, _references, None),
    (types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT, _highlights, None),
)
