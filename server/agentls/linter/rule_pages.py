"""The page of each rule: its docstring and what the products do, taken from the catalogue.

The pages are written into the package by ``tools/write_docs.py``, so that an editor can open one.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from agentls import HOME
from agentls.products import load
from agentls.system import paths

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.linter.engine import Rule
    from agentls.products import Dialect, EffectSpec

PAGES = Path(__file__).parent / "pages"

_SCOPES = {
    "project": "in a project",
    "user": "in the user folder",
    "plugin": "in a plugin",
    "unplaced": "outside the product's folders",
}
# Docstrings mark code with two backticks, Markdown with one; fences have three.
_DOUBLE_TICKS = re.compile(r"(?<!`)``(?!`)")


@cache
def address(code: str) -> str:
    """Where the page of a rule opens: a ``file:`` URI."""
    return paths.to_uri(str(PAGES / f"{code}.md"))


def web_address(code: str) -> str:
    """Where the page of a rule can be read without agentls."""
    return f"{HOME}/blob/main/server/agentls/linter/pages/{code}.md"


def page(rule: Rule) -> str:
    """The page of a rule, in Markdown."""
    title, _, text = _DOUBLE_TICKS.sub("`", rule.doc).partition("\n")
    parts = [f"# {rule.code}", f"{title}", text.strip(), "## What the products do", *_effects(rule)]
    parts += ["## Suppress it", _silence(rule)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _silence(rule: Rule) -> str:
    groups = [f"\nThe name of its group, `{group}`, silences all of it." for group in rule.groups]
    return (
        f"In one place: `# agentls: ignore[{rule.code}]` on a line of its own above it; "
        f"below the front matter `<!-- agentls: ignore[{rule.code}] -->`.\n"
        f'In a project: `rules.{rule.code} = "off"` in `agentls.toml`.{"".join(groups)}'
    )


def _effects(rule: Rule) -> Iterator[str]:
    """One paragraph for each case and each thing that products do about it."""
    alike: dict[tuple[str, str, str], list[tuple[Dialect, EffectSpec]]] = {}
    for dialect in load().dialects.values():
        for name, effects in dialect.effects.items():
            code, _, variant = name.partition(".")
            for effect in effects if code == rule.code else ():
                severity = effect.severity.word if effect.severity else "not reported"
                key = _case(rule, variant, effect), severity, _of_any(dialect.product, effect.text)
                alike.setdefault(key, []).append((dialect, effect))
    for (case, severity, text), found in alike.items():
        said = {effect.text for _, effect in found}
        who, sources = _sources(found)
        head = f"**{who}**{f' ({case})' if case else ''}: {severity}."
        yield f"{head}\n{said.pop() if len(said) == 1 else text}{sources}"


def _case(rule: Rule, variant: str, effect: EffectSpec) -> str:
    where = [_SCOPES[scope] for scope in effect.scopes]
    since = f"versions {effect.versions}" if effect.versions else ""
    return ", ".join(filter(None, (rule.cases.get(variant, variant), *where, since)))


def _of_any(product: str, text: str) -> str:
    """What is said of a product, so that it can be said of several."""
    return re.sub(
        rf"(^|\. )?\b{re.escape(product)}\b",
        lambda match: "the product" if match[1] is None else f"{match[1]}The product",
        text,
    )


def _sources(found: list[tuple[Dialect, EffectSpec]]) -> tuple[str, str]:
    """The kinds of files, and where it is written about them: one line, or a list that names them."""
    titles: dict[str, list[str]] = {}
    for dialect, effect in found:
        if effect.source:
            titles.setdefault(effect.source, []).append(dialect.title)
    if len(titles) > 1:
        lines = [f"- {', '.join(who)}: {source}" for source, who in titles.items()]
        return f"{len(found)} kinds of files", "\n\n" + "\n".join(lines)
    said = "".join(f"\nSource: {source}" for source in titles)
    return ", ".join(dialect.title for dialect, _ in found), said
