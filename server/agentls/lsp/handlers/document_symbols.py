"""The outline of a document: as a tree, or as a list for a client that shows no trees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from agentls.features import document_symbols
from agentls.features.document_symbols import SymbolKind
from agentls.lsp import convert

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agentls.features.document_symbols import DocumentSymbol
    from agentls.lsp.server import AgentServer, Handlers
    from agentls.semantics.file import File

# Of the kinds that every client knows.
_KINDS = {
    SymbolKind.FRONT_MATTER: types.SymbolKind.Namespace,
    SymbolKind.TEXT: types.SymbolKind.Property,
    SymbolKind.LIST: types.SymbolKind.Array,
    SymbolKind.TABLE: types.SymbolKind.Namespace,
    SymbolKind.HEADING: types.SymbolKind.String,
}


def _symbols(
    server: AgentServer, params: types.DocumentSymbolParams
) -> list[types.DocumentSymbol] | list[types.SymbolInformation] | None:
    uri = params.text_document.uri
    file = server.session.file(uri)
    if file is None:
        return None
    found = document_symbols.outline(file)
    if server.client.has_symbol_tree:
        return [_symbol(server, file, symbol) for symbol in found]
    return list(_flat(server, file, uri, found, None))


def _symbol(server: AgentServer, file: File, symbol: DocumentSymbol) -> types.DocumentSymbol:
    encoding = server.client.position_encoding
    return types.DocumentSymbol(
        symbol.name,
        _KINDS[symbol.kind],
        convert.range_(file.text, symbol.span, encoding),
        convert.range_(file.text, symbol.name_span, encoding),
        detail=symbol.detail or None,
        children=[_symbol(server, file, child) for child in symbol.children],
    )


def _flat(
    server: AgentServer, file: File, uri: str, symbols: Iterable[DocumentSymbol], container: str | None
) -> Iterator[types.SymbolInformation]:
    """The tree as a list in which each entry names the one above it."""
    for symbol in symbols:
        place = types.Location(uri, convert.range_(file.text, symbol.span, server.client.position_encoding))
        yield types.SymbolInformation(place, symbol.name, _KINDS[symbol.kind], container_name=container)
        yield from _flat(server, file, uri, symbol.children, symbol.name)


HANDLERS: Handlers = {
    types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: _symbols,
}
