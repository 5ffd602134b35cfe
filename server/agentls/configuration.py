"""Configuration files: which names they have and what they say; where they lie is for ``disk`` to find.

``agentls.toml`` holds the settings as they are, ``pyproject.toml`` under ``[tool.agentls]``.
"""

from __future__ import annotations

import os
import tomllib
from typing import TYPE_CHECKING, Any

from agentls.settings import Layer

if TYPE_CHECKING:
    from collections.abc import Iterator

OWN_NAME = "agentls.toml"
# In one folder the first that is there and says something counts.
NAMES = (OWN_NAME, "pyproject.toml")
_SECTION = "tool.agentls"


def candidates(folder: str) -> Iterator[str]:
    """The paths at which a folder may have a configuration."""
    return (os.path.join(folder, name) for name in NAMES)


def speaks(path: str, text: str) -> bool:
    """Whether a file is a configuration of ours: not every ``pyproject.toml`` is."""
    return os.path.basename(path) == OWN_NAME or f"[{_SECTION}" in text


def layer(path: str, text: str) -> tuple[Layer, list[str]]:
    """The settings in a configuration file, and a complaint when it is not TOML."""
    try:
        raw: Any = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return Layer(None, os.path.dirname(path), path), [f"{path}: {error}"]
    if os.path.basename(path) != OWN_NAME:
        raw = raw["tool"]["agentls"] if isinstance(raw.get("tool"), dict) else None
    return Layer(raw, os.path.dirname(path), path), []
