"""When the disk is scanned again: when the client reports changes, and when the user does something."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from agentls.lsp.progress import Progress
    from agentls.session.state import Session

# Long enough for a burst of file events (a branch switch) to end, short enough to go unnoticed (seconds).
_EVENT_DELAY = 0.2
# Where a client watches no files, the time between scans while it is in use, at least (seconds).
_UNWATCHED = 1.0
# One that watches reports no folders above the workspace, nor what went with a deleted project (seconds).
_WATCHED = 30.0
# Scans may take at most one part of the time in this many.
_SHARE = 20
# However long a scan takes, the next one is due after this many seconds.
_LONGEST = 5.0


class Rescans:
    """Collects what changed, and keeps scans of everything apart in time."""

    def __init__(self, session: Session, progress: Progress, watches_files: bool) -> None:  # noqa: FBT001
        self._session = session
        self._progress = progress
        self._loop = asyncio.get_running_loop()
        self._changed: dict[str, None] = {}
        self._pause = _WATCHED if watches_files else _UNWATCHED
        self._began: float | None = None
        self._next = 0.0

    def schedule(self, paths: Iterable[str]) -> None:
        """Look soon at these paths, of which the client reports that something happened to them."""
        if not self._changed:
            self._loop.call_later(_EVENT_DELAY, self._scan_changed)
        self._changed |= dict.fromkeys(paths)

    def _scan_changed(self) -> None:
        changed, self._changed = self._changed, {}
        self._session.changed_on_disk(changed)

    def rescan_if_due(self) -> None:
        """The user does something: the moment to notice changes that no client reports."""
        if self._began is None and self._loop.time() > self._next:
            self._next = self._loop.time() + self._pause
            self._session.rescan()

    def progressed(self, count: int | None) -> None:
        """So many files are known by now; None at the end of a scan."""
        now = self._loop.time()
        if self._began is None:
            self._began = now
        if count is None:
            self._next = now + max(self._pause, min((now - self._began) * _SHARE, _LONGEST))
            self._began = None
        self._progress(count)
