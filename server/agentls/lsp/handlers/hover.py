"""What is under the cursor, in a few sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from agentls.features import hover
from agentls.lsp import convert

if TYPE_CHECKING:
    from agentls.lsp.server import AgentServer, Handlers


async def _hover(server: AgentServer, params: types.HoverParams) -> types.Hover | None:
    if not (place := server.file_and_offset(params)):
        return None
    file, offset = place
    context = server.session.context(file)
    found = await server.with_paths(context.view, lambda: hover.hover(context, offset))
    return convert.hover(file.text, found.span, found.markdown, server.client) if found else None


HANDLERS: Handlers = {
    types.TEXT_DOCUMENT_HOVER: _hover,
}
