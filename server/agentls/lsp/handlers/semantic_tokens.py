"""Semantic tokens: of a whole document, of a part of it, and what has changed since the last answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from agentls.features import semantic_tokens
from agentls.lsp import convert

if TYPE_CHECKING:
    from agentls.lsp.server import AgentServer, Handlers
    from agentls.text.source import Span


def _full(server: AgentServer, params: types.SemanticTokensParams) -> types.SemanticTokens:
    data, result_id = _answer(server, params.text_document.uri)
    return types.SemanticTokens(data, result_id)


def _delta(
    server: AgentServer, params: types.SemanticTokensDeltaParams
) -> types.SemanticTokens | types.SemanticTokensDelta:
    document = server.session.documents.get(params.text_document.uri)
    before = document.token_data if document else ()
    is_last = document is not None and params.previous_result_id == str(document.token_answers)
    data, result_id = _answer(server, params.text_document.uri)
    if not is_last:
        return types.SemanticTokens(data, result_id)
    return types.SemanticTokensDelta(_edits(before, data), result_id)


def _range(server: AgentServer, params: types.SemanticTokensRangeParams) -> types.SemanticTokens:
    file = server.session.file(params.text_document.uri)
    if file is None:
        return types.SemanticTokens([])
    stretch = convert.span(file.text, params.range, server.client.position_encoding)
    return types.SemanticTokens(_data(server, params.text_document.uri, stretch))


def _answer(server: AgentServer, uri: str) -> tuple[list[int], str | None]:
    """The tokens of a document, and the name under which they can be asked to be compared later."""
    data = _data(server, uri, None)
    document = server.session.documents.get(uri)
    if document is None:
        return data, None
    document.token_answers += 1
    document.token_data = tuple(data)
    return data, str(document.token_answers)


def _data(server: AgentServer, uri: str, stretch: Span | None) -> list[int]:
    """Five numbers for each token, the first two counted from the token before."""
    file = server.session.file(uri)
    if file is None:
        return []
    context = server.session.context(file)
    data: list[int] = []
    line = start = 0
    for token in semantic_tokens.semantic_tokens(context, stretch):
        place = convert.range_(file.text, token.span, server.client.position_encoding)
        if place.start.line != line:
            line_delta, start = place.start.line - line, 0
            line = place.start.line
        else:
            line_delta = 0
        modifiers = sum(1 << semantic_tokens.MODIFIERS.index(name) for name in token.modifiers)
        length = place.end.character - place.start.character
        kind = semantic_tokens.TYPES.index(token.type)
        data += (line_delta, place.start.character - start, length, kind, modifiers)
        start = place.start.character
    server.session.show(context)
    return data


def _edits(old: tuple[int, ...], new: list[int]) -> list[types.SemanticTokensEdit]:
    """One edit, of all between the first and the last difference."""
    if list(old) == new:
        return []
    most = min(len(old), len(new))
    first = next((index for index in range(most) if old[index] != new[index]), most)
    rest = most - first
    last = next((index for index in range(rest) if old[-1 - index] != new[-1 - index]), rest)
    inserted = new[first : len(new) - last]
    return [types.SemanticTokensEdit(first, len(old) - last - first, inserted or None)]


HANDLERS: Handlers = {
    types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL: _full,
    types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL_DELTA: _delta,
    types.TEXT_DOCUMENT_SEMANTIC_TOKENS_RANGE: _range,
}
