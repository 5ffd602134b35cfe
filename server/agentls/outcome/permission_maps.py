"""Maps that say for each tool, or for patterns of names, what becomes of it: allow, ask or deny."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from agentls.semantics.file import File


def actions(file: File, fields: Sequence[str]) -> dict[str, list[str]] | None:
    """For each action the tools that it counts for, ``limited`` for several; None without any rule."""
    rules = [rule for name in fields for rule in _rules(file, name)]
    if not rules:
        return None
    own, together = file.dialect.tools, file.dialect.facts["powers"].get("together", {})
    found: dict[str, list[str]] = {"allow": [], "ask": [], "deny": [], "limited": [], "": []}
    for name in own.tools:
        found[_action(rules, together.get(name, name))].append(name)
    # A pattern that means no tool of the product's means a server's, or nothing.
    for pattern, action in rules:
        if not any(_fits(pattern, together.get(name, name)) for name in own.tools):
            found[action].append(pattern)
    return found


def _rules(file: File, name: str) -> Iterator[tuple[str, str]]:
    """The patterns of a field in their order, each with what it says."""
    value = file.values.get(name)
    if isinstance(value, str):
        value = {"*": value}
    for pattern, said in value.items() if isinstance(value, dict) else ():
        yield str(pattern), _said(said)


def _said(value: object) -> str:
    if isinstance(value, dict):
        words = {_said(inner) for inner in value.values()}
        return words.pop() if len(words) == 1 else "limited"
    words_of_switches: Mapping[object, str] = {True: "allow", False: "deny"}
    known = words_of_switches.get(value, value) if isinstance(value, bool | str) else ""
    return known if isinstance(known, str) and known in ("allow", "ask", "deny") else ""


def _action(rules: list[tuple[str, str]], name: str) -> str:
    """What the last rule for a tool says; empty where none is about it."""
    return next((action for pattern, action in reversed(rules) if _fits(pattern, name)), "")


def _fits(pattern: str, name: str) -> bool:
    return re.fullmatch(re.escape(pattern).replace(r"\*", ".*").replace(r"\?", "."), name) is not None
