"""How a product's names of tools tell which MCP server they are of; a form is ``mcp__<server>__<tool>``."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from agentls.products.records import NOTHING, Record, record, records

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


class ServerToolForm(Record):
    """A form of such names, with its documentation; in these ``fields`` only, in all where none are named."""

    form: str
    doc: str
    fields: tuple[str, ...] = ()


class Replacement(Record):
    """What takes the place of the letters that match a pattern."""

    pattern: str
    replacement: str


class ServerTools(Record):
    """How the names of servers' tools are recognized.

    ``pattern`` is of all such names; None where there are none. ``guess`` tells the server of a name by its
    look, and ``sanitize`` how a server's name is written inside of others. Its name must not hold ``end``.
    ``reserved`` are servers of the product itself, each with whose it is; others start with one of the
    ``prefixes``, each with what such a server is.
    """

    pattern: str | None = None
    guess: str | None = None
    forms: tuple[ServerToolForm, ...] = ()
    sanitize: Replacement | None = None
    end: str = ""
    reserved: Mapping[str, str] = NOTHING
    prefixes: Mapping[str, str] = NOTHING
    source: str = ""

    def are(self, name: str) -> bool:
        """Whether a name can be that of a server's tool, or of all its tools."""
        return self.pattern is not None and re.fullmatch(self.pattern, name) is not None

    def guessed(self, name: str) -> str | None:
        """The server that a name tells by its look alone; None where that tells nothing."""
        match = re.fullmatch(self.guess, name) if self.guess else None
        server = match["server"] if match else None
        return server if server and "*" not in server else None

    @cached_property
    def spelt(self) -> Callable[[str], str]:
        """How a server's name is written inside the names of its tools."""
        if self.sanitize is None:
            return str
        pattern, replacement = re.compile(self.sanitize.pattern), self.sanitize.replacement
        # Servers are few, and each is asked about with every tool.
        return lru_cache(maxsize=1024)(lambda server: pattern.sub(replacement, server))

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
        everywhere = [name for name, form in zip(names, self._listed, strict=True) if not form.fields]
        found = (name.partition(_TOOL)[0] for name in sorted(everywhere, key=lambda name: _TOOL in name))
        return next(found, "")

    def tool(self, server: str, tool: str) -> str:
        """The name of one tool of a server; empty where there is no form for it."""
        forms = ((before, after) for before, after in self._forms if _TOOL in before + after)
        return next(((b + self.spelt(server) + a).replace(_TOOL, tool) for b, a in forms), "")

    def tools_named(self, name: str) -> str:
        """The tools that a name means, as a pattern with ``*``: those of a server, or just one."""
        server = self.guessed(name)
        if server and any(name == before + server + after for before, after in self._forms):
            wholes = (before + server + after for before, after in self._forms if _TOOL in after)
            return next((whole.replace(_TOOL, "*") for whole in wholes), name)
        return name

    @property
    def every_tool(self) -> str:
        """The tools of all servers, as a pattern with ``*``; empty where there are none."""
        forms = (before + "*" + after.replace(_TOOL, "*") for before, after in self._forms if _TOOL in after)
        return next(forms, "")

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
        return spelt in self.reserved or spelt.startswith(tuple(self.prefixes))

    @cached_property
    def _forms(self) -> tuple[tuple[str, str], ...]:
        """What stands before and behind the server in each form."""
        forms = (form.form.partition(_SERVER) for form in self._listed)
        return tuple((before, after) for before, _, after in forms)

    @property
    def _listed(self) -> list[ServerToolForm]:
        return [form for form in self.forms if _SERVER in form.form]


def server_tools(raw: Mapping[str, Any]) -> ServerTools:
    """What a vocabulary says under ``servers``."""
    return record(
        ServerTools, raw, forms=partial(records, ServerToolForm), sanitize=partial(record, Replacement)
    )


def _fits(text: str, form: str) -> bool:
    before, tool, after = form.partition(_TOOL)
    if not tool:
        return text == form
    # The tool itself may still have to be typed.
    return len(text) >= len(before + after) and text.startswith(before) and text.endswith(after)
