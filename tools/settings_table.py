"""README's table of the settings, made from their schema; ``python tools/write_docs.py`` writes it anew."""

from __future__ import annotations

import json
import re
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_SCHEMA = _ROOT / "schemas" / "settings.json"
_BLOCK = re.compile(r"(?<=<!-- settings -->\n).*?(?=<!-- /settings -->)", re.DOTALL)
README = _ROOT / "README.md"


def table() -> str:
    """One row for each setting."""
    rows = ["| setting | default | description |", "| --- | --- | --- |"]
    for name, facts in json.loads(_SCHEMA.read_text(encoding="utf-8"))["properties"].items():
        default = json.dumps(facts["default"])
        rows.append(f"| `{name}` | `{default}` | {facts['description'].replace('|', chr(92) + '|')} |")
    return "\n" + "\n".join(rows) + "\n\n"


def shown_in(readme: str) -> str:
    """The table that is in README."""
    block = _BLOCK.search(readme)
    if block is None:
        raise ValueError("README has no place for the settings")
    return block[0]


def write() -> None:
    readme = README.read_text(encoding="utf-8")
    README.write_text(_BLOCK.sub(lambda _: table(), readme), encoding="utf-8", newline="\n")
