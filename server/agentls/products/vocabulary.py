"""The tools of a product: their names, old ones, removed ones, and those of other products."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from agentls.products.facts import Checked
from agentls.products.records import EXTENSION, NOTHING, Record, named, record
from agentls.products.server_tools import ServerTools, server_tools
from agentls.products.words import words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from agentls.products.words import Word


class ToolAlias(Record):
    """An old name that still works, ``of`` the tool with that name."""

    of: str
    source: str = ""


class RemovedTool(Record):
    """A tool that there was: what became of it, and what to use instead."""

    note: str
    instead: tuple[str, ...] = ()
    source: str = ""


class ShellPrograms(Record):
    """Programs that are no tools, and the tool that runs them."""

    run_by: str = ""
    names: frozenset[str] = frozenset()


class Vocabulary(Record):
    """The tools of a product.

    ``conditional`` are names that exist for some accounts or versions only; nothing is said about them.
    ``labels`` are names under which tools are shown, and which work as well. ``wildcards`` stand for all
    tools. ``foreign`` are names of other products' tools, with those products.
    """

    make_tools: Callable[[], Mapping[str, Word]] = dict
    schema: Mapping[str, Any] = NOTHING

    name: str = ""
    product: str = ""
    checked: Checked | None = None
    source: str = ""
    aliases: Mapping[str, ToolAlias] = NOTHING
    removed: Mapping[str, RemovedTool] = NOTHING
    conditional: frozenset[str] = frozenset()
    labels: Mapping[str, str] = NOTHING
    wildcards: frozenset[str] = frozenset()
    foreign: Mapping[str, list[str]] = NOTHING
    programs: ShellPrograms = ShellPrograms()
    suggest: Mapping[str, str] = NOTHING
    case_sensitive: bool = True
    servers: ServerTools = ServerTools()

    @cached_property
    def tools(self) -> Mapping[str, Word]:
        """By their names, in the order of the schema."""
        return self.make_tools()

    def spelt(self, name: str) -> str:
        """The name as the product documents it, where letter case makes no difference to the product."""
        return self._in_any_case.get(name.lower(), name)

    @cached_property
    def _in_any_case(self) -> Mapping[str, str]:
        names = () if self.case_sensitive else (*self.tools, *self.aliases, *self.removed)
        return {name.lower(): name for name in reversed(names)}

    def knows(self, name: str) -> bool:
        """Whether a name is, or was, that of a tool of the product or of an MCP server."""
        spelt = self.spelt(name)
        own = (self.tools, self.aliases, self.removed, self.labels)
        return any(spelt in names for names in own) or self.is_of_server(name)

    def tool(self, name: str) -> Word | None:
        """The documented tool that a name means, be it an old one; None for none."""
        spelt = self.spelt(name)
        alias = self.aliases.get(spelt)
        return self.tools.get(alias.of if alias else self.labels.get(spelt, spelt))

    def is_of_server(self, name: str) -> bool:
        """Whether a name is that of an MCP server's tool, or of all its tools, and no tool of the product."""
        if not self.servers.are(name):
            return False
        known = self.spelt(name)
        own = (self.tools, self.aliases, self.removed, self.labels, self.conditional, self.wildcards)
        return not any(known in words for words in own)

    def server_of(self, name: str) -> str | None:
        """The MCP server that a tool's name tells by its look; None where that tells nothing."""
        return self.servers.guessed(name) if self.is_of_server(name) else None

    @cached_property
    def suggestions(self) -> Mapping[str, str]:
        """What other products and habit call a tool, in lower case, to its name here."""
        run = dict.fromkeys(self.programs.names, self.programs.run_by)
        return run | {name.lower(): tool for name, tool in self.suggest.items()}


def vocabulary(schema: Mapping[str, Any]) -> Vocabulary:
    """The tools that a schema lists, with what it says of them."""
    facts = {key: value for key, value in schema[EXTENSION].items() if key != "vocabulary"}
    return record(
        partial(
            Vocabulary,
            name=schema[EXTENSION]["vocabulary"],
            make_tools=lambda: {word.name: word for word in words_of(schema)},
            schema=schema,
        ),
        facts,
        aliases=partial(named, ToolAlias),
        removed=partial(named, RemovedTool),
        conditional=frozenset,
        wildcards=frozenset,
        programs=partial(record, ShellPrograms, names=frozenset),
        checked=partial(record, Checked),
        servers=server_tools,
    )
