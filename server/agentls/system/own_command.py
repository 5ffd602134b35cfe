"""How this program is started once more: by the interpreter, or as the executable that holds one."""

from __future__ import annotations

import sys


def is_frozen() -> bool:
    """Whether this is the executable that needs no Python."""
    return bool(getattr(sys, "frozen", False))


def own_command() -> list[str]:
    """The words before the arguments; nothing of the current folder is ever imported."""
    return [sys.executable] if is_frozen() else [sys.executable, "-P", "-m", "agentls"]
