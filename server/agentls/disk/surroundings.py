"""What lies around one file: the plugins that hold it, the configuration that counts for it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from agentls.disk.files import FileContent, file_content
from agentls.disk.installed_plugins import plugins_at
from agentls.products.configuration import configuration
from agentls.settings import config_files
from agentls.system import paths

if TYPE_CHECKING:
    from agentls.products.plugins import Plugin


class DiskState(NamedTuple):
    """What the disk knows of one file: its bytes decoded, the plugins that hold it, its configuration."""

    found: FileContent | None
    plugins: dict[str, Plugin]
    configuration: FileContent | None = None


def inspect(path: str) -> DiskState:
    """Read one file and its neighbourhood."""
    return DiskState(file_content(path), plugins_above(path), configuration_above(path))


def configuration_above(path: str) -> FileContent | None:
    """The nearest configuration file in a folder that holds ``path``, or in ``path`` if it is a folder."""
    folders = (path, *paths.parents(path))
    return next(filter(None, map(configuration_in, folders)), None)


def configuration_in(folder: str) -> FileContent | None:
    """The configuration file that lies right in a folder."""
    for candidate in config_files.candidates(folder):
        found_here = file_content(candidate) if os.path.isfile(candidate) else None
        if found_here and config_files.has_settings(candidate, found_here.source):
            return found_here
    return None


def plugins_above(path: str) -> dict[str, Plugin]:
    marked = (
        folder
        for folder in paths.parents(path)
        if os.path.isdir(os.path.join(folder, configuration().plugin_folder))
    )
    found = (plugins_at(folder).items() for folder in marked)
    return {folder: plugin for each in found for folder, plugin in each if paths.is_within(path, folder)}
