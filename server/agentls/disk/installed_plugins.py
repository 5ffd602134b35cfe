"""The plugins that are installed and switched on, read from Claude Code's own lists."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import sys
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from agentls.disk.files import read
from agentls.products import plugins
from agentls.products.configuration import configuration
from agentls.products.identification import MAX_SIZE
from agentls.system import paths

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agentls.products.plugins import Installation, Plugin

_log = logging.getLogger(__name__)

# Plugins that are in no marketplace: they lie where skills lie, or come with the product.
_NO_MARKETPLACES = frozenset({"skills-dir", "inline", "builtin"})


@dataclass
class Installed:
    """``found``: the plugins by their folders. ``hidden``: those that are switched on and cannot be read.

    ``enabled``: for the folder of each plugin that is installed, in which of the projects it counts.
    """

    found: dict[str, Plugin] = field(default_factory=dict)
    hidden: list[str] = field(default_factory=list)
    enabled: dict[str, tuple[str, ...]] = field(default_factory=dict)


def plugin_in(folder: str, name: str = "") -> Plugin:
    """What a plugin says about itself; called ``name``, or like its folder, if it does not say."""
    path = plugins.manifest_in(folder)
    data = _json(path)
    found = plugins.manifest(name or os.path.basename(folder), data)
    # Without a manifest, everything is where it usually is.
    return replace(found, refusal=plugins.refusal(data)) if os.path.isfile(path) else found


def plugins_at(folder: str) -> dict[str, Plugin]:
    """The plugin that a folder with the mark is, and those that it lists and that have no mark themselves."""
    found = {folder: plugin_in(folder)}
    for below, entry in plugins.members(_json(plugins.marketplace_in(folder))):
        inner = paths.join(folder, below)
        # A manifest is not needed: what it would say is in the list.
        if (
            inner
            and os.path.isdir(inner)
            and not os.path.isdir(os.path.join(inner, configuration().plugin_folder))
        ):
            found.setdefault(inner, plugins.manifest(entry["name"], entry))
    return found


def installed(projects: Iterable[list[str]], user_folder: str) -> Installed:
    """The plugins that count in the projects, each given as its folder and those above it, nearest first.

    Without ``user_folder`` nothing of the user's is read, so that all plugins are hidden.
    """
    answer = Installed()
    roots = list(_plugin_folders(user_folder)) if user_folder else []
    lists = [_json(os.path.join(root, "installed_plugins.json")) for root in roots]
    known = [found for data in lists for found in plugins.installations(data)]
    counting: dict[str, set[str]] = {found.folder: set() for found in known}
    works_in = _without_plugins(list(projects), known)
    for folders in works_in:
        places = [os.path.join(folder, configuration().folder) for folder in reversed(folders)]
        switched = plugins.states(_json(path) for path in _settings(user_folder, places))
        here = [found for found in known if plugins.counts(found, switched, folders[0])]
        read = {folder: plugin for f in here for folder, plugin in _readable(f.folder, f.plugin).items()}
        there = {found.plugin for found in here if found.folder in read}
        for plugin in [plugin for plugin, is_on in switched.items() if is_on and plugin not in there]:
            name, _, marketplace = plugin.rpartition("@")
            # A project chooses both names. What is no name of a folder leads elsewhere, and is no plugin.
            is_plugin = paths.is_file_name(name) and paths.is_file_name(marketplace)
            if marketplace in _NO_MARKETPLACES or not is_plugin:
                continue
            candidates = (found for root in roots for found in _elsewhere(root, name, marketplace))
            readable = next(filter(None, (_readable(folder, plugin) for folder in candidates)), None)
            if readable is None and plugin not in answer.hidden:
                _log.info("the plugin %s is enabled but not installed", plugin)
                answer.hidden.append(plugin)
            read |= readable or {}
        answer.found |= read
        for folder in read:
            counting.setdefault(folder, set()).add(folders[0])
    everywhere = {folders[0] for folders in works_in}
    answer.enabled = {
        folder: plugins.EVERYWHERE if found == everywhere else tuple(sorted(found))
        for folder, found in counting.items()
    }
    return answer


def _without_plugins(projects: list[list[str]], known: list[Installation]) -> list[list[str]]:
    """The projects in which somebody works; who only reads a plugin's file works in none of its folders."""
    outside = [p for p in projects if not any(paths.is_within(p[0], found.folder) for found in known)]
    return outside or projects


def _plugin_folders(user_folder: str) -> Iterator[str]:
    yield os.environ.get("CLAUDE_CODE_PLUGIN_CACHE_DIR") or os.path.join(user_folder, "plugins")
    yield from filter(None, os.environ.get("CLAUDE_CODE_PLUGIN_SEED_DIR", "").split(os.pathsep))


def managed_folder() -> str:
    """Where an administrator's settings for all users of the machine lie."""
    by_platform = {
        "darwin": "/Library/Application Support/ClaudeCode",
        "win32": "C:\\Program Files\\ClaudeCode",
    }
    return by_platform.get(sys.platform, "/etc/claude-code")


def _settings(user_folder: str, places: Iterable[str]) -> Iterator[str]:
    """The settings files, those that count more later."""
    if user_folder:
        yield os.path.join(user_folder, configuration().settings[0])
    for place in places:
        yield from (os.path.join(place, name) for name in configuration().settings)
    if user_folder:
        yield os.path.join(managed_folder(), "managed-settings.json")


def _elsewhere(root: str, name: str, marketplace: str) -> Iterator[str]:
    """Where a plugin lies that no list says: in the cache, newest first, or in its marketplace."""
    cache = paths.join(os.path.join(root, "cache"), marketplace, name)
    with contextlib.suppress(OSError, ValueError):
        versions = [entry.path for entry in os.scandir(cache) if entry.is_dir()] if cache else []
        yield from sorted(versions, key=os.path.getmtime, reverse=True)
    place = plugins.location(_json(os.path.join(root, "known_marketplaces.json")), marketplace)
    if place:
        below = plugins.listed(_json(plugins.marketplace_in(place)), name)
        if below is not None and (folder := paths.join(place, below)):
            yield folder


def _readable(folder: str, plugin: str) -> dict[str, Plugin]:
    """The plugin in its folder; nothing when that cannot be listed."""
    try:
        os.scandir(folder).close()
    except (OSError, ValueError) as error:
        _log.info("the plugin %s cannot be read: %s", plugin, error)
        return {}
    return {folder: plugin_in(folder, plugin.partition("@")[0])}


def _json(path: str) -> Any:
    data = read(path, MAX_SIZE)
    try:
        return json.loads(data) if data is not None else None
    except (ValueError, RecursionError):
        _log.warning("%s is not valid JSON", path)
        return None
