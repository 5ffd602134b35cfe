"""The files and folders whose changes the client has to report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from agentls import disk
from agentls.products import locations
from agentls.semantics import mcp_files
from agentls.system import paths

if TYPE_CHECKING:
    from agentls.lsp.client_capabilities import ClientCapabilities

_OF_PROJECTS = (
    "**/*.md",
    "**/.codex/config.toml",
    "**/{agentls,pyproject}.toml",
    "**/.claude-plugin/*.json",
    "**/.claude/settings*.json",
)
# In the user's own folder, where a client watches outside the workspace.
_OF_USER = ("*.json", "{agents,skills,commands}/**", "plugins/*.json")


def file_watchers(client: ClientCapabilities) -> list[types.FileSystemWatcher]:
    """For a client that ``watches_files``."""
    watchers = [types.FileSystemWatcher(glob) for glob in (*_OF_PROJECTS, *_of_products())]
    if client.watches_outside_workspace:
        user = paths.to_uri(disk.user_folder())
        home = paths.to_uri(disk.home_folder())
        patterns = [types.RelativePattern(user, glob) for glob in _OF_USER]
        patterns += [types.RelativePattern(home, f"{folder}/**") for folder in locations.home_folders()]
        patterns += [types.RelativePattern(home, end) for end in mcp_files.at_home()]
        watchers += [types.FileSystemWatcher(pattern) for pattern in patterns]
    return watchers


def _of_products() -> list[str]:
    """Folders, what is in them, and files that are no Markdown."""
    names = ",".join(sorted(locations.folder_names()))
    dotted = ",".join(sorted({".claude-plugin", *locations.dot_folders()}))
    others = [glob for glob in locations.project_globs() if not glob.endswith(".md")]
    others += [f"**/{end}" for end in mcp_files.ends()]
    # No client reports what was in a folder that was deleted.
    return [f"**/{{{dotted},{names}}}", f"**/{{{names}}}/**", *others]
