"""Documents as the client opens, changes, saves and closes them."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from lsprotocol import types

if TYPE_CHECKING:
    from agentls.lsp.server import AgentServer, Handlers

_log = logging.getLogger(__name__)


def _did_open(server: AgentServer, params: types.DidOpenTextDocumentParams) -> None:
    document = params.text_document
    server.session.open(document.uri, document.version, document.text)
    server.schedule_after_scan(document.uri)
    server.rescans.rescan_if_due()


def _did_change(server: AgentServer, params: types.DidChangeTextDocumentParams) -> None:
    document = params.text_document
    texts = [
        change.text
        for change in params.content_changes
        if isinstance(change, types.TextDocumentContentChangeWholeDocument)
    ]
    if len(texts) < len(params.content_changes):
        _log.warning("an incremental change, but the server announced full synchronization")
    if texts:
        # Each replaces the one before it.
        server.session.change(document.uri, document.version, texts[-1])
    server.schedule_diagnostics(document.uri, server.session.settings.debounce / 1000)


def _did_save(server: AgentServer, params: types.DidSaveTextDocumentParams) -> None:
    server.session.saved(params.text_document.uri)
    server.schedule_diagnostics(params.text_document.uri)
    server.rescans.rescan_if_due()


def _did_close(server: AgentServer, params: types.DidCloseTextDocumentParams) -> None:
    server.session.close(params.text_document.uri)
    server.publisher.close(params.text_document.uri)


HANDLERS: Handlers = {
    types.TEXT_DOCUMENT_DID_OPEN: _did_open,
    types.TEXT_DOCUMENT_DID_CHANGE: _did_change,
    types.TEXT_DOCUMENT_DID_SAVE: _did_save,
    types.TEXT_DOCUMENT_DID_CLOSE: _did_close,
}
