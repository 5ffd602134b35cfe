"""The places in one document that name what is under the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from agentls.features import references
from agentls.lsp import convert

if TYPE_CHECKING:
    from agentls.lsp.server import AgentServer, Handlers


def _highlights(
    server: AgentServer, params: types.DocumentHighlightParams
) -> list[types.DocumentHighlight] | None:
    if not (place := server.file_and_offset(params)):
        return None
    file, offset = place
    kinds = types.DocumentHighlightKind
    return [
        types.DocumentHighlight(
            convert.range_(file.text, found.span, server.client.position_encoding),
            kinds.Write if found.is_definition else kinds.Read,
        )
        for found in references.highlights(server.session.context(file), offset)
    ]


HANDLERS: Handlers = {
    types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT: _highlights,
}
