"""The files to check, and everything that they can name, read once."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from agentls import disk
from agentls.indexing import findings_cache
from agentls.indexing.effective_settings import SettingsOfFiles
from agentls.indexing.findings_cache import Cache
from agentls.outcome.summarize import summarize, summarize_link
from agentls.outcome.summarize_others import summarize_other
from agentls.products import identification, locations
from agentls.products.configuration import configuration
from agentls.products.identification import Surroundings
from agentls.semantics.file import read_file
from agentls.system import paths
from agentls.text.decoding import decode
from agentls.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from agentls.disk import FileContent
    from agentls.indexing.findings_cache import CachedFile
    from agentls.products.plugins import Plugin
    from agentls.semantics.file import File
    from agentls.semantics.summary import FileSummary
    from agentls.settings.layers import Layer, Settings

# Fewer files are checked sooner than what is remembered of them is read.
_LEAST_REMEMBERED = 40


class Unreadable(NamedTuple):
    """A path that the user named and that cannot be read, with the reason in words."""

    path: str
    reason: str


@dataclass(frozen=True)
class Source:
    """A file to check, which may not have to be read by its dialect.

    ``key`` is what its findings are kept under; ``cached`` what they were the last time.
    """

    found: FileContent
    surroundings: Surroundings
    settings: Settings
    key: str = ""
    cached: CachedFile | None = None

    @cached_property
    def file(self) -> File | None:
        found = self.found
        return read_file(found.path, found.source, self.surroundings, found.origin, self.settings)

    @cached_property
    def summary(self) -> FileSummary | None:
        """What it says to others; None for a file of no dialect."""
        if self.cached:
            return self.cached.summary
        return summarize(self.file) if self.file else None


class Batch(NamedTuple):
    """The files to check and everything they can name.

    ``unrecognized`` are the files that the user named although no dialect knows them.
    ``complaints`` say which settings cannot be used.
    ``name`` is what the findings' cache is kept under; empty where it is not to be kept.
    """

    sources: tuple[Source, ...]
    workspace: Workspace
    surroundings: Surroundings
    cache: Cache
    name: str = ""
    unreadable: tuple[Unreadable, ...] = ()
    unrecognized: tuple[str, ...] = ()
    complaints: tuple[str, ...] = ()

    @property
    def files(self) -> tuple[File, ...]:
        """The files, read by their dialects."""
        return tuple(source.file for source in self.sources if source.file)


def read(
    named: Iterable[str],
    overrides: Layer | None = None,
    buffers: Iterable[FileContent] = (),
    progress: Callable[[int], None] = lambda count: None,  # noqa: ARG005
    remember: Callable[[str], bytes | None] | None = None,
) -> Batch:
    """Read the files and folders that are named, and what their files can name.

    Each file's settings are those of its nearest configuration, with ``overrides`` on top.
    ``buffers`` are checked in place of what is on disk; ``progress`` is told how many files were read.
    ``remember`` gives what was kept of a project under a name; without it, everything is found anew.
    """
    places = _places(named, buffers)
    settings = SettingsOfFiles(overrides)
    surroundings = _surroundings(places, settings)
    projects = _projects(places)
    pieces = list(disk.scan(_plan(surroundings, projects, places.folders)))
    is_worth_it = sum(len(piece.changed) for piece in pieces) >= _LEAST_REMEMBERED
    name = findings_cache.name(disk.program_digest(), projects) if remember and is_worth_it else ""
    kept = Cache.read(remember(name) if remember and name else None)
    collection = _Collection(places, projects, settings, surroundings, kept, name)
    for piece in pieces:
        collection.add_piece(piece)
        progress(collection.read)
    unrecognized = [
        found.path for found in places.singles.values() if not collection.add(found, [found.path])
    ]
    workspace = collection.workspace
    workspace.is_complete = not collection.hidden
    workspace.folders, workspace.home = (os.getcwd(),), surroundings.home
    return Batch(
        tuple(collection.sources),
        workspace,
        collection.surroundings,
        kept,
        name,
        places.unreadable,
        tuple(unrecognized),
        tuple(settings.complaints),
    )


class _NamedPaths(NamedTuple):
    """What the user named: folders, and files by their keys."""

    folders: tuple[str, ...]
    singles: dict[str, FileContent]
    unreadable: tuple[Unreadable, ...]

    @property
    def around(self) -> list[str]:
        """The folders, and those of the files."""
        return list(dict.fromkeys((*self.folders, *(os.path.dirname(f.path) for f in self.singles.values()))))


def _places(named: Iterable[str], buffers: Iterable[FileContent]) -> _NamedPaths:
    folders: list[str] = []
    singles = {paths.key(buffer.path): buffer for buffer in buffers}
    unreadable: list[Unreadable] = []
    for name in named:
        # An empty name would become the current folder.
        path = os.path.abspath(name) if name else name
        try:
            if disk.is_folder(path):
                folders.append(path)
            else:
                singles.setdefault(paths.key(path), _found(path))
        except OSError as error:
            unreadable.append(Unreadable(path, error.strerror or str(error)))
    return _NamedPaths(tuple(folders), singles, tuple(unreadable))


def _found(path: str) -> FileContent:
    source, origin = decode(disk.read_or_raise(path, identification.MAX_SIZE))
    return disk.FileContent(path, source, origin)


def _surroundings(places: _NamedPaths, settings: SettingsOfFiles) -> Surroundings:
    plugins: dict[str, Plugin] = {}
    for path in (*places.folders, *(found.path for found in places.singles.values())):
        plugins |= disk.plugins_above(path)
    if not any(settings.of_folder(folder).user_scope for folder in places.around or [os.getcwd()]):
        return Surroundings(plugins=plugins)
    return Surroundings(disk.user_folder(), plugins, disk.home_folder())


def _projects(places: _NamedPaths) -> list[str]:
    """The folders that what is named belongs to: each one's project, else the folder itself."""
    return list(dict.fromkeys(locations.project_of(folder) or folder for folder in places.around))


def _plan(surroundings: Surroundings, projects: list[str], folders: Iterable[str]) -> disk.Scan:
    """Where names are defined: in what is named, in the plugins it lies in, in its projects, by the user."""
    user = surroundings.user_folder
    searched = dict.fromkeys((*folders, *surroundings.plugins))
    nearby = [
        project
        for project in projects
        if project not in searched and os.path.join(project, configuration().folder) != user
    ]

    def is_wanted(path: str) -> bool:
        return disk.is_of_interest(path) or (path.endswith(".md") and _is_below(path, folders))

    return disk.Scan(tuple(searched), tuple(nearby), user, is_wanted=is_wanted)


def _is_below(path: str, folders: Iterable[str]) -> bool:
    return any(paths.is_within(path, folder) for folder in folders)


@dataclass(slots=True)
class _Collection:
    """What has been read so far; ``name`` is empty where nothing is remembered."""

    places: _NamedPaths
    projects: list[str]
    settings: SettingsOfFiles
    surroundings: Surroundings
    cache: Cache
    name: str
    workspace: Workspace = field(default_factory=Workspace)
    sources: list[Source] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    read: int = 0
    _contexts: dict[int, tuple[Surroundings, str]] = field(default_factory=dict)

    def add_piece(self, piece: disk.Slice) -> None:
        """Take in some files, and the plugins and repositories that hold them."""
        plugins = {**self.surroundings.plugins, **piece.plugins}
        enabled = {**self.surroundings.enabled, **piece.enabled}
        self.surroundings = replace(
            self.surroundings, plugins=plugins, repositories=piece.repositories, enabled=enabled
        )
        self.hidden += piece.hidden
        for path in piece.changed:
            if paths.key(path) in self.places.singles or not (found := disk.file_content(path)):
                continue
            if link := disk.linked_folder_around(path, piece.linked_folders):
                self._add_again(found, link, piece.linked_folders[link])
            else:
                self.add(found, self.places.folders)
        self.read += len(piece.changed)

    def add(self, found: FileContent, wanted: Iterable[str]) -> bool:
        """Take in a file, to be checked if it is below one of ``wanted``; False for a stranger."""
        source = self._source(found)
        if source.summary is None:
            if disk.is_of_interest(found.path) or not found.path.endswith(".md"):
                self.workspace.put(
                    summarize_other(found.path, found.source, self.projects, self.surroundings)
                )
            return False
        self.workspace.put(source.summary)
        if _is_below(found.path, wanted):
            self.sources.append(source)
        return True

    def _add_again(self, found: FileContent, link: str, target: str) -> None:
        if summary := self._source(found).summary:
            self.workspace.put(summarize_link(summary, link, target))

    def _source(self, found: FileContent) -> Source:
        settings = self.settings.of(found.path)
        if not self.name:
            return Source(found, self.surroundings, settings)
        key = findings_cache.key(found, self._context(settings))
        return Source(found, self.surroundings, settings, key, self.cache.get(key))

    def _context(self, settings: Settings) -> str:
        # Many files share one, and it may tell of a thousand plugins.
        known = self._contexts.get(id(settings))
        if known is None or known[0] is not self.surroundings:
            known = self.surroundings, findings_cache.context(self.surroundings, settings)
            self._contexts[id(settings)] = known
        return known[1]
