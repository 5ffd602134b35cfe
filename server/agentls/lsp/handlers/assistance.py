"""What is offered or told where the cursor stands: completion and hover."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types

from agentls.features import hover
from agentls.features.completion import complete, cursor
from agentls.lsp import convert
from agentls.lsp.requests import at

if TYPE_CHECKING:
    from agentls.lsp.requests import Handlers
    from agentls.lsp.server import AgentServer


async def _complete(server: AgentServer, params: types.CompletionParams) -> dict[str, Any] | None:
    if not (place := at(server, params)):
        return None
    file, offset = place
    found = complete.complete(server.session.context(file), offset)
    if typed := cursor.typed_path(file, offset):
        found += complete.parts_of_path(file, typed, await server.names_in(typed.folders))
    return convert.plain_completion_list(file.text, found, server.client)


async def _hover(server: AgentServer, params: types.HoverParams) -> types.Hover | None:
    if not (place := at(server, params)):
        return None
    file, offset = place
    context = server.session.context(file)
    found = await server.with_paths(context.view, lambda: hover.hover(context, offset))
    return convert.hover(file.text, found.span, found.markdown, server.client) if found else None


HANDLERS: Handlers = {
    types.TEXT_DOCUMENT_COMPLETION: _complete,
    types.TEXT_DOCUMENT_HOVER: _hover,
}
