"""The table of rules in README, written from the rules themselves.

``python tests/write_docs.py`` writes it anew.
"""

from __future__ import annotations

import re
from pathlib import Path

from agentls import catalogue, checking
from agentls.documentation import PAGES

README = Path(__file__).parents[1] / "README.md"

_BLOCK = re.compile(r"(?<=<!-- rules -->\n).*?(?=<!-- /rules -->)", re.DOTALL)
_DOUBLE_TICKS = re.compile(r"``")


def table() -> str:
    """One line for each rule, the gravest first."""
    pages = PAGES.relative_to(README.parent).as_posix()
    rules = sorted(checking.rules().values(), key=lambda rule: (_worst(rule.code), rule.code))
    lines = ["| rule | at worst | what it finds |", "| --- | --- | --- |"]
    for rule in rules:
        worst = "off by default" if checking.OPINION in rule.groups else _worst(rule.code).word
        title = _DOUBLE_TICKS.sub("`", rule.title)
        lines.append(f"| [{rule.code}]({pages}/{rule.code}.md) | {worst} | {title} |")
    return "\n".join(lines) + "\n"


def _worst(code: str) -> catalogue.Severity:
    """The gravest severity that the rule has in any kind of file; what a single field says is a warning."""
    return min(
        effect.severity
        for dialect in catalogue.load().dialects.values()
        for name, effects in dialect.effects.items()
        if name.partition(".")[0] == code
        for effect in effects
        if effect.severity
    )


def shown_in(readme: str) -> str:
    """The table that is in README."""
    block = _BLOCK.search(readme)
    if block is None:
        raise ValueError("README has no place for the table of rules")
    return block[0]


def write() -> None:
    readme = README.read_text(encoding="utf-8")
    README.write_text(_BLOCK.sub(lambda _: table(), readme), encoding="utf-8", newline="\n")
