"""A server on pygls that does nothing but answer: what the framework alone costs."""

from lsprotocol import types
from pygls.lsp.server import LanguageServer

server = LanguageServer("bare", "0", text_document_sync_kind=types.TextDocumentSyncKind.Full)


@server.feature(types.TEXT_DOCUMENT_DID_OPEN)
@server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
def _publish(
    ls: LanguageServer, params: types.DidOpenTextDocumentParams | types.DidChangeTextDocumentParams
) -> None:
    document = params.text_document
    ls.text_document_publish_diagnostics(types.PublishDiagnosticsParams(document.uri, [], document.version))


@server.feature(types.TEXT_DOCUMENT_COMPLETION)
def _complete(params: types.CompletionParams) -> list[types.CompletionItem]:
    return []


@server.feature(types.TEXT_DOCUMENT_HOVER)
def _hover(params: types.HoverParams) -> None:
    return None


@server.feature(types.TEXT_DOCUMENT_DEFINITION)
def _define(params: types.DefinitionParams) -> list[types.Location]:
    return []


server.start_io()
