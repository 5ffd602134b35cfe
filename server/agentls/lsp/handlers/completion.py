"""Completion of fields, values, names and paths at the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types

from agentls.features.completion import complete, cursor
from agentls.lsp import convert

if TYPE_CHECKING:
    from agentls.lsp.server import AgentServer, Handlers


async def _complete(server: AgentServer, params: types.CompletionParams) -> dict[str, Any] | None:
    if not (place := server.file_and_offset(params)):
        return None
    file, offset = place
    found = complete.complete(server.session.context(file), offset)
    if typed := cursor.typed_path(file, offset):
        found += complete.parts_of_path(file, typed, await server.list_folders(typed.folders))
    # Before that, names are missing; the client has to ask again with the next letter.
    is_complete = server.session.index.has_read_around(file.path)
    return convert.plain_completion_list(file.text, found, server.client, is_complete=is_complete)


HANDLERS: Handlers = {
    types.TEXT_DOCUMENT_COMPLETION: _complete,
}
