"""Diagnostics for a client that pulls them; ``publishing`` is for the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

if TYPE_CHECKING:
    from agentls.lsp.server import AgentServer, Handlers


async def _pull(
    server: AgentServer, params: types.DocumentDiagnosticParams
) -> types.RelatedFullDocumentDiagnosticReport:
    await server.has_settings.wait()
    return types.RelatedFullDocumentDiagnosticReport(server.diagnostics(params.text_document.uri))


HANDLERS: Handlers = {
    types.TEXT_DOCUMENT_DIAGNOSTIC: _pull,
}
