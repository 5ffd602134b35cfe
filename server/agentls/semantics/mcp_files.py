"""Where the products keep their MCP servers, and which servers such a file lists; no I/O."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from agentls.products import load, locations
from agentls.semantics import mcp_servers
from agentls.semantics.mcp_servers import Layout, Server
from agentls.syntax import parsing
from agentls.syntax.formats import TOML
from agentls.syntax.nodes import Scalar
from agentls.system import paths
from agentls.text.source import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.text.source import Span


class ServerFile(NamedTuple):
    """``end`` is how its path ends, below the home folder for what is the user's own (``scope``: user).

    ``readers`` are the products that read it. ``agents``: its table of agents, empty for none.
    """

    end: str
    scope: str
    layout: Layout
    readers: frozenset[str]
    agents: str = ""

    def project_of(self, path: str) -> str:
        """The folder in and around which the servers count; empty for what is the user's own."""
        folder = path[: len(path) - len(self.end)] if self.scope == "project" else ""
        # What lies in the folder of a product counts where that lies.
        is_inside = os.path.basename(folder) in locations.dot_folders()
        return os.path.dirname(folder) if is_inside else folder


def server_file(path: str, home: str) -> ServerFile | None:
    """What list of servers lies at a path; ``home`` is empty when nothing of the user's own counts."""
    if os.path.basename(path) not in _names():
        return None
    shown = paths.posix(path)
    user = paths.posix(home) if home else ""
    for known in _all():
        is_users = known.scope == "user"
        if (shown == user + known.end and user) if is_users else shown.endswith(known.end):
            return known
    return None


def is_server_file(path: str) -> bool:
    """Whether a file lists servers of a project."""
    return server_file(path, "") is not None


def project_paths() -> list[str]:
    """How the paths of a project's lists end, below any folder of the project."""
    return [known.end.removeprefix("/") for known in _all() if known.scope == "project"]


def user_paths() -> list[str]:
    """The lists of what is the user's own, below the home folder."""
    return [known.end.removeprefix("/") for known in _all() if known.scope == "user"]


def listed_servers(known: ServerFile, source: str) -> list[Server]:
    """The servers of a file, each where its name stands first."""
    if not known.end.endswith(".toml"):
        return mcp_servers.servers(source, layout=known.layout)
    text = Text(source)
    found: dict[str, Server] = {}
    for name, span in _in_toml(known, text):
        found.setdefault(name, Server(name, text.locate(span)))
    return list(found.values())


def listed_agents(known: ServerFile, source: str) -> list[Server]:
    """The agents that a file defines, which stand there as servers do."""
    layout = Layout(known.agents, known.layout.is_relaxed)
    return mcp_servers.servers(source, layout=layout) if known.agents else []


def _in_toml(known: ServerFile, text: Text) -> Iterator[tuple[str, Span]]:
    document = parsing.read(TOML, text, frozenset())
    keys = [key for entry in document.entries_at((known.layout.table,)) for key in entry.keys]
    found = [(key.value, key.inner) for key in keys if isinstance(key, Scalar)]
    yield from sorted(found, key=lambda named: named[1])


@cache
def _names() -> frozenset[str]:
    return frozenset(known.end.rpartition("/")[2] for known in _all())


@cache
def _all() -> tuple[ServerFile, ...]:
    """The user's own come first, since a home may look like a project."""
    products: dict[tuple[str, str, Layout, str], set[str]] = {}
    for dialect in load().dialects.values():
        for place in dialect.server_files:
            scope, layout = place.scope, Layout(place.table, place.is_relaxed)
            end = place.glob.removeprefix("~" if scope == "user" else "**")
            products.setdefault((scope, end, layout, place.agents), set()).add(dialect.product)
    found = (
        ServerFile(end, scope, layout, frozenset(who), agents)
        for (scope, end, layout, agents), who in products.items()
    )
    return tuple(sorted(found, key=lambda known: known.scope, reverse=True))
