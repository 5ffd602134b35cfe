"""How a path is written for a reader: relative to where they stand, with forward slashes."""

from __future__ import annotations

import os
import sys

from agentls.system import paths


def display_path(path: str, folder: str) -> str:
    """The path relative to ``folder`` when it lies below it."""
    return _as_utf_8(paths.display_path(path, [folder]))


def _as_utf_8(path: str) -> str:
    """What the name's bytes say in UTF-8, which names are written in even where the locale is C."""
    if sys.getfilesystemencoding() == "utf-8":
        return path
    return os.fsencode(path).decode("utf-8", "surrogateescape")
