"""Who can reach whom: the agents, skills and servers that a file names, and the files that name it.

Only what is named counts. An agent that inherits every tool may start any agent, which would say nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from agentls.text.source import Span
from agentls.workspace import symbols
from agentls.workspace.symbols import Symbol

if TYPE_CHECKING:
    from agentls.semantics.summary import Definition
    from agentls.text.source import Location
    from agentls.workspace import Context, View

# What is no place in the open file needs none.
_NOWHERE = Span(0, 0)


class Call(NamedTuple):
    """``other`` is at the other end, ``places`` are in the file that names: the caller's."""

    other: Definition
    places: tuple[Location, ...]


def roots(context: Context, offset: int) -> list[Definition]:
    """What is under the cursor, as far as it is defined."""
    symbol = symbols.symbol_at(context, offset)
    return list(symbol.definitions) if symbol else []


def outgoing(view: View, caller: Definition) -> list[Call]:
    """What the caller can reach, in the order in which it names it; a server reaches nothing here."""
    if caller.kind == "server":
        return []
    places: dict[Definition, list[Location]] = {}
    summary = view.summary(caller.path)
    scoped = view.within(summary.resolution_context)
    for mention in summary.mentions:
        for definition in scoped.resolve(mention.kind, mention.name) if mention.kind != "path" else ():
            places.setdefault(definition, []).append(mention.location)
    return [Call(definition, tuple(found)) for definition, found in places.items()]


def incoming(view: View, called: Definition) -> list[Call]:
    """The agents, skills and commands that name it."""
    symbol = Symbol(called.kind, called.name, _NOWHERE, (called,))
    places: dict[Definition, list[Location]] = {}
    for path, mention in symbols.mentions(view, symbol):
        for definition in view.summary(path).proper_definitions if mention.kind != "path" else ():
            places.setdefault(definition, []).append(mention.location)
    calls = [Call(definition, tuple(found)) for definition, found in places.items()]
    return sorted(calls, key=lambda call: (call.other.name, call.other.path))
