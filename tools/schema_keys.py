"""CONTRIBUTING's tables of the keys under ``x-agentls``, made from the schema that describes them.

``python tools/write_docs.py`` writes them anew.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_SCHEMA = _ROOT / "schemas" / "x-agentls.schema.json"
_BLOCK = re.compile(r"(?<=<!-- schema keys -->\n).*?(?=<!-- /schema keys -->)", re.DOTALL)
PAGE = _ROOT / "CONTRIBUTING.md"
# What authors write most; the rest is inside of these.
_PARTS = {
    "file-kind": "a kind of file",
    "field": "a field",
    "word": "a value or a tool",
    "vocabulary": "all tools",
    "effect": "an effect",
}


def tables() -> str:
    """One table for each part, with a row for each key."""
    parts = json.loads(_SCHEMA.read_text(encoding="utf-8"))["$defs"]
    lines = []
    for part, title in _PARTS.items():
        required = parts[part].get("required", ())
        lines += ["", f"| of {title} | what it says |", "| --- | --- |"]
        for key, facts in parts[part]["properties"].items():
            words = ", ".join(f"`{word}`" for word in facts.get("enum", ()))
            note = f" One of {words}." if words else ""
            note += " Required." if key in required else ""
            lines.append(f"| `{key}` | {facts['description'].replace('|', chr(92) + '|')}{note} |")
    return "\n".join([*lines, "", ""])


def shown_in(page: str) -> str:
    """The tables that are in the page."""
    block = _BLOCK.search(page)
    if block is None:
        raise ValueError("CONTRIBUTING has no place for the keys of schemas")
    return block[0]


def write() -> None:
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(_BLOCK.sub(lambda _: tables(), page), encoding="utf-8", newline="\n")
