"""When the disk is looked at again: when the client tells of changes, and when the user does something."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from agentls.lsp.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Iterable

    from agentls.lsp.server import AgentServer

# Long enough for a burst of file events (a branch switch) to end, short enough to go unnoticed (seconds).
_EVENT_DELAY = 0.2
# Where a client watches no files we look again when it is in use, this often at most (seconds).
_UNWATCHED = 1.0
# One that watches says nothing of folders above the workspace, nor of one that went with a project (seconds).
_WATCHED = 30.0
# Looks may take at most one part of the time in this many.
_SHARE = 20
# However long a look takes, nobody waits longer for the next (seconds).
_LONGEST = 5.0


class Rescans:
    """Collects what changed, and keeps looks at everything apart in time."""

    def __init__(self, server: AgentServer) -> None:
        self._server = server
        self._loop = asyncio.get_running_loop()
        self._progress = Progress(server)
        self._changed: dict[str, None] = {}
        self._pause = _WATCHED if server.client.watches_files else _UNWATCHED
        self._began: float | None = None
        self._next = 0.0

    def changed(self, paths: Iterable[str]) -> None:
        """The client says that something happened to these paths."""
        if not self._changed:
            self._loop.call_later(_EVENT_DELAY, self._look_at_changed)
        self._changed |= dict.fromkeys(paths)

    def _look_at_changed(self) -> None:
        changed, self._changed = self._changed, {}
        self._server.session.changed_on_disk(changed)

    def in_use(self) -> None:
        """The user does something: the moment to notice changes that no client reports."""
        if self._began is None and self._loop.time() > self._next:
            self._next = self._loop.time() + self._pause
            self._server.session.rescan()

    def progressed(self, count: int | None) -> None:
        """A look has come this far; None at its end."""
        now = self._loop.time()
        if self._began is None:
            self._began = now
        if count is None:
            self._next = now + max(self._pause, min((now - self._began) * _SHARE, _LONGEST))
            self._began = None
        self._progress(count)
