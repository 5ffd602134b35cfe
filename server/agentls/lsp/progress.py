"""Work-done progress for a scan of the disk that takes long; nothing is shown for a short one."""

from __future__ import annotations

import asyncio
import uuid
from typing import TYPE_CHECKING

from lsprotocol import types

if TYPE_CHECKING:
    from agentls.lsp.client_capabilities import ClientCapabilities
    from agentls.lsp.connection import Connection

# A scan that ends sooner would only flicker (seconds).
_PATIENCE = 0.5
# Nobody reads faster (seconds).
_PAUSE = 0.1
_TITLE = "agentls: reading agents and skills"


class Progress:
    """Called with the number of files known by now, and with None at the end; shows that."""

    def __init__(self, client: ClientCapabilities, connection: Connection) -> None:
        self._client = client
        self._connection = connection
        self._loop = asyncio.get_running_loop()
        self._showing: asyncio.Task[None] | None = None
        self._count = 0

    def __call__(self, count: int | None) -> None:
        if count is not None:
            self._count = count
            if self._showing is None and self._client.shows_progress:
                self._showing = self._loop.create_task(self._show())
        elif self._showing is not None:
            self._showing.cancel()
            self._showing = None

    async def _show(self) -> None:
        await asyncio.sleep(_PATIENCE)
        token = str(uuid.uuid4())
        progress = self._connection.work_done_progress
        try:
            await progress.create_async(token)
        except Exception:  # noqa: BLE001  a client that refuses shows nothing; it is in the log already
            return
        progress.begin(token, types.WorkDoneProgressBegin(_TITLE, message=self._message()))
        try:
            while True:
                await asyncio.sleep(_PAUSE)
                progress.report(token, types.WorkDoneProgressReport(message=self._message()))
        finally:
            progress.end(token, types.WorkDoneProgressEnd(message=self._message()))

    def _message(self) -> str:
        return f"{self._count:,} files"
