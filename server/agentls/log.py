"""Where log lines go: standard error and, if asked for, a file that never grows beyond two megabytes.

Nothing is ever sent anywhere, and no line holds a document's text.
"""

from __future__ import annotations

import logging
import logging.handlers
import sys

LEVELS = ("debug", "info", "warning", "error")
_MAX_BYTES = 1_000_000
_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def start(level: str, path: str | None) -> None:
    """Begin to log; raises OSError when the file cannot be opened."""
    handlers: list[logging.Handler] = [logging.StreamHandler(sys.stderr)]
    if path:
        handlers.append(
            logging.handlers.RotatingFileHandler(
                path, maxBytes=_MAX_BYTES, backupCount=1, encoding="utf-8", errors="backslashreplace"
            )
        )
    logging.basicConfig(level=level.upper(), format=_FORMAT, handlers=handlers, force=True)


def start_plainly() -> None:
    """Begin to log for a reader at a terminal, to whom a time and a module say nothing."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Plain("agentls: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


class _Plain(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        """No name of a file reaches the terminal raw."""
        line = super().format(record)
        return "".join(c if c.isprintable() or c == "\n" else ascii(c)[1:-1] for c in line)
