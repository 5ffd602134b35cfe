"""The table of rules in README, written from the rules themselves.

``python tools/write_docs.py`` writes it anew.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from agentls import products
from agentls.linter import engine
from agentls.linter.rule_pages import PAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.findings import Severity

README = Path(__file__).parents[1] / "README.md"

_BLOCK = re.compile(r"(?<=<!-- rules -->\n).*?(?=<!-- /rules -->)", re.DOTALL)


def table() -> str:
    """One line for each rule, the gravest first."""
    pages = PAGES.relative_to(README.parent).as_posix()
    rules = sorted(engine.rules().values(), key=lambda rule: (_worst(rule.code), rule.code))
    lines = ["| rule | highest severity | what it finds |", "| --- | --- | --- |"]
    for rule in rules:
        worst = "off by default" if engine.OPT_IN in rule.groups else _worst(rule.code).word
        lines.append(f"| [{rule.code}]({pages}/{rule.code}.md) | {worst} | {rule.title} |")
    return "\n".join(lines) + "\n"


def _worst(code: str) -> Severity:
    """The gravest severity that the rule has in any kind of file."""
    return min(effect.severity for effect in _effects(code) if effect.severity)


def _effects(code: str) -> Iterator[products.EffectSpec]:
    for dialect in products.load().dialects.values():
        for name, effects in dialect.effects.items():
            if name.partition(".")[0] == code:
                yield from effects
        if code == "invalid-value":
            # Each field has its own.
            yield from (spec.invalid_effect("project") for spec in dialect.fields.values())


def shown_in(readme: str) -> str:
    """The table that is in README."""
    block = _BLOCK.search(readme)
    if block is None:
        raise ValueError("README has no place for the table of rules")
    return block[0]


def write() -> None:
    readme = README.read_text(encoding="utf-8")
    README.write_text(_BLOCK.sub(lambda _: table(), readme), encoding="utf-8", newline="\n")
