"""Selections that grow from a word to the whole document."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from lsprotocol import types

from agentls.features import selection_ranges
from agentls.lsp import convert

if TYPE_CHECKING:
    from agentls.lsp.server import AgentServer, Handlers
    from agentls.semantics.file import File


def _selection(server: AgentServer, params: types.SelectionRangeParams) -> list[types.SelectionRange] | None:
    file = server.session.file(params.text_document.uri)
    if file is None:
        return None
    encoding = server.client.position_encoding
    offsets = [convert.offset(file.text, position, encoding) for position in params.positions]
    return [_growing(server, file, offset) for offset in offsets]


def _growing(server: AgentServer, file: File, offset: int) -> types.SelectionRange:
    ranges = [
        convert.range_(file.text, span, server.client.position_encoding)
        for span in selection_ranges.selections(file, offset)
    ]
    outermost = types.SelectionRange(ranges[-1])
    return reduce(lambda parent, inner: types.SelectionRange(inner, parent), reversed(ranges[:-1]), outermost)


HANDLERS: Handlers = {
    types.TEXT_DOCUMENT_SELECTION_RANGE: _selection,
}
