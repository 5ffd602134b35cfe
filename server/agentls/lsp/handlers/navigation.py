"""The way between names: definition, references, highlights, links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from agentls.features import definition, document_links, references
from agentls.lsp import convert
from agentls.lsp.requests import at, page_at
from agentls.workspace import symbols

if TYPE_CHECKING:
    from agentls.lsp.requests import Handlers
    from agentls.lsp.server import AgentServer
    from agentls.workspace.symbols import Symbol


async def _definition(
    server: AgentServer, params: types.DefinitionParams
) -> list[types.LocationLink] | list[types.Location] | None:
    if place := at(server, params):
        file, offset = place
        context = server.session.context(file)
        targets = await server.with_paths(context.view, lambda: definition.definition(context, offset))
        text = file.text
    elif elsewhere := page_at(server, params):
        page, offset = elsewhere
        targets = definition.definition_elsewhere(server.session.view(), page, offset)
        text = page.text
    else:
        return None
    columns = server.client.columns
    if not server.client.has_definition_links:
        return [
            types.Location(server.session.buffers.uri_of(t.path), convert.location_range(t.location, columns))
            for t in targets
        ]
    return [
        types.LocationLink(
            target_uri=server.session.buffers.uri_of(t.path),
            target_range=convert.line_range(t.location, columns),
            target_selection_range=convert.location_range(t.location, columns),
            origin_selection_range=convert.range_(text, t.origin, columns),
        )
        for t in targets
    ]


def _references(server: AgentServer, params: types.ReferenceParams) -> list[types.Location] | None:
    symbol = _symbol(server, params)
    if symbol is None:
        return None
    found = references.references(server.session.view(), symbol)
    return [
        types.Location(
            server.session.buffers.uri_of(use.path),
            convert.location_range(use.location, server.client.columns),
        )
        for use in found
        if params.context.include_declaration or not use.is_definition
    ]


def _symbol(server: AgentServer, params: types.ReferenceParams) -> Symbol | None:
    if place := at(server, params):
        file, offset = place
        return symbols.symbol_at(server.session.context(file), offset)
    page = page_at(server, params)
    return symbols.symbol_in_other_file(server.session.view(), *page) if page else None


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
        for found in references.highlights(server.session.context(file), offset)
    ]


async def _links(server: AgentServer, params: types.DocumentLinkParams) -> list[types.DocumentLink]:
    file = server.session.file(params.text_document.uri)
    if file is None:
        return []
    context = server.session.context(file)
    return [
        types.DocumentLink(
            range=convert.range_(file.text, link.span, server.client.columns),
            target=server.session.buffers.uri_of(link.path),
            tooltip=link.tooltip if link.tooltip and server.client.has_link_tooltips else None,
        )
        for link in await server.with_paths(context.view, lambda: document_links.links(context))
    ]


HANDLERS: Handlers = {
    types.TEXT_DOCUMENT_DEFINITION: _definition,
    types.TEXT_DOCUMENT_REFERENCES: _references,
    types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT: _highlights,
    types.TEXT_DOCUMENT_DOCUMENT_LINK: _links,
}
