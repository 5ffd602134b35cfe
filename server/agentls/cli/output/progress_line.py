"""A line on standard error that says how far a long run is; only on a terminal and not before a second."""

from __future__ import annotations

import sys
import time

from agentls.cli.output import paint

_PATIENCE = 1.0
_PAUSE = 0.1


class ProgressLine:
    """Called with the number of files read so far."""

    def __init__(self) -> None:
        self._is_wanted = paint.is_capable(sys.stderr)
        self._next = time.monotonic() + _PATIENCE
        self._is_shown = False

    def __call__(self, count: int) -> None:
        if self._is_wanted and time.monotonic() >= self._next:
            self._next = time.monotonic() + _PAUSE
            self._is_shown = True
            print(f"\r\x1b[Kagentls: {count:,} files read", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        if self._is_shown:
            self._is_shown = False
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
