"""All agents, skills, commands and MCP servers of the workspace whose names match a query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from agentls.features import workspace_symbols
from agentls.lsp import convert

if TYPE_CHECKING:
    from agentls.lsp.server import AgentServer, Handlers
    from agentls.semantics.summary import Definition


def _workspace_symbols(
    server: AgentServer, params: types.WorkspaceSymbolParams
) -> list[types.SymbolInformation]:
    server.rescans.rescan_if_due()
    return [
        _workspace_symbol(server, d) for d in workspace_symbols.symbols(server.session.view(), params.query)
    ]


def _workspace_symbol(server: AgentServer, definition: Definition) -> types.SymbolInformation:
    stretch = convert.location_range(definition.location, server.client.position_encoding)
    place = types.Location(server.session.documents.uri_of(definition.path), stretch)
    container = f"{definition.scope} {definition.kind}".strip()
    kind = convert.DEFINITION_KINDS[definition.kind]
    return types.SymbolInformation(place, definition.name, kind, container_name=container)


HANDLERS: Handlers = {
    types.WORKSPACE_SYMBOL: _workspace_symbols,
}
