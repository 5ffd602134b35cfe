"""How a product's names of tools tell which MCP server they are of; a form is ``mcp__<server>__<tool>``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_SERVER, _TOOL = "<server>", "<tool>"


class Part(NamedTuple):
    """The part of a tool's name that says its server, from ``start`` to ``end``.

    ``sign`` is what it begins with wherever a tool is of a server: ``mcp__``, ``@``; empty for nothing.
    """

    start: int
    end: int
    sign: str


@dataclass(frozen=True)
class ServerTools:
    """``facts`` are what a vocabulary says under ``servers``."""

    facts: Mapping[str, Any]

    def are(self, name: str) -> bool:
        """Whether a name can be that of a server's tool, or of all its tools."""
        pattern = self.facts.get("pattern")
        return pattern is not None and re.fullmatch(pattern, name) is not None

    def guess(self, name: str) -> str | None:
        """The server that a name tells by its look alone; None where that tells nothing."""
        pattern = self.facts.get("guess")
        match = re.fullmatch(pattern, name) if pattern else None
        server = match["server"] if match else None
        return server if server and "*" not in server else None

    @cached_property
    def spelt(self) -> Callable[[str], str]:
        """How a server's name is written inside the names of its tools."""
        rule = self.facts.get("sanitise", {"pattern": r"\Z\A", "with": ""})
        pattern = re.compile(rule["pattern"])
        # Servers are few, and each is asked about with every tool.
        return lru_cache(maxsize=1024)(lambda server: pattern.sub(rule["with"], server))

    def part(self, name: str, server: str) -> Part | None:
        """Where a tool's name says the server; None for a tool that is not of it."""
        spelt = self.spelt(server)
        if not spelt or spelt not in name:
            return None
        for before, after in self._forms:
            # Where the tool stands first, the server ends the name.
            sign = "" if _TOOL in before else before
            end = len(name) - len(after) if _TOOL in before else len(sign + spelt)
            start = end - len(sign + spelt)
            is_there = name[max(start, 0) : end] == sign + spelt
            if is_there and _fits(name[:start], before.removeprefix(sign)) and _fits(name[end:], after):
                return Part(start, end, sign)
        return None

    def whole(self, server: str) -> str:
        """The name that stands for all tools of a server; where there is none, how their names begin."""
        names = [before + self.spelt(server) + after for before, after in self._forms]
        everywhere = [name for name, form in zip(names, self._listed, strict=True) if "fields" not in form]
        found = (name.partition(_TOOL)[0] for name in sorted(everywhere, key=lambda name: _TOOL in name))
        return next(found, "")

    @property
    def signs(self) -> dict[str, set[str]]:
        """What tells a server's tool in prose: what stands before the server, with what may follow it."""
        found: dict[str, set[str]] = {}
        for before, after in self._forms:
            if before and _TOOL not in before:
                found.setdefault(before, set()).add(after.partition(_TOOL)[0])
        return found

    def is_elsewhere(self, spelt: str) -> bool:
        """Whether a server comes from the product itself, or from where no file tells of it."""
        facts = self.facts
        return spelt in facts.get("reserved", ()) or spelt.startswith(tuple(facts.get("prefixes", ())))

    @cached_property
    def _forms(self) -> tuple[tuple[str, str], ...]:
        """What stands before and behind the server in each form."""
        forms = (form["form"].partition(_SERVER) for form in self._listed)
        return tuple((before, after) for before, _, after in forms)

    @property
    def _listed(self) -> list[Mapping[str, Any]]:
        return [form for form in self.facts.get("forms", ()) if _SERVER in form["form"]]


def _fits(text: str, form: str) -> bool:
    before, tool, after = form.partition(_TOOL)
    if not tool:
        return text == form
    # The tool itself may still have to be typed.
    return len(text) >= len(before + after) and text.startswith(before) and text.endswith(after)
