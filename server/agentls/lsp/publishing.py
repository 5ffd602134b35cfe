"""When findings reach the client: after some quiet, only when they changed, never for a closed file."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from lsprotocol import types

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Iterable

_log = logging.getLogger(__name__)


class Publisher:
    """Keeps, for each open document, the pending check and what was published last."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        compute: Callable[[str], tuple[int, list[types.Diagnostic]] | None],
        send: Callable[[types.PublishDiagnosticsParams], None],
    ) -> None:
        self._loop = loop
        self._compute = compute
        self._send = send
        self._pending: dict[str, asyncio.TimerHandle | asyncio.Handle] = {}
        self._published: dict[str, list[types.Diagnostic]] = {}

    def schedule(self, uris: Iterable[str], delay: float) -> None:
        """Publish each document's findings in ``delay`` seconds, in place of what was pending for it."""
        for uri in uris:
            self.cancel(uri)
            if delay:
                self._pending[uri] = self._loop.call_later(delay, self._publish, uri)
            else:
                self._pending[uri] = self._loop.call_soon(self._publish, uri)

    def cancel(self, uri: str) -> None:
        if pending := self._pending.pop(uri, None):
            pending.cancel()

    def _publish(self, uri: str) -> None:
        self._pending.pop(uri, None)
        computed = self._compute(uri)
        if computed is None:
            return
        version, diagnostics = computed
        if diagnostics != self._published.get(uri, []):
            self._published[uri] = diagnostics
            self._send(types.PublishDiagnosticsParams(uri, diagnostics, version))

    def close(self, uri: str) -> None:
        """Take back what a document shows."""
        self.cancel(uri)
        if self._published.pop(uri, None):
            self._send(types.PublishDiagnosticsParams(uri, []))
