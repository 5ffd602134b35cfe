"""The agents that Codex's configuration declares: each with a file that leaves out what is said there."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from agentls.syntax import parsing
from agentls.syntax.formats import TOML
from agentls.syntax.nodes import Scalar, node_at
from agentls.system import paths
from agentls.text.source import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.syntax.nodes import Node

# Where it lies, in a project and in a home.
PLACE = ".codex/config.toml"


class DeclaredAgent(NamedTuple):
    """``file`` is the absolute path of the agent's own file."""

    file: str
    description: str


def is_config_file(path: str) -> bool:
    """Whether a file is a configuration that may declare agents."""
    return paths.posix(path).endswith(f"/{PLACE}")


def agents(path: str, source: str) -> Iterator[DeclaredAgent]:
    """The agents with a file of their own that a configuration declares; any text, any shape."""
    for entry in parsing.read(TOML, Text(source), frozenset()).entries_at(("agents",)):
        file, description = (_text(entry.value, name) for name in ("config_file", "description"))
        if file and (absolute := _absolute(path, file)):
            yield DeclaredAgent(absolute, description or "")


def _absolute(path: str, file: str) -> str | None:
    """Only compared with the paths of files that are found otherwise, so it may lie anywhere."""
    if os.path.isabs(file):
        return os.path.normpath(file)
    return paths.join(os.path.dirname(path), file, may_leave=True)


def _text(table: Node, name: str) -> str | None:
    node = node_at(table, (name,))
    value = node.plain if isinstance(node, Scalar) else None
    return value if isinstance(value, str) else None
