"""What lies around one file: the plugins that hold it, the configuration that counts for it."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass

from agentls import configuration, paths
from agentls.disk.files import MAX_JSON, Found, found, read

PLUGIN_MARK = ".claude-plugin"


@dataclass(frozen=True, slots=True)
class Look:
    """What the disk knows of one file: its bytes decoded, the plugins that hold it, its configuration."""

    found: Found | None
    plugins: dict[str, str]
    configuration: Found | None = None


def look(path: str) -> Look:
    """Read one file and its neighbourhood."""
    return Look(found(path), plugins_above(path), configuration_above(path))


def configuration_above(path: str) -> Found | None:
    """The nearest configuration file in a folder that holds ``path``, or in ``path`` if it is a folder."""
    for folder in (path, *paths.parents(path)):
        for candidate in configuration.candidates(folder):
            found_here = found(candidate) if os.path.isfile(candidate) else None
            if found_here and configuration.speaks(candidate, found_here.source):
                return found_here
    return None


def plugins_above(path: str) -> dict[str, str]:
    plugins: dict[str, str] = {}
    folder = os.path.dirname(path)
    while True:
        if os.path.isdir(os.path.join(folder, PLUGIN_MARK)):
            plugins[folder] = plugin_name(folder)
        parent = os.path.dirname(folder)
        if parent == folder:
            return plugins
        folder = parent


def plugin_name(folder: str) -> str:
    """What a plugin calls itself, else the name of its folder."""
    data = read(os.path.join(folder, PLUGIN_MARK, "plugin.json"), MAX_JSON)
    try:
        name = json.loads(data.decode("utf-8", "replace"))["name"] if data else None
    except (ValueError, TypeError, KeyError, RecursionError):
        name = None
    return name if isinstance(name, str) and name else os.path.basename(folder)
