"""A walk through folders and the files in them, with the plugins on the way; links cannot make it endless."""

from __future__ import annotations

import contextlib
import errno
import logging
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from agentls import dialects
from agentls.disk.plugins import plugins_at
from agentls.plugins import MANIFEST, MARK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.plugins import Plugin

_log = logging.getLogger(__name__)

# What makes a folder the root of a git repository: a folder, in work trees and submodules a file.
REPOSITORY_MARK = ".git"
# Folders in which no author keeps agents, and which can be very large. What Claude Code keeps in
# `.claude/worktrees` are copies of the same repository.
_SKIPPED = frozenset(
    {".git", ".hg", ".svn", "node_modules", "__pycache__", "site-packages", ".venv", "venv", ".tox"}
)
# Skills and agents are shared by links to their folders; a link to a whole disk shares nothing.
_MOST_LINKED = 2000


@dataclass
class Walk:
    """Walks folders without recursion, each real folder once."""

    visited: set[tuple[int, int]] = field(default_factory=set)
    plugins: dict[str, Plugin] = field(default_factory=dict)
    repositories: set[str] = field(default_factory=set)
    _new: dict[str, Plugin] = field(default_factory=dict)
    _files: set[str] = field(default_factory=set)
    _folders: tuple[str, ...] = ()

    def meet(self, folder: str, plugin: Plugin) -> None:
        """Remember a plugin, and which of its files are its parts although they do not look like it."""
        self.plugins[folder] = self._new[folder] = plugin
        own = [os.path.join(folder, *part.split("/")) for part in (*plugin.unusual, *plugin.servers)]
        self._files |= set(own)
        self._folders += tuple(path + os.sep for path in own[: len(plugin.unusual)])

    def _meet_at(self, folder: str) -> None:
        for place, plugin in plugins_at(folder).items():
            if place not in self.plugins:
                self.meet(place, plugin)

    def new_plugins(self) -> dict[str, Plugin]:
        """The plugins met since this was asked last."""
        new, self._new = self._new, {}
        return new

    def is_part(self, path: str) -> bool:
        return path in self._files or (path.endswith(".md") and path.startswith(self._folders))

    def files(self, root: str) -> Iterator[str]:
        if os.path.isfile(root):
            yield root
            return
        pending = [(root, False)]
        linked = 0
        while pending:
            folder, is_linked = pending.pop()
            linked += is_linked
            if is_linked and linked > _MOST_LINKED:
                _log.warning("links lead to more than %d folders; %s is left out", _MOST_LINKED, folder)
                continue
            entries = self._entries(folder)
            names = {entry.name for entry in entries}
            if REPOSITORY_MARK in names:
                self.repositories.add(folder)
            if MARK in names and folder not in self.plugins:
                self._meet_at(folder)
                yield os.path.join(folder, *MANIFEST.split("/"))
            if "pyvenv.cfg" in names:
                continue
            folders: list[tuple[str, bool]] = []
            for entry in sorted(entries, key=lambda entry: entry.name):
                with contextlib.suppress(OSError):
                    if entry.is_dir():
                        if is_entered(entry.name, folder):
                            folders.append((entry.path, is_linked or entry.is_symlink()))
                    else:
                        yield entry.path
            pending += reversed(folders)

    def _entries(self, folder: str) -> list[os.DirEntry[str]]:
        try:
            status = os.stat(folder)
            if (status.st_dev, status.st_ino) in self.visited:
                return []
            if status.st_ino:
                self.visited.add((status.st_dev, status.st_ino))
            with os.scandir(folder) as entries:
                return list(entries)
        except OSError as error:
            if error.errno != errno.ENOENT:
                _log.warning("cannot read the folder %s: %s", folder, error.strerror)
            return []


def is_entered(name: str, around: str) -> bool:
    """Whether a walk goes into a folder of that name in the folder ``around``."""
    if name in _SKIPPED or (name == "worktrees" and os.path.basename(around) == ".claude"):
        return False
    return not name.startswith(".") or name in dialects.dot_folders()
