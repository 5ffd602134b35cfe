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
