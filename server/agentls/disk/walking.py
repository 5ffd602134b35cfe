"""A walk through folders and the files in them, with the plugins on the way; links cannot make it endless.

A folder that links lead to is walked at each of its paths: products look below their own.
"""

from __future__ import annotations

import contextlib
import errno
import logging
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from agentls.disk.installed_plugins import plugins_at
from agentls.products import locations
from agentls.products.configuration import configuration
from agentls.products.plugins import manifest_in
from agentls.system import paths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from agentls.products.plugins import Plugin

_log = logging.getLogger(__name__)

# What makes a folder the root of a git repository: a folder, in work trees and submodules a file.
REPOSITORY_MARK = ".git"
# Folders in which no author keeps agents, and which can be very large. What Claude Code keeps in
# `.claude/worktrees` are copies of the same repository.
SKIPPED = frozenset(
    {".git", ".hg", ".svn", "node_modules", "__pycache__", "site-packages", ".venv", "venv", ".tox"}
)
# Skills and agents are shared by links to their folders; a link to a whole disk shares nothing.
_MOST_LINKED = 2000


_Identity = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Step:
    """``around``: the real folders that the path leads through."""

    folder: str
    is_linked: bool = False
    is_repeated: bool = False
    around: tuple[_Identity, ...] = ()


@dataclass
class Walk:
    """Walks folders without recursion, each path once.

    ``visited``: where each real folder was met first; ``first_path`` has where another walk met it.
    ``linked_folders``: the folders that were met again at another path, by that, with the first one.
    """

    first_path: Callable[[str], str] = lambda folder: folder
    visited: dict[_Identity, str] = field(default_factory=dict)
    linked_folders: dict[str, str] = field(default_factory=dict)
    plugins: dict[str, Plugin] = field(default_factory=dict)
    repositories: set[str] = field(default_factory=set)
    _new: dict[str, Plugin] = field(default_factory=dict)
    _walked: set[str] = field(default_factory=set)
    _files: set[str] = field(default_factory=set)
    _folders: set[str] = field(default_factory=set)

    def add_plugin(self, folder: str, plugin: Plugin) -> None:
        """Remember a plugin, and which of its files are its parts although they do not look like it."""
        self.plugins[folder] = self._new[folder] = plugin
        named = (paths.join(folder, part) for part in (*plugin.unusual, *plugin.servers))
        own = [path for path in named if path]
        self._files |= set(own)
        self._folders.update(own[: len(plugin.unusual)])

    def _add_plugins_at(self, folder: str) -> None:
        for place, plugin in plugins_at(folder).items():
            if place not in self.plugins:
                self.add_plugin(place, plugin)

    def new_plugins(self) -> dict[str, Plugin]:
        """The plugins met since this was asked last."""
        new, self._new = self._new, {}
        return new

    def is_part(self, path: str) -> bool:
        if path in self._files:
            return True
        is_page = bool(self._folders) and path.endswith(".md")
        return is_page and not self._folders.isdisjoint(paths.parents(path))

    def files(self, root: str) -> Iterator[str]:
        if os.path.isfile(root):
            yield root
            return
        pending = [_Step(root)]
        linked = 0
        while pending:
            step = pending.pop()
            folder = step.folder
            linked += step.is_linked
            if step.is_linked and linked > _MOST_LINKED:
                _log.warning("more than %d linked folders; %s is skipped", _MOST_LINKED, folder)
                continue
            identity, entries = self._entries(step)
            around = (*step.around, identity)
            is_repeated = step.is_repeated or folder in self.linked_folders
            names = {entry.name for entry in entries}
            if REPOSITORY_MARK in names:
                self.repositories.add(folder)
            if configuration().plugin_folder in names and folder not in self.plugins:
                self._add_plugins_at(folder)
                yield manifest_in(folder)
            if "pyvenv.cfg" in names:
                continue
            folders: list[_Step] = []
            for entry in sorted(entries, key=lambda entry: entry.name):
                with contextlib.suppress(OSError):
                    if entry.is_dir():
                        if is_entered(entry.name, folder):
                            is_linked = step.is_linked or entry.is_symlink()
                            folders.append(_Step(entry.path, is_linked, is_repeated, around))
                    else:
                        yield entry.path
            pending += reversed(folders)

    def _entries(self, step: _Step) -> tuple[_Identity, list[os.DirEntry[str]]]:
        identity = (0, 0)
        try:
            status = os.stat(step.folder)
            identity = (status.st_dev, status.st_ino)
            if not self._is_new(step, identity):
                return identity, []
            with os.scandir(step.folder) as entries:
                return identity, list(entries)
        except OSError as error:
            if error.errno != errno.ENOENT:
                _log.warning("cannot read the folder %s: %s", step.folder, error.strerror)
            return identity, []

    def _is_new(self, step: _Step, identity: _Identity) -> bool:
        """Whether the path is met for the first time, and does not lead in a circle."""
        if not identity[1]:
            return True
        key = paths.key(step.folder)
        # A root is met again where one lies in another.
        if key in self._walked or identity in step.around:
            return False
        self._walked.add(key)
        if identity not in self.visited:
            self.visited[identity] = self.first_path(step.folder)
        if not step.is_repeated and paths.key(self.visited[identity]) != key:
            self.linked_folders[step.folder] = self.visited[identity]
        return True


def linked_folder_around(path: str, linked_folders: Mapping[str, str]) -> str:
    """The folder around ``path`` that had been met at another path before; empty where none had."""
    return (
        next((folder for folder in paths.parents(path) if folder in linked_folders), "")
        if linked_folders
        else ""
    )


def is_entered(name: str, around: str) -> bool:
    """Whether a walk goes into a folder of that name in the folder ``around``."""
    if name in SKIPPED or (name == "worktrees" and os.path.basename(around) == configuration().folder):
        return False
    return not name.startswith(".") or name in locations.dot_folders()
