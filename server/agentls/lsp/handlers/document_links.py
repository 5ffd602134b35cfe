"""Links from a document to other files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from agentls.features import document_links
from agentls.lsp import convert

if TYPE_CHECKING:
    from agentls.lsp.server import AgentServer, Handlers


async def _links(server: AgentServer, params: types.DocumentLinkParams) -> list[types.DocumentLink]:
    file = server.session.file(params.text_document.uri)
    if file is None:
        return []
    context = server.session.context(file)
    return [
        types.DocumentLink(
            range=convert.range_(file.text, link.span, server.client.position_encoding),
            target=server.session.documents.uri_of(link.path),
            tooltip=link.tooltip if link.tooltip and server.client.has_link_tooltips else None,
        )
        for link in await server.with_paths(context.view, lambda: document_links.links(context))
    ]


HANDLERS: Handlers = {
    types.TEXT_DOCUMENT_DOCUMENT_LINK: _links,
}
