"""From a name or a path to the place that it means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from agentls.features import definition
from agentls.lsp import convert

if TYPE_CHECKING:
    from agentls.lsp.server import AgentServer, Handlers


async def _definition(
    server: AgentServer, params: types.DefinitionParams
) -> list[types.LocationLink] | list[types.Location] | None:
    if place := server.file_and_offset(params):
        file, offset = place
        context = server.session.context(file)
        targets = await server.with_paths(context.view, lambda: definition.definition(context, offset))
        text = file.text
    elif elsewhere := server.other_file_and_offset(params):
        other, offset = elsewhere
        targets = definition.definition_elsewhere(server.session.view(), other, offset)
        text = other.text
    else:
        return None
    encoding = server.client.position_encoding
    if not server.client.has_definition_links:
        return [
            types.Location(
                server.session.documents.uri_of(t.path), convert.location_range(t.location, encoding)
            )
            for t in targets
        ]
    return [
        types.LocationLink(
            target_uri=server.session.documents.uri_of(t.path),
            target_range=convert.line_range(t.location, encoding),
            target_selection_range=convert.location_range(t.location, encoding),
            origin_selection_range=convert.range_(text, t.origin, encoding),
        )
        for t in targets
    ]


HANDLERS: Handlers = {
    types.TEXT_DOCUMENT_DEFINITION: _definition,
}
