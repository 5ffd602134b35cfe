"""Documents as the client opens, changes, saves and closes them, and their diagnostics when it asks."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from lsprotocol import types

if TYPE_CHECKING:
    from agentls.lsp.requests import Handlers
    from agentls.lsp.server import AgentServer

_log = logging.getLogger(__name__)


def _did_open(server: AgentServer, params: types.DidOpenTextDocumentParams) -> None:
    document = params.text_document
    server.session.open(document.uri, document.version, document.text)
    server.announce_opened(document.uri)
    server.in_use()


def _did_change(server: AgentServer, params: types.DidChangeTextDocumentParams) -> None:
    document = params.text_document
    for change in params.content_changes:
        if isinstance(change, types.TextDocumentContentChangeWholeDocument):
            server.session.change(document.uri, document.version, change.text)
        else:
            _log.warning("a change of a part, where whole documents were agreed on")
    server.announce_change(document.uri, server.session.settings.debounce / 1000)


def _did_save(server: AgentServer, params: types.DidSaveTextDocumentParams) -> None:
    server.session.saved(params.text_document.uri)
    server.announce_change(params.text_document.uri, 0)
    server.in_use()


def _did_close(server: AgentServer, params: types.DidCloseTextDocumentParams) -> None:
    server.session.close(params.text_document.uri)
    server.publisher.close(params.text_document.uri)


async def _pull_diagnostics(
    server: AgentServer, params: types.DocumentDiagnosticParams
) -> types.RelatedFullDocumentDiagnosticReport:
    await server.settled.wait()
    return types.RelatedFullDocumentDiagnosticReport(server.diagnostics(params.text_document.uri))


HANDLERS: Handlers = {
    types.TEXT_DOCUMENT_DIAGNOSTIC: _pull_diagnostics,
    types.TEXT_DOCUMENT_DID_OPEN: _did_open,
    types.TEXT_DOCUMENT_DID_CHANGE: _did_change,
    types.TEXT_DOCUMENT_DID_SAVE: _did_save,
    types.TEXT_DOCUMENT_DID_CLOSE: _did_close,
}
