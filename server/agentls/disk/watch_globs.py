"""What an editor has to watch, as globs: all that may define a name, and the folders it lies in."""

from __future__ import annotations

from agentls.products import load, locations
from agentls.products.configuration import configuration, owner, settings_files
from agentls.semantics import codex_agents, mcp_files
from agentls.settings import config_files


def of_project() -> list[str]:
    """Globs for all folders that are open."""
    plugin, names = configuration().plugin_folder, ",".join(sorted(locations.folder_names()))
    dotted = ",".join(sorted({plugin, *locations.dot_folders()}))
    others = [glob for glob in locations.project_globs() if not glob.endswith(".md")]
    files = (*settings_files(), *config_files.NAMES, codex_agents.PLACE, *mcp_files.project_paths())
    # No client reports what was in a folder that was deleted.
    folders = (f"**/{{{dotted},{names}}}", f"**/{{{names}}}/**")
    of_plugins = (*locations.plugin_globs(), f"**/{plugin}/*.json")
    found = ("**/*.md", *folders, *of_plugins, *others, *(f"**/{file}" for file in files))
    return list(dict.fromkeys(found))


def of_user() -> list[str]:
    """Globs below the user's own folder of the product that has settings and plugins."""
    kinds = (dialect for dialect in load().dialects.values() if dialect.product == owner().product)
    globs = (place.glob for dialect in kinds for place in dialect.files if place.scope == "user")
    folders = (glob.removeprefix(f"~/{configuration().folder}/").partition("/")[0] for glob in globs)
    below = (f"{folder}/**" if "." not in folder else folder for folder in dict.fromkeys(folders))
    return list(dict.fromkeys(("*.json", *below, "plugins/*.json")))


def of_home() -> list[str]:
    """Globs below the home folder, for what is the user's own of all other products."""
    folders = (f"{folder}/**" for folder in locations.home_folders())
    return list(dict.fromkeys((*folders, *locations.home_files(), *mcp_files.user_paths())))
