"""Where products look for their files, as VS Code and Neovim have to know it; made from the schemas.

``python tools/write_docs.py`` writes it anew.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from agentls.products import locations

_EDITORS = Path(__file__).parents[1] / "editors"
VSCODE = _EDITORS / "vscode" / "src" / "places.ts"
NEOVIM = _EDITORS / "neovim" / "lsp" / "agentls.lua"


def other_globs() -> list[str]:
    """The places of files that are no ``.md``, which editors do not show to the server by themselves."""
    globs = (*locations.project_globs(), *locations.plugin_globs())
    return [glob for glob in dict.fromkeys(globs) if not glob.endswith(".md")]


def endings() -> list[str]:
    """What the names of the products' files end in, without the dot; Markdown first."""
    return list(dict.fromkeys(["md", *(glob.rpartition(".")[2] for glob in other_globs())]))


def _folders() -> list[str]:
    """The folders that the products' files lie in, with a slash on both sides."""
    fixed = (re.sub(r"[^/]*\*.*", "", glob.removeprefix("**/")) for glob in locations.project_globs())
    return list(dict.fromkeys(f"/{folder}" for folder in fixed))


def vscode() -> str:
    """The module of the VS Code extension."""
    return (
        "// Generated from schemas/ by tools/write_docs.py.\n\n"
        "/** The folders in which products look for their files. */\n"
        f"export const FOLDERS = {json.dumps(_folders(), indent=2)};\n\n"
        "/** What products read besides Markdown. */\n"
        f"export const OTHERS = {json.dumps(other_globs(), indent=2)};\n"
    )


def neovim() -> str:
    """The configuration for Neovim, with its list as it should be."""
    globs = "".join(f"  '{glob}',\n" for glob in other_globs())
    text = NEOVIM.read_text(encoding="utf-8")
    return re.sub(r"(?<=^local OTHERS = \{\n)[^}]*", globs, text, flags=re.MULTILINE)


def write() -> None:
    NEOVIM.write_text(neovim(), encoding="utf-8", newline="\n")
    VSCODE.write_text(vscode(), encoding="utf-8", newline="\n")
