"""The files and folders whose changes the client has to report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from agentls import disk
from agentls.disk import watch_globs
from agentls.system import paths

if TYPE_CHECKING:
    from agentls.lsp.client_capabilities import ClientCapabilities


def file_watchers(client: ClientCapabilities) -> list[types.FileSystemWatcher]:
    """For a client that ``watches_files``."""
    watchers = [types.FileSystemWatcher(glob) for glob in watch_globs.of_project()]
    if client.watches_outside_workspace:
        user = paths.to_uri(disk.user_folder())
        home = paths.to_uri(disk.home_folder())
        patterns = [types.RelativePattern(user, glob) for glob in watch_globs.of_user()]
        patterns += [types.RelativePattern(home, glob) for glob in watch_globs.of_home()]
        watchers += [types.FileSystemWatcher(pattern) for pattern in patterns]
    return watchers
