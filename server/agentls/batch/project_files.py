"""The files to check, and everything that they can name, read once."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from agentls import disk
from agentls.indexing import findings_cache
from agentls.indexing.effective_settings import SettingsOfFiles
from agentls.indexing.findings_cache import Cache
from agentls.indexing.reading import Reader, ScanResult
from agentls.outcome.summarize import summarize
from agentls.products import identification, locations
from agentls.products.configuration import configuration
from agentls.products.identification import Surroundings
from agentls.semantics.file import read_file
from agentls.system import paths
from agentls.text.decoding import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from agentls.disk import FileContent
    from agentls.indexing.findings_cache import CachedFile
    from agentls.indexing.reading_context import ReadingContext
    from agentls.products.plugins import Plugin
    from agentls.semantics.file import File
    from agentls.semantics.summary import FileSummary
    from agentls.settings.layers import Layer, Settings
    from agentls.workspace import Workspace

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
    reader = _BatchReader(
        projects, surroundings=surroundings, settings_of=settings.of, places=places, progress=progress
    )
    pieces = reader.pieces()
    is_worth_it = sum(len(piece.changed) for piece in pieces) >= _LEAST_REMEMBERED
    name = findings_cache.name(disk.program_digest(), projects) if remember and is_worth_it else ""
    reader.name, reader.cache = name, Cache.read(remember(name) if remember and name else None)
    reader.workspace.set_folders((), (os.getcwd(),), surroundings.home)
    while pieces:
        reader.is_behind = False
        for step in reader.steps(pieces, ScanResult(settings.of)):
            step()
        # What was met late may be what earlier files belong to.
        pieces = reader.pieces() if reader.is_behind else []
    unrecognized = [content.path for content in places.singles.values() if not reader.add(content)]
    return Batch(
        tuple(reader.sources.values()),
        workspace=reader.workspace,
        surroundings=reader.surroundings,
        cache=reader.cache,
        name=name,
        unreadable=places.unreadable,
        unrecognized=tuple(unrecognized),
        complaints=tuple(settings.complaints),
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


def _is_below(path: str, folders: Iterable[str]) -> bool:
    return any(paths.is_within(path, folder) for folder in folders)


@dataclass(kw_only=True)
class _BatchReader(Reader):
    """Keeps what is to be checked; ``name`` is empty where nothing is remembered."""

    # What is read is needed here.
    may_share = False

    places: _NamedPaths
    progress: Callable[[int], None]
    cache: Cache = field(default_factory=Cache)
    name: str = ""
    sources: dict[str, Source] = field(default_factory=dict)
    _contexts: dict[int, tuple[Surroundings, str]] = field(default_factory=dict)
    _told: dict[str, set[str]] = field(default_factory=dict)

    def pieces(self) -> list[disk.Slice]:
        """All that a scan comes across: what is named, its plugins and projects, the user's own."""
        folders, user = self.places.folders, self.surroundings.user_folder
        searched = dict.fromkeys((*folders, *self.surroundings.plugins))
        nearby = [
            project
            for project in self.folders
            if project not in searched and os.path.join(project, configuration().folder) != user
        ]

        def is_wanted(path: str) -> bool:
            return disk.is_of_interest(path) or (path.endswith(".md") and _is_below(path, folders))

        plan = disk.Scan(tuple(searched), tuple(nearby), user, known=dict(self.stamps), is_wanted=is_wanted)
        return list(self.slices(plan, self.settings_of))

    def is_open(self, path: str) -> bool:
        return paths.key(path) in self.places.singles

    def summarize(self, content: FileContent, context: ReadingContext) -> FileSummary | None:
        if self.is_open(content.path):
            return None
        source = self._source(content)
        is_new = source.summary and not self._is_told(content, source)
        if is_new and _is_below(content.path, self.places.folders):
            self.sources[content.path] = source
        return context.placed(content.path, content.source, source.summary)

    def _is_told(self, content: FileContent, source: Source) -> bool:
        """Whether the same product reads the file at another path, where it was met before."""
        link = disk.linked_folder_around(content.path, self.linked_folders)
        first = self.linked_folders[link] + content.path[len(link) :] if link else content.path
        if not self.linked_folders or source.file is None:
            return bool(link)
        told = self._told.setdefault(paths.key(first), set())
        if link and not told and (source_there := self.sources.get(first)) and source_there.file:
            told.add(source_there.file.dialect.name)
        is_told = source.file.dialect.name in told
        told.add(source.file.dialect.name)
        return is_told

    def progressed(self) -> None:
        self.progress(len(self.stamps))

    def add(self, content: FileContent) -> bool:
        """Take in a file that was named itself; False for a stranger."""
        source = self._source(content)
        context = self.context(self.settings_of)
        self.workspace.put(context.placed(content.path, content.source, source.summary))
        if source.summary:
            self.sources[content.path] = source
        return source.summary is not None

    def _source(self, content: FileContent) -> Source:
        settings = self.settings_of(content.path)
        if not self.name:
            return Source(content, self.surroundings, settings)
        key = findings_cache.key(content, self._key_context(settings))
        return Source(content, self.surroundings, settings, key, self.cache.get(key))

    def _key_context(self, settings: Settings) -> str:
        # Many files share one, and it may tell of a thousand plugins.
        known = self._contexts.get(id(settings))
        if known is None or known[0] is not self.surroundings:
            known = self.surroundings, findings_cache.context(self.surroundings, settings)
            self._contexts[id(settings)] = known
        return known[1]
