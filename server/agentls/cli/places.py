"""How a path is written for a reader: relative to where they stand, with forward slashes."""

from __future__ import annotations

import os

from agentls import paths


def shown(path: str, folder: str) -> str:
    """The path relative to ``folder`` when it lies below it."""
    if paths.is_within(path, folder) and paths.key(path) != paths.key(folder):
        path = path[len(folder.rstrip(os.sep)) + 1 :]
    return paths.posix(path)
