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


@cache
def address(code: str) -> str:
    """Where the page of a rule opens: a ``file:`` URI."""
    return paths.to_uri(str(PAGES / f"{code}.md"))


def page(rule: Rule) -> str:
    """The page of a rule, in Markdown."""
    title, _, text = _DOUBLE_TICKS.sub("`", rule.doc).partition("\n")
    parts = [f"# {rule.code}", f"{title}", text.strip(), "## What the products do", *_effects(rule)]
    parts += ["## Silence it", _silence(rule)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _silence(rule: Rule) -> str:
    groups = [f"\nThe name of its group, `{group}`, silences all of it." for group in rule.groups]
    return (
        f"In one place: `# agentls: ignore[{rule.code}]` on a line of its own above it; "
        f"below the front matter `<!-- agentls: ignore[{rule.code}] -->`.\n"
        f'In a project: `rules.{rule.code} = "off"` in `agentls.toml`.{"".join(groups)}'
    )


def _effects(rule: Rule) -> Iterator[str]:
    """One paragraph for each kind of file and case."""
    for dialect in load().dialects.values():
        for name, effects in dialect.effects.items():
            code, _, variant = name.partition(".")
            if code == rule.code:
                for effect in effects:
                    yield _paragraph(dialect, variant, effect)


def _paragraph(dialect: Dialect, variant: str, effect: Effect) -> str:
    severity = effect.tier.word if effect.tier else "nothing is said"
    where = [f"scope {scope}" for scope in effect.scopes]
    details = [variant, *where, f"versions {effect.versions}" if effect.versions else ""]
    case = ", ".join(detail for detail in details if detail)
    source = f"\nSource: {effect.source}" if effect.source else ""
    return f"**{dialect.title}**{f' ({case})' if case else ''}: {severity}.\n{effect.text}{source}"
