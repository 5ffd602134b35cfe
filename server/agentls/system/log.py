"""Where log lines go: standard error and, if asked for, a file that never grows beyond two megabytes.

Nothing is ever sent anywhere, and no line holds a document's text.
"""

from __future__ import annotations

import logging
import sys
import traceback
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

LEVELS = ("debug", "info", "warning", "error")
_MAX_BYTES = 1_000_000
_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def start(level: str, path: str | None) -> None:
    """Begin to log; raises OSError when the file cannot be opened."""
    handlers: list[logging.Handler] = [logging.StreamHandler(sys.stderr)]
    if path:
        from logging.handlers import RotatingFileHandler  # noqa: PLC0415  it brings sockets and pickles

        handlers.append(
            RotatingFileHandler(
                path, maxBytes=_MAX_BYTES, backupCount=1, encoding="utf-8", errors="backslashreplace"
            )
        )
    for handler in handlers:
        handler.setFormatter(_Wordless(_FORMAT))
    logging.basicConfig(level=level.upper(), handlers=handlers, force=True)


def start_plainly(shown: Callable[[str], str]) -> None:
    """Begin to log for a reader at a terminal, to whom a time and a module say nothing.

    ``shown`` makes a line harmless for the terminal.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Plain(shown))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


def trace(error: BaseException) -> str:
    """Where it failed and as what, but not with which words: they may quote a document."""
    cause = error.__cause__ or error.__context__
    before = f"{trace(cause)}\n" if cause is not None else ""
    return f"{before}{''.join(traceback.format_tb(error.__traceback__))}{type(error).__qualname__}"


class _Wordless(logging.Formatter):
    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  as above
        """No name of a file reaches the log raw; a trace has lines."""
        line = super().formatMessage(record)
        return "".join(c if c.isprintable() or c == "\n" else ascii(c)[1:-1] for c in line)

    def formatException(self, ei: Any) -> str:  # noqa: N802  the name is logging's
        return trace(ei[1]) if ei[1] else ""


class _Plain(_Wordless):
    def __init__(self, shown: Callable[[str], str]) -> None:
        super().__init__()
        self._shown = shown

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  the name is logging's
        return "\n".join(map(self._shown, f"agentls: {record.message}".split("\n")))
