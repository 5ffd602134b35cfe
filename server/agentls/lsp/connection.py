"""The connection with an editor: says hello before what does the work is loaded.

An editor that starts us waits for that answer, and it needs none of our analysis. What does the work
(`server`) is imported behind the answer and before the next message is handled.
"""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from agentls import __version__
from agentls.lsp import client_capabilities, server_capabilities
from agentls.lsp.protocol import Protocol
from agentls.system.log import trace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_log = logging.getLogger(__name__)


class Connection(LanguageServer):
    """pygls' server, with what we offer; ``client`` is known after ``initialize``."""

    client: client_capabilities.Client

    def __init__(self) -> None:
        super().__init__(
            server_capabilities.NAME,
            __version__,
            protocol_cls=Protocol,
            text_document_sync_kind=types.TextDocumentSyncKind.Full,
        )

        # pygls marks what it is given, and a method takes no marks.
        self.feature(types.INITIALIZE)(partial(self._greet))
        self._offer(server_capabilities.METHODS)
        for name in server_capabilities.COMMANDS:
            self.command(name)(_unanswered)

    def _offer(self, methods: Mapping[str, object]) -> None:
        for method, options in methods.items():
            self.feature(method, options)(_unanswered)

    def _greet(self, params: types.InitializeParams) -> None:
        protocol = self.protocol
        assert isinstance(protocol, Protocol)
        self.client = client_capabilities.read(params.capabilities, protocol.position_encoding.value)
        if self.client.pulls_diagnostics:
            self._offer(server_capabilities.PULL)
        asyncio.get_running_loop().call_soon(self._begin, params)

    def _begin(self, params: types.InitializeParams) -> None:
        try:
            from agentls.lsp import server  # noqa: PLC0415  what the hello does not wait for

            server.begin(self, params)
        except Exception as error:  # noqa: BLE001  without it nothing would be answered
            _log.error("cannot start\n%s", trace(error))
            protocol = self.protocol
            assert isinstance(protocol, Protocol)
            protocol.ended.set()

    def answer_with(self, handlers: Mapping[str, Callable[..., Any]], commands: Mapping[str, Any]) -> None:
        """Put those who answer in the place of what was only offered."""
        self.protocol.fm.features.update(handlers)
        self.protocol.fm.commands.update(commands)


def _unanswered(*_: Any) -> None:
    raise AssertionError("a message came before those who answer")
