"""When the client has to request code lenses, inlay hints and tokens again, because other files changed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from agentls.lsp.requests import send

if TYPE_CHECKING:
    from agentls.lsp.client_capabilities import ClientCapabilities
    from agentls.lsp.connection import Connection

# Seconds in which all changes make one refresh; an index is built in many steps.
_DELAY = 0.3


class Refreshes:
    """Sends one refresh for all changes of a short while."""

    def __init__(self, client: ClientCapabilities, connection: Connection) -> None:
        self._client = client
        self._connection = connection
        self._loop = asyncio.get_running_loop()
        self._pending: asyncio.TimerHandle | None = None

    def schedule(self) -> None:
        if self._pending is None:
            self._pending = self._loop.call_later(_DELAY, self._refresh)

    def _refresh(self) -> None:
        self._pending = None
        if self._client.refreshes_lenses:
            send(self._connection.workspace_code_lens_refresh_async(None))
        if self._client.refreshes_hints:
            send(self._connection.workspace_inlay_hint_refresh_async(None))
        if self._client.refreshes_tokens:
            send(self._connection.workspace_semantic_tokens_refresh_async(None))
