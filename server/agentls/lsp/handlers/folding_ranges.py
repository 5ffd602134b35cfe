"""What can be folded: front matter, fields, sections, code blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from agentls.features import folding_ranges

if TYPE_CHECKING:
    from agentls.lsp.server import AgentServer, Handlers


def _folding(server: AgentServer, params: types.FoldingRangeParams) -> list[types.FoldingRange] | None:
    file = server.session.file(params.text_document.uri)
    if file is None:
        return None
    return [types.FoldingRange(fold.first, fold.last) for fold in folding_ranges.folds(file)]


HANDLERS: Handlers = {
    types.TEXT_DOCUMENT_FOLDING_RANGE: _folding,
}
