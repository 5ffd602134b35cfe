"""The page of each rule: its docstring and what the products do, taken from the catalogue.

The pages are written into the package by ``tests/write_docs.py``, so that an editor can open one.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from agentls import paths
from agentls.catalogue import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.catalogue import Dialect, Effect
    from agentls.checking import Rule

PAGES = Path(__file__).parent / "pages"

# Docstrings mark code with two backticks, Markdown with one; fences have three.
_DOUBLE_TICKS = re.compile(r"(?<!`)``(?!`)")
_EVERYWHERE = "everywhere"


@cache
def address(code: str) -> str:
    """Where the page of a rule opens: a ``file:`` URI."""
    return paths.to_uri(str(PAGES / f"{code}.md"))


def page(rule: Rule) -> str:
    """The page of a rule, in Markdown."""
    title, _, text = _DOUBLE_TICKS.sub("`", rule.doc).partition("\n")
    parts = [f"# {rule.code}", f"{title}", text.strip(), "## What the products do", "\n".join(_table(rule))]
    return "\n\n".join(part for part in parts if part) + "\n"


def _table(rule: Rule) -> Iterator[str]:
    yield "| file | where | case | severity | what happens | versions | source |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for dialect in load().dialects.values():
        for name, effects in dialect.effects.items():
            code, _, variant = name.partition(".")
            if code == rule.code:
                for effect in effects:
                    yield _row(dialect, variant, effect)


def _row(dialect: Dialect, variant: str, effect: Effect) -> str:
    severity = effect.severity.word if effect.severity else "nothing is said"
    cells = [
        dialect.title,
        ", ".join(effect.scopes) or _EVERYWHERE,
        variant or "-",
        severity,
        effect.text,
        effect.versions or "-",
        effect.source or "-",
    ]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
