"""The agents that Codex's configuration declares: each with a file that leaves out what is said there."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from agentls.system import paths

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    import tomllib  # noqa: PLC0415  most projects have no such configuration

    try:
        table = tomllib.loads(source).get("agents")
    except (tomllib.TOMLDecodeError, RecursionError):
        return
    for agent in table.values() if isinstance(table, dict) else ():
        file = agent.get("config_file") if isinstance(agent, dict) else None
        if isinstance(file, str) and "\0" not in file:
            description = agent.get("description")
            yield DeclaredAgent(
                os.path.normpath(os.path.join(os.path.dirname(path), file)),
                description if isinstance(description, str) else "",
            )
