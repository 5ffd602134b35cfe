"""All places that name what is under the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from agentls.features import references
from agentls.lsp import convert
from agentls.workspace import symbols

if TYPE_CHECKING:
    from agentls.lsp.server import AgentServer, Handlers
    from agentls.workspace.symbols import Occurrence, Symbol


def _references(server: AgentServer, params: types.ReferenceParams) -> list[types.Location] | None:
    found = _found(server, params)
    if found is None:
        return None
    return [
        types.Location(
            server.session.documents.uri_of(use.path),
            convert.location_range(use.location, server.client.position_encoding),
        )
        for use in found
        if params.context.include_declaration or not use.is_definition
    ]


def _found(server: AgentServer, params: types.ReferenceParams) -> list[Occurrence] | None:
    if (place := server.file_and_offset(params)) and (own := references.argument_references(*place)):
        return own
    symbol = _symbol(server, params)
    return references.references(server.session.view(), symbol) if symbol else None


def _symbol(server: AgentServer, params: types.ReferenceParams) -> Symbol | None:
    if place := server.file_and_offset(params):
        file, offset = place
        return symbols.symbol_at(server.session.context(file), offset)
    other = server.other_file_and_offset(params)
    return symbols.symbol_in_other_file(server.session.view(), *other) if other else None


HANDLERS: Handlers = {
    types.TEXT_DOCUMENT_REFERENCES: _references,
}
