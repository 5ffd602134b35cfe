"""Inlay hints: what aliases and short names stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from agentls.features import inlay_hints
from agentls.lsp import convert

if TYPE_CHECKING:
    from agentls.lsp.server import AgentServer, Handlers


def _hints(server: AgentServer, params: types.InlayHintParams) -> list[types.InlayHint]:
    file = server.session.file(params.text_document.uri)
    if file is None or not file.settings.inlay_hints:
        return []
    context = server.session.context(file)
    encoding = server.client.position_encoding
    stretch = convert.span(file.text, params.range, encoding)
    found = [
        types.InlayHint(
            convert.position(file.text, hint.offset, encoding), f"= {hint.label}", padding_left=True
        )
        for hint in inlay_hints.hints(context, stretch)
    ]
    server.session.show(context)
    return found


HANDLERS: Handlers = {
    types.TEXT_DOCUMENT_INLAY_HINT: _hints,
}
