"""Reads what a scan of the disk comes across into a workspace; for the editor and for the terminal.

``Reader.steps`` is the one loop that does: what a scan has met, the settings and the surroundings there, the
files, their summaries, the workspace. The editor's session has it run in pieces on two threads, the terminal
runs it through.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from agentls import disk
from agentls.indexing import shares
from agentls.indexing.reading_context import ReadingContext
from agentls.products.identification import Surroundings
from agentls.settings.layers import Settings
from agentls.system import paths
from agentls.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from agentls.disk import FileContent
    from agentls.products.plugins import Plugin
    from agentls.semantics.summary import FileSummary

_T = TypeVar("_T")
# What waits on the loop waits for so many files at most: some milliseconds.
_AT_ONCE = 20


@dataclass
class ScanResult:
    """What one scan has come across so far, and which dependents may have other findings.

    ``own`` and ``share`` are the files to be read next, here and by a helper process. ``is_sound``: nothing
    that was met had to be left out. ``missed`` are known files that it has not come across.
    """

    settings_of: Callable[[str], Settings]
    changed: tuple[str, ...] = ()
    paths: set[str] = field(default_factory=set)
    plugins: set[str] = field(default_factory=set)
    hidden: list[str] = field(default_factory=list)
    repositories: frozenset[str] = frozenset()
    enabled: dict[str, tuple[str, ...]] = field(default_factory=dict)
    affected: set[str] = field(default_factory=set)
    linked_folders: Mapping[str, str] = field(default_factory=dict)
    is_whole: bool = False
    stamps: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    is_sound: bool = True
    own: Sequence[str] = ()
    share: shares.Share | None = None
    missed: set[str] = field(default_factory=set)


@dataclass
class Reader:
    """``folders`` are the open ones; ``settings_of`` a path are those at the last scan.

    ``is_behind``: files that were read would say something else now, so that a scan is needed.
    """

    folders: list[str] = field(default_factory=list)
    workspace: Workspace = field(default_factory=Workspace)
    surroundings: Surroundings = field(default_factory=Surroundings)
    settings_of: Callable[[str], Settings] = field(default=lambda path: Settings())  # noqa: ARG005
    is_behind: bool = False
    linked_folders: Mapping[str, str] = field(default_factory=dict)
    stamps: dict[str, tuple[int, int]] = field(default_factory=dict)
    _read_with: dict[str, Settings] = field(default_factory=dict)
    _met: set[str] = field(default_factory=set)

    # What another kind of reader does otherwise

    # Whether a helper process may make summaries: where nothing else is wanted of the files.
    may_share = True

    def is_open(self, path: str) -> bool:  # noqa: ARG002
        """Whether something else than the disk says what is in a file."""
        return False

    def summarize(self, content: FileContent, context: ReadingContext) -> FileSummary | None:
        """What a file says; None for a file that is not to be known."""
        return context.summarize_content(content)

    def progressed(self) -> None:
        """More files are known by now."""

    def projects_changed(self) -> None:
        """Other plugins or repositories are known, so that any file may belong to another one."""

    # The loop

    def slices(self, plan: disk.Scan, settings_of: Callable[[str], Settings]) -> Iterator[disk.Slice]:
        """What a scan comes across; on the disk's thread, so that nobody waits for settings afterwards."""
        read_with = dict(self._read_with)
        for path, settings in read_with.items() if not plan.changed else ():
            if path in plan.known and _relevant(path, settings) != _relevant(path, settings_of(path)):
                # Known still, but to be read again.
                plan.known[path] = disk.STALE_STAMP
        for piece in disk.scan(plan):
            for path in piece.changed:
                settings_of(path)
            yield piece

    def steps(self, slices: Iterable[disk.Slice], result: ScanResult) -> Iterator[Callable[[], None]]:
        """One scan as steps; each is to be done before the next one is asked for, if on another thread."""
        for piece in slices:
            yield partial(self._start_slice, piece, result)
            try:
                for some in _chunks(result.own):
                    yield partial(
                        self._take_files, [(path, disk.file_content(path)) for path in some], result
                    )
                for summaries in _chunks(result.share.summaries()) if result.share else ():
                    yield partial(self._take_share, summaries, result)
            finally:
                if result.share:
                    result.share.helper.end()
            result.is_whole = piece.is_last and result.is_sound
        # Of a scan that was broken off, nobody knows what it would have come across.
        if result.is_whole:
            yield partial(self._miss, result)
            for gone in _chunks(result.missed):
                yield partial(self._drop, gone, result)
        yield partial(self._finish, result)

    def _start_slice(self, piece: disk.Slice, result: ScanResult) -> None:
        was_sound, result.is_sound = result.is_sound, False
        result.own, result.share = (), None
        result.paths.update(piece.seen)
        result.plugins |= piece.plugins.keys()
        result.hidden += piece.hidden
        result.repositories = piece.repositories
        result.enabled.update(piece.enabled)
        known = self.surroundings
        # Both are asked, since each takes in what is new.
        if self._add_plugins(piece.plugins) | self._surround(
            known.repositories | piece.repositories, {**known.enabled, **piece.enabled}
        ):
            self.projects_changed()
        self._mark_stale(link for link, _ in piece.linked_folders.items() - self.linked_folders.items())
        result.linked_folders = piece.linked_folders
        self.linked_folders = {**self.linked_folders, **piece.linked_folders}
        result.stamps = piece.changed
        result.own = list(piece.changed)
        if self.may_share:
            # A helper may begin: the disk's thread waits, so that nobody but this thread can hold a lock.
            result.own, result.share = shares.divide(result.own, self.context(result.settings_of))
        result.is_sound = was_sound

    def _take_files(self, read: Iterable[tuple[str, FileContent | None]], result: ScanResult) -> None:
        context = self.context(result.settings_of)
        self._take(((path, self.summarize(one, context) if one else None) for path, one in read), result)

    def _take_share(self, known: Iterable[tuple[str, FileSummary | None]], result: ScanResult) -> None:
        if result.share and result.share.context.surroundings is not self.surroundings:
            # They may be another plugin's by now.
            self.is_behind, result.is_sound = True, False
            return
        self._take(known, result)

    def _take(self, known: Iterable[tuple[str, FileSummary | None]], result: ScanResult) -> None:
        """Take in what files say, and forget what those said that cannot be read any more."""
        for path, summary in known:
            if summary:
                self.stamps[path] = result.stamps[path]
                self._read_with[path] = result.settings_of(path)
            # Told at the end: a file that was moved would be missing for a moment.
            if not self.is_open(path):
                result.affected |= self.workspace.put(summary) if summary else self.workspace.drop(path)
        self.progressed()

    def _miss(self, result: ScanResult) -> None:
        result.missed = self._expected_paths(result.changed) - result.paths

    def _drop(self, gone: Iterable[str], result: ScanResult) -> None:
        """Forget files that the scan should have come across."""
        for path in gone:
            self._read_with.pop(path, None)
            if self.stamps.pop(path, None) and not self.is_open(path):
                result.affected |= self.workspace.drop(path)

    def _finish(self, result: ScanResult) -> None:
        if result.is_whole and not result.changed:
            self._mark_stale(link for link, _ in self.linked_folders.items() ^ result.linked_folders.items())
            self._met, self.linked_folders = result.plugins, result.linked_folders
            if self._drop_plugins() | self._surround(result.repositories, result.enabled):
                self.projects_changed()
            # What a plugin that cannot be read brings along may be any name.
            result.affected |= self.workspace.set_complete(is_complete=not result.hidden)

    def _expected_paths(self, changed: tuple[str, ...]) -> set[str]:
        """The known files at ``changed`` and in them; all where nothing in particular was scanned."""
        if not changed:
            return set(self.stamps)
        folders = [path for path in changed if path not in self.stamps]
        inside = set(paths.below(self.stamps, folders))
        return inside.union(path for path in changed if path in self.stamps)

    # What files belong to

    def context(self, settings_of: Callable[[str], Settings]) -> ReadingContext:
        return ReadingContext(settings_of, self.folders, self.surroundings, self.linked_folders)

    def is_covered(self, path: str) -> bool:
        """Whether a scan of everything comes across a path without being sent there."""
        return any(paths.is_within(path, folder) for folder in self.folders)

    def add_plugins_around(self, plugins: Mapping[str, Plugin]) -> bool:
        """Take in the plugins around an open file; True when that is news."""
        return self._add_plugins({folder: p for folder, p in plugins.items() if folder not in self._met})

    def _add_plugins(self, plugins: Mapping[str, Plugin]) -> bool:
        before = self.surroundings.plugins
        if all(before.get(folder) == plugin for folder, plugin in plugins.items()):
            return False
        self._mark_stale(folder for folder, plugin in plugins.items() if before.get(folder) != plugin)
        self.surroundings = replace(self.surroundings, plugins={**before, **plugins})
        return True

    def _drop_plugins(self) -> bool:
        """Forget the plugins that are no longer there; True when there are such."""
        before = self.surroundings.plugins
        gone = {f for f in before.keys() - self._met if self.is_covered(f)}
        self._mark_stale(gone)
        self.surroundings = replace(
            self.surroundings, plugins={f: plugin for f, plugin in before.items() if f not in gone}
        )
        return bool(gone)

    def _surround(self, repositories: frozenset[str], enabled: Mapping[str, tuple[str, ...]]) -> bool:
        """These are the repositories and the installed plugins from now on; True when that is news."""
        before = self.surroundings
        known = before.enabled.keys() | enabled.keys()
        moved = {folder for folder in known if before.enabled.get(folder) != enabled.get(folder)}
        self._mark_stale((before.repositories ^ repositories) | moved)
        self.surroundings = replace(before, repositories=repositories, enabled=enabled)
        return self.surroundings != before

    def _mark_stale(self, folders: Iterable[str]) -> None:
        """Files that were read while these folders were other plugins, or none, say something else now."""
        stale = list(paths.below(self.stamps, set(folders)))
        for path in stale:
            # Known still, so that it is missed if it is not met again.
            self.stamps[path] = disk.STALE_STAMP
        self.is_behind = self.is_behind or bool(stale)


def _relevant(path: str, settings: Settings) -> tuple[object, ...]:
    """The part of the settings that decides what a file says to others."""
    return settings.dialect(path), settings.known, settings.target_version, settings.user_scope


def _chunks(items: Iterable[_T]) -> Iterator[list[_T]]:
    """As many at a time as may be taken in on the loop."""
    rest = iter(items)
    while some := list(islice(rest, _AT_ONCE)):
        yield some
