"""Where products look for their files, as the VS Code extension has to know it; made from the schemas.

``python tests/write_docs.py`` writes it anew.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from agentls import dialects

VSCODE = Path(__file__).parents[1] / "editors" / "vscode" / "src" / "places.ts"


def other_globs() -> list[str]:
    """The places of files that are no ``.md``, which editors do not show to the server by themselves."""
    return [glob for glob in dialects.project_globs() if not glob.endswith(".md")]


def _folders() -> list[str]:
    """The folders that the products' files lie in, with a slash on both sides."""
    fixed = (re.sub(r"[^/]*\*.*", "", glob.removeprefix("**/")) for glob in dialects.project_globs())
    return list(dict.fromkeys(f"/{folder}" for folder in fixed))


def vscode() -> str:
    """The module of the VS Code extension."""
    return (
        "// Generated from schemas/ by tests/write_docs.py.\n\n"
        "/** The folders in which products look for their files. */\n"
        f"export const FOLDERS = {json.dumps(_folders(), indent=2)};\n\n"
        "/** What products read besides Markdown. */\n"
        f"export const OTHERS = {json.dumps(other_globs(), indent=2)};\n"
    )


def write() -> None:
    VSCODE.write_text(vscode(), encoding="utf-8", newline="\n")
