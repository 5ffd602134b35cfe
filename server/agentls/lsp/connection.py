"""The connection with an editor, which answers ``initialize`` before the analysis is loaded.

An editor that starts us waits for that response, and it needs none of our analysis. What does the work is
begun, and imported, behind the response and before the next message is handled.
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
    """pygls' server, with what we offer; ``client`` and ``params`` are those of ``initialize``.

    ``begin`` is called once, after the response to ``initialize``, and has to call ``set_handlers``.
    """

    client: client_capabilities.ClientCapabilities
    params: types.InitializeParams

    def __init__(self, begin: Callable[[Connection], None]) -> None:
        super().__init__(
            server_capabilities.NAME,
            __version__,
            protocol_cls=Protocol,
            text_document_sync_kind=types.TextDocumentSyncKind.Full,
        )
        self._begin = begin
        # pygls marks what it is given, and a method takes no marks.
        self.feature(types.INITIALIZE)(partial(self._initialize))
        self._offer(server_capabilities.CAPABILITIES)
        for name in server_capabilities.COMMANDS:
            self.command(name)(_not_begun)

    def _offer(self, capabilities: Mapping[str, object]) -> None:
        for method, options in capabilities.items():
            self.feature(method, options)(_not_begun)

    def _initialize(self, params: types.InitializeParams) -> None:
        protocol = self.protocol
        assert isinstance(protocol, Protocol)
        self.params = params
        self.client = client_capabilities.read(params.capabilities, protocol.position_encoding.value)
        if self.client.pulls_diagnostics:
            self._offer(server_capabilities.PULL_DIAGNOSTICS)
        asyncio.get_running_loop().call_soon(self._begin_or_end)

    def _begin_or_end(self) -> None:
        try:
            self._begin(self)
        except Exception as error:  # noqa: BLE001  without handlers the process is of no use
            _log.error("cannot start\n%s", trace(error))
            protocol = self.protocol
            assert isinstance(protocol, Protocol)
            protocol.ended.set()

    def set_handlers(self, handlers: Mapping[str, Callable[..., Any]], commands: Mapping[str, Any]) -> None:
        """What handles the methods and commands that were only offered until now."""
        self.protocol.fm.features.update(handlers)
        self.protocol.fm.commands.update(commands)


def _not_begun(*_: Any) -> None:
    raise AssertionError("a message was handled before the handlers were loaded")
