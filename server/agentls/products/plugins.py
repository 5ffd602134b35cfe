"""Which plugins there are and where their parts lie, as Claude Code's lists and manifests say; no I/O.

Everything here takes JSON of any shape: what is not as expected is as if it were not there.
"""

from __future__ import annotations

import os
import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from agentls.findings import Ends
from agentls.products import load
from agentls.products.configuration import configuration
from agentls.products.effects import invalid_effect
from agentls.system import paths

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# The kind of file that describes a plugin.
_KIND = "claude-plugin"
# In the folder that makes the one it lies in a plugin, or a list of plugins.
MANIFEST = "plugin.json"
MARKETPLACE = "marketplace.json"
# Folders given for agents or commands take the place of the usual one; folders for skills come in addition.
_REPLACING = ("agents", "commands")
_ADDING = "skills"
# Stands for all projects that are looked at, in which a plugin counts.
EVERYWHERE = ("",)


def _plugin_servers() -> tuple[str, str]:
    """The files that may hold a plugin's servers, whatever it says of them."""
    return configuration().plugin_servers, f"{configuration().plugin_folder}/{MANIFEST}"


@dataclass(frozen=True, slots=True)
class Plugin:
    """``parts``: for ``agents``, ``commands`` and ``skills`` the folders and files they are read from.

    Those paths and the files of ``servers`` are relative to the plugin, with forward slashes.
    ``refusal``: why the product does not load the plugin, in words; empty where it does.
    """

    name: str
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    servers: tuple[str, ...] = field(default_factory=_plugin_servers)
    refusal: str = ""

    @property
    def unusual(self) -> list[str]:
        """Where agents and commands lie that do not lie where they usually do."""
        return [part for kind in _REPLACING for part in self.parts.get(kind, ()) if part != kind]

    def usual(self, below: str) -> str | None:
        """The path that a file in the plugin would have in a plugin without a word about its parts.

        None for one in a folder that another takes the place of.
        """
        places = [(part, kind) for kind, parts in self.parts.items() for part in parts]
        for part, kind in sorted(places, key=lambda place: -len(place[0])):
            if below == part:
                return f"{kind}/{posixpath.basename(part)}"
            if not part or below.startswith(f"{part}/"):
                rest = below[len(part) :].lstrip("/")
                is_skill_itself = kind == _ADDING and "/" not in rest and part
                return f"{kind}/{posixpath.basename(part)}/{rest}" if is_skill_itself else f"{kind}/{rest}"
        return None if below.partition("/")[0] in self.parts else below


def manifest_in(folder: str) -> str:
    """The file that describes the plugin in a folder."""
    return os.path.join(folder, configuration().plugin_folder, MANIFEST)


def marketplace_in(folder: str) -> str:
    """The file that lists plugins, if the folder is such a list."""
    return os.path.join(folder, configuration().plugin_folder, MARKETPLACE)


def manifest(name: str, data: Any) -> Plugin:
    """What a manifest says about a plugin, which is called ``name`` if it does not say."""
    if not isinstance(data, dict):
        return Plugin(name)
    own = data.get("name")
    # An empty list takes the place of the usual folder, too.
    named = {kind: tuple(_inside(data[kind])) for kind in _REPLACING if kind in data}
    parts = {kind: found for kind, found in named.items() if found or data[kind] == []}
    # The usual folder itself is among them when only others are named.
    if found := tuple(_inside(data.get(_ADDING))):
        parts[_ADDING] = tuple(dict.fromkeys((*found, _ADDING)))
    servers = [path for path in _inside(data.get("mcpServers")) if path.endswith(".json")]
    return Plugin(
        own if isinstance(own, str) and own else name,
        parts,
        tuple(dict.fromkeys((*servers, *_plugin_servers()))),
    )


def refusal(data: Any) -> str:
    """Why Claude Code does not load a plugin with such a manifest; empty if it does, as far as is known."""
    if not isinstance(data, dict):
        return "It is no valid JSON object."
    dialect = load().dialects[_KIND]
    lack = next((name for name in sorted(dialect.required) if name not in data), None)
    if lack:
        return f"`{lack}` is missing."
    for error in dialect.errors(data):
        effect = invalid_effect(error.invalid, "plugin").effect("")
        if effect and effect.ends is Ends.FILE:
            return f"`{error.field}` expects {error.expected}."
    return ""


def _inside(value: Any) -> Iterator[str]:
    """The relative paths in a text or a list; what leads out of the plugin is none."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str) and item and paths.join("", item):
            path = posixpath.normpath(item.replace("\\", "/"))
            yield "" if path == "." else path


class Installation(NamedTuple):
    """A plugin and the folder it is installed in; ``project`` is the only one it counts in, if any."""

    plugin: str
    folder: str
    project: str = ""


def installations(data: Any) -> Iterator[Installation]:
    """What ``installed_plugins.json`` lists; version 1 has one entry for a plugin, version 2 a list."""
    for plugin, entries in _table(data, "plugins").items():
        for entry in entries if isinstance(entries, list) else [entries]:
            folder = entry.get("installPath") if isinstance(entry, dict) else None
            if isinstance(folder, str) and os.path.isabs(folder) and "\0" not in folder:
                project = entry.get("projectPath") if entry.get("scope") in ("project", "local") else ""
                yield Installation(
                    plugin, os.path.normpath(folder), project if isinstance(project, str) else ""
                )


def states(settings: Iterable[Any]) -> dict[str, bool]:
    """Which plugins are switched on and off; of several settings the last one that says something counts."""
    found: dict[str, bool] = {}
    for data in settings:
        for plugin, state in _table(data, "enabledPlugins").items():
            # A list is of versions.
            if isinstance(state, bool | list):
                found[plugin] = state is not False
    return found


def counts(found: Installation, switched: dict[str, bool], project: str) -> bool:
    """Whether an installed plugin is loaded in a project; what nobody has switched off may be."""
    is_here = not found.project or paths.is_within(project, os.path.normpath(found.project))
    return is_here and switched.get(found.plugin, True)


def location(marketplaces: Any, name: str) -> str | None:
    """Where ``known_marketplaces.json`` says that a marketplace lies."""
    entry = marketplaces.get(name) if isinstance(marketplaces, dict) else None
    folder = entry.get("installLocation") if isinstance(entry, dict) else None
    return folder if isinstance(folder, str) and os.path.isabs(folder) and "\0" not in folder else None


def listed(marketplace: Any, name: str) -> str | None:
    """The folder in which a marketplace has a plugin, relative to the marketplace."""
    return next((folder for folder, entry in members(marketplace) if entry["name"] == name), None)


def members(marketplace: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """The plugins that lie in a marketplace: their folders, relative to it, and what it says of each."""
    entries = marketplace.get("plugins") if isinstance(marketplace, dict) else None
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict) and isinstance(entry.get("name"), str):
            folder = next(_inside(entry.get("source")), None)
            if folder is not None:
                yield folder, entry


def _table(data: Any, name: str) -> dict[str, Any]:
    table = data.get(name) if isinstance(data, dict) else None
    return table if isinstance(table, dict) else {}
