"""The shape of one document and of the workspace: symbols, folding, growing selections."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from lsprotocol import types

from agentls.features import document_symbols, folding_ranges, selection_ranges, workspace_symbols
from agentls.features.document_symbols import SymbolKind
from agentls.lsp import convert

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agentls.features.document_symbols import DocumentSymbol
    from agentls.lsp.requests import Handlers
    from agentls.lsp.server import AgentServer
    from agentls.semantics.file import File
    from agentls.semantics.summary import Definition

# Of the kinds that every client knows.
_KINDS = {
    SymbolKind.FRONT_MATTER: types.SymbolKind.Namespace,
    SymbolKind.TEXT: types.SymbolKind.Property,
    SymbolKind.LIST: types.SymbolKind.Array,
    SymbolKind.TABLE: types.SymbolKind.Namespace,
    SymbolKind.HEADING: types.SymbolKind.String,
}
WORKSPACE_KINDS = {
    "agent": types.SymbolKind.Class,
    "skill": types.SymbolKind.Module,
    "command": types.SymbolKind.Function,
    "server": types.SymbolKind.Interface,
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
    columns = server.client.columns
    return types.DocumentSymbol(
        symbol.name,
        _KINDS[symbol.kind],
        convert.range_(file.text, symbol.span, columns),
        convert.range_(file.text, symbol.name_span, columns),
        detail=symbol.detail or None,
        children=[_symbol(server, file, child) for child in symbol.children],
    )


def _flat(
    server: AgentServer, file: File, uri: str, symbols: Iterable[DocumentSymbol], container: str | None
) -> Iterator[types.SymbolInformation]:
    """The tree as a list in which each entry names the one above it."""
    for symbol in symbols:
        place = types.Location(uri, convert.range_(file.text, symbol.span, server.client.columns))
        yield types.SymbolInformation(place, symbol.name, _KINDS[symbol.kind], container_name=container)
        yield from _flat(server, file, uri, symbol.children, symbol.name)


def _workspace_symbols(
    server: AgentServer, params: types.WorkspaceSymbolParams
) -> list[types.SymbolInformation]:
    server.in_use()
    return [
        _workspace_symbol(server, d) for d in workspace_symbols.symbols(server.session.view(), params.query)
    ]


def _workspace_symbol(server: AgentServer, definition: Definition) -> types.SymbolInformation:
    stretch = convert.location_range(definition.location, server.client.columns)
    place = types.Location(server.session.buffers.uri_of(definition.path), stretch)
    container = f"{definition.scope} {definition.kind}".strip()
    kind = WORKSPACE_KINDS[definition.kind]
    return types.SymbolInformation(place, definition.name, kind, container_name=container)


def _folding(server: AgentServer, params: types.FoldingRangeParams) -> list[types.FoldingRange] | None:
    file = server.session.file(params.text_document.uri)
    if file is None:
        return None
    return [types.FoldingRange(fold.first, fold.last) for fold in folding_ranges.folds(file)]


def _selection(server: AgentServer, params: types.SelectionRangeParams) -> list[types.SelectionRange] | None:
    file = server.session.file(params.text_document.uri)
    if file is None:
        return None
    columns = server.client.columns
    offsets = [convert.offset(file.text, position, columns) for position in params.positions]
    return [_growing(server, file, offset) for offset in offsets]


def _growing(server: AgentServer, file: File, offset: int) -> types.SelectionRange:
    ranges = [
        convert.range_(file.text, span, server.client.columns)
        for span in selection_ranges.selections(file, offset)
    ]
    outermost = types.SelectionRange(ranges[-1])
    return reduce(lambda parent, inner: types.SelectionRange(inner, parent), reversed(ranges[:-1]), outermost)


HANDLERS: Handlers = {
    types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: _symbols,
    types.WORKSPACE_SYMBOL: _workspace_symbols,
    types.TEXT_DOCUMENT_FOLDING_RANGE: _folding,
    types.TEXT_DOCUMENT_SELECTION_RANGE: _selection,
}
