"""Checks many files once, one after the other, for the terminal and for CI; nothing is kept or watched."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from agentls import checking, dialects, disk, paths
from agentls import file as files
from agentls.decoding import decode
from agentls.dialects import Surroundings
from agentls.facts import other_facts
from agentls.preferences import preferences
from agentls.repair import certain, chosen, repair
from agentls.workspace import View, Workspace, facts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from agentls.disk import Found
    from agentls.file import File
    from agentls.findings import Finding
    from agentls.repair import Choose, Repaired
    from agentls.settings import Layer, Settings
    from agentls.text import Text


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A path that the user named and that cannot be read, with the reason in words."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Batch:
    """The files to check and everything they can name.

    ``strangers`` are the files that the user named although no dialect knows them.
    ``complaints`` say which settings cannot be used.
    """

    files: tuple[File, ...]
    workspace: Workspace
    surroundings: Surroundings
    unreadable: tuple[Unreadable, ...] = ()
    strangers: tuple[str, ...] = ()
    complaints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What was found in one file; the ``fixable`` among the findings have exactly one plausible repair."""

    path: str
    text: Text
    findings: tuple[Finding, ...]
    fixable: frozenset[Finding]


def read(
    named: Iterable[str],
    overrides: Layer | None = None,
    buffers: Iterable[Found] = (),
    progress: Callable[[int], None] = lambda count: None,  # noqa: ARG005
) -> Batch:
    """Read the files and folders that are named, and what their files can name.

    Each file's settings are those of its nearest configuration, with ``overrides`` on top.
    ``buffers`` are checked in place of what is on disk; ``progress`` is told how many files were read.
    """
    folders: list[str] = []
    singles: dict[str, Found] = {paths.key(buffer.path): buffer for buffer in buffers}
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
    wishes = _Preferences(overrides)
    first = next(iter([*folders, *(single.path for single in singles.values())]), os.getcwd())
    surroundings = _surroundings(folders, singles.values(), wishes.of(first))
    collection = _Collection(surroundings, _projects(folders, singles.values()), wishes)
    for piece in disk.scan(_plan(collection, folders)):
        collection.add_plugins(piece.plugins)
        for found in piece.found:
            if paths.key(found.path) not in singles:
                collection.add(found, folders)
        collection.read += len(piece.found)
        progress(collection.read)
    strangers = [found.path for found in singles.values() if not collection.add(found, [found.path])]
    collection.workspace.is_complete = True
    return Batch(
        tuple(collection.files),
        collection.workspace,
        collection.surroundings,
        tuple(unreadable),
        tuple(strangers),
        tuple(wishes.complaints),
    )


@dataclass(slots=True)
class _Preferences:
    """The settings of each file; a configuration is read once."""

    overrides: Layer | None
    complaints: dict[str, None] = field(default_factory=dict)
    _by_folder: dict[str, Settings] = field(default_factory=dict)
    _by_configuration: dict[str, Settings] = field(default_factory=dict)

    def of(self, path: str) -> Settings:
        folder = os.path.dirname(path)
        if folder not in self._by_folder:
            found = disk.configuration_above(path)
            key = found.path if found else ""
            if key not in self._by_configuration:
                self._by_configuration[key] = self._read(found)
            self._by_folder[folder] = self._by_configuration[key]
        return self._by_folder[folder]

    def _read(self, found: Found | None) -> Settings:
        settings, complaints = preferences(found, self.overrides)
        self.complaints |= dict.fromkeys(complaints)
        return settings


def _found(path: str) -> Found:
    source, origin = decode(disk.read_or_raise(path, dialects.MAX_SIZE))
    return disk.Found(path, source, origin)


def _surroundings(folders: list[str], singles: Iterable[Found], settings: Settings) -> Surroundings:
    plugins: dict[str, str] = {}
    for path in (*folders, *(found.path for found in singles)):
        plugins |= disk.plugins_above(path)
    if not settings.user_scope:
        return Surroundings(plugins=plugins)
    return Surroundings(disk.user_folder(), plugins, disk.home_folder())


def _projects(folders: list[str], singles: Iterable[Found]) -> list[str]:
    """The folders that what is named belongs to: each one's project, else the folder itself."""
    found: dict[str, None] = {}
    for folder in (*folders, *(os.path.dirname(single.path) for single in singles)):
        found[dialects.project_of(folder) or folder] = None
    return list(found)


def _plan(collection: _Collection, folders: list[str]) -> disk.Scan:
    """Where names are defined: in what is named, in the plugins it lies in, in its projects, by the user."""
    user = collection.surroundings.user_folder
    searched = dict.fromkeys((*folders, *collection.surroundings.plugins))
    nearby = [
        project
        for project in collection.projects
        if project not in searched and os.path.join(project, ".claude") != user
    ]

    def is_wanted(path: str) -> bool:
        return disk.is_of_interest(path) or (path.endswith(".md") and _is_below(path, folders))

    return disk.Scan(tuple(searched), tuple(nearby), user, is_wanted=is_wanted)


def _is_below(path: str, folders: Iterable[str]) -> bool:
    return any(paths.is_within(path, folder) for folder in folders)


@dataclass(slots=True)
class _Collection:
    """What has been read so far."""

    surroundings: Surroundings
    projects: list[str]
    preferences: _Preferences
    workspace: Workspace = field(default_factory=Workspace)
    files: list[File] = field(default_factory=list)
    read: int = 0

    def add_plugins(self, plugins: dict[str, str]) -> None:
        if plugins:
            self.surroundings = replace(self.surroundings, plugins={**self.surroundings.plugins, **plugins})

    def add(self, found: Found, wanted: Iterable[str]) -> bool:
        """Take in a file, to be checked if it is below one of ``wanted``; False for a stranger."""
        settings = self.preferences.of(found.path)
        file = files.read(found.path, found.source, self.surroundings, found.origin, settings)
        if file is None:
            if disk.is_of_interest(found.path) or not found.path.endswith(".md"):
                self.workspace.put(other_facts(found.path, found.source, self.projects))
            return False
        self.workspace.put(facts_of(file))
        if _is_below(found.path, wanted):
            self.files.append(file)
        return True


def check(batch: Batch) -> Iterator[Report]:
    """Check one file after the other."""
    for file in batch.files:
        view, findings = _check(batch.workspace, file)
        fixable = frozenset(finding for finding, _ in chosen(view, file, findings, certain))
        yield Report(file.path, file.text, tuple(findings), fixable)


def mend(
    batch: Batch, choose: Choose, is_wanted: Callable[[Finding], bool]
) -> Iterator[tuple[File, Repaired]]:
    """Each file and what becomes of it; nothing is written."""
    for file in batch.files:
        # First everything is looked up that the file links to, since a repair may depend on it.
        view, _ = _check(batch.workspace, file)
        yield file, repair(view, file, batch.surroundings, choose, is_wanted)


def _check(workspace: Workspace, file: File) -> tuple[View, list[Finding]]:
    """Check a file, and once more when it asked for paths that nobody had looked for."""
    while True:
        view = View(workspace)
        findings = checking.check(view, file)
        wanted = [name for kind, name in view.asked if kind == "path" and workspace.exists(name) is None]
        if not wanted:
            return view, findings
        workspace.learn_paths(disk.existing(wanted))
