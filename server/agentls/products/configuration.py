"""What a product keeps beside its agents: settings, plugins, lists of servers in places of their own.

One product does, and its schema says where (``configuration``).
"""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

from agentls.products import load

if TYPE_CHECKING:
    from agentls.products import Dialect
    from agentls.products.facts import Configuration


@cache
def owner() -> Dialect:
    """How the agents of that product are written."""
    return next(dialect for dialect in load().dialects.values() if dialect.configuration)


@cache
def configuration() -> Configuration:
    """Where its files lie."""
    found = owner().configuration
    assert found is not None
    return found


@cache
def readers() -> frozenset[str]:
    """The product that reads them."""
    return frozenset({owner().product})


@cache
def settings_files() -> tuple[str, ...]:
    """The settings of a project, relative to it with forward slashes; the last one counts most."""
    return tuple(f"{configuration().folder}/{name}" for name in configuration().settings)


def root_of_user(product: str, home: str) -> str:
    """The folder from which the places of what is the user's own count: the product's own, or the home."""
    return os.path.join(home, configuration().folder) if product in readers() else home


def home_of_root(product: str, root: str) -> str:
    """The home folder, of which such a folder is known."""
    return os.path.dirname(root) if product in readers() else root
