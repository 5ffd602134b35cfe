"""What reaches the session of the changes that an editor sends in one notification."""

from __future__ import annotations

from types import SimpleNamespace
from unittest import mock

import pytest
from lsprotocol import types

from agentls.lsp.handlers import text_synchronization

URI = "file:///project/.claude/agents/reviewer.md"
PART = types.Range(types.Position(0, 0), types.Position(0, 1))


def whole(text):
    return types.TextDocumentContentChangeWholeDocument(text)


def part(text):
    return types.TextDocumentContentChangePartial(PART, text)


@pytest.mark.parametrize(
    ("changes", "taken"),
    [
        ([whole("one"), whole("two"), whole("three")], ["three"]),
        ([whole("one"), part("two")], ["one"]),
        ([part("one")], []),
        ([], []),
    ],
)
def test_of_several_changes_the_last_whole_text_is_read_and_no_other(changes, taken):
    session = mock.Mock()
    session.settings.debounce = 200
    server = SimpleNamespace(session=session, schedule_diagnostics=mock.Mock())
    document = types.VersionedTextDocumentIdentifier(7, URI)
    params = types.DidChangeTextDocumentParams(document, changes)
    text_synchronization.HANDLERS[types.TEXT_DOCUMENT_DID_CHANGE](server, params)
    assert session.change.mock_calls == [mock.call(URI, 7, text) for text in taken]
    server.schedule_diagnostics.assert_called_once_with(URI, 0.2)
