"""Keeps the workspace equal to the disk: what is there, what changed, what has gone, and which plugins count.

It knows nothing of open documents but whether a path is one: there the buffer counts, not the disk.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Protocol

from agentls import disk
from agentls.indexing import reading
from agentls.outcome.summarize_others import summarize_other
from agentls.products.identification import Surroundings
from agentls.settings.layers import Settings
from agentls.system import paths
from agentls.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from agentls.disk import FileContent
    from agentls.products.plugins import Plugin
    from agentls.semantics.file import File
    from agentls.semantics.summary import FileSummary
    from agentls.system.worker import Worker


class Listener(Protocol):
    """What the index needs of whoever has the open documents; called on the loop's thread."""

    def is_open(self, path: str) -> bool:
        """Whether a path is an open document."""

    def dependents_changed(self, dependents: Iterable[str]) -> None:
        """These dependents of the workspace may have other findings now."""

    def projects_changed(self) -> None:
        """Other plugins or repositories are known, so that any file may belong to another one."""

    def scan_progressed(self, count: int | None) -> None:
        """This many files are known by now; None when a scan has ended."""

    def scan_finished(self) -> None:
        """A scan of everything has ended."""


@dataclass
class _ScanResult:
    """What one scan has come across so far, and who is concerned.

    ``own`` and ``share`` are the files to be read next, on the loop and by a helper. ``is_sound``: nothing
    that was met had to be left out.
    """

    settings_of: Callable[[str], Settings]
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
    share: reading.Share | None = None


@dataclass
class Index:
    """One scan at a time; what is wished meanwhile is scanned when it has ended.

    ``settings_of`` a path are those at the last scan.
    ``has_read_everything``: a scan of everything has ended; plugins that cannot be read may still hide names.
    """

    worker: Worker
    listener: Listener
    folders: list[str] = field(default_factory=list)
    workspace: Workspace = field(default_factory=Workspace)
    surroundings: Surroundings = field(default_factory=Surroundings)
    has_read_everything: bool = False
    _stamps: dict[str, tuple[int, int]] = field(default_factory=dict)
    _read_with: dict[str, Settings] = field(default_factory=dict)
    settings_of: Callable[[str], Settings] = field(default=lambda path: Settings())  # noqa: ARG005
    _is_scanning: bool = False
    _nearby: tuple[str, ...] = ()
    _wants_everything: bool = False
    _changed: set[str] = field(default_factory=set)
    _met: set[str] = field(default_factory=set)
    _linked_folders: Mapping[str, str] = field(default_factory=dict)

    def scan_all(
        self, nearby: Iterable[str], user_folder: str, settings_of: Callable[[str], Settings]
    ) -> None:
        """Scan the disk again; what has not changed is not read again.

        ``settings_of`` a path are looked up on disk, unless those of its folder were asked for already.
        """
        self.settings_of = settings_of
        self._nearby = tuple(nearby)
        home = disk.home_folder() if user_folder else ""
        self.surroundings = replace(self.surroundings, user_folder=user_folder, home=home)
        opened = tuple(self.folders)
        self.listener.dependents_changed(self.workspace.set_folders(opened, opened or self._nearby, home))
        self._wants_everything = True
        self._scan()

    def scan(self, changed: Iterable[str]) -> None:
        """Scan these paths and what is in them: they were made, changed or deleted."""
        for path in changed:
            self._changed |= {path, *self._linked_paths(path)}
        self._scan()

    def _linked_paths(self, path: str) -> Iterator[str]:
        """The other paths of a file, or of what is in a folder; only one of them is told of a change."""
        for link, target in self._linked_folders.items():
            for one, other in ((link, target), (target, link)):
                if paths.is_within(path, one):
                    yield other + path[len(one) :]
                elif paths.is_within(one, path):
                    yield other

    def _scan(self) -> None:
        if self._is_scanning or not (self._wants_everything or self._changed):
            return
        self._is_scanning = True
        changed = () if self._wants_everything else tuple(self._changed)
        self._wants_everything = False
        self._changed.clear()
        settings_of = self.settings_of
        plan = disk.Scan(
            tuple(self.folders),
            self._nearby,
            self.surroundings.user_folder,
            changed,
            dict(self._stamps),
            self.surroundings.plugins,
            self._linked_folders,
            reading.interest_filter(settings_of),
        )
        result = _ScanResult(settings_of)
        self.listener.scan_progressed(len(self._stamps))
        read_with = dict(self._read_with)
        self.worker.submit_slices(
            lambda: self._steps(plan, result, read_with),
            lambda step: step(),
            lambda: self._finish_scan(result, changed),
        )

    def _steps(
        self, plan: disk.Scan, result: _ScanResult, read_with: Mapping[str, Settings]
    ) -> Iterator[Callable[[], None]]:
        """One scan as steps for the loop; on the disk's thread, which waits until each is done."""
        for piece in reading.scan_slices(plan, result.settings_of, read_with):
            yield partial(self._start_slice, piece, result)
            try:
                for some in reading.chunks(result.own):
                    yield partial(
                        self._summarize_files, [(path, disk.file_content(path)) for path in some], result
                    )
                for summary in reading.chunks(result.share.summaries()) if result.share else ():
                    yield partial(self._update_from_share, summary, result)
            finally:
                if result.share:
                    result.share.helper.end()
            result.is_whole = piece.is_last and result.is_sound

    def _start_slice(self, piece: disk.Slice, result: _ScanResult) -> None:
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
            self.listener.projects_changed()
        self._mark_stale(link for link, _ in piece.linked_folders.items() - self._linked_folders.items())
        result.linked_folders = piece.linked_folders
        self._linked_folders = {**self._linked_folders, **piece.linked_folders}
        result.stamps = piece.changed
        # A helper may begin: the disk's thread waits, so that nobody but this thread can hold a lock.
        result.own, result.share = reading.divide(
            list(piece.changed), self._reading_context(result.settings_of)
        )
        result.is_sound = was_sound

    def _summarize_files(self, read: Iterable[tuple[str, FileContent | None]], result: _ScanResult) -> None:
        context = self._reading_context(result.settings_of)
        self._update_summaries(
            ((path, context.summarize_found(found) if found else None) for path, found in read), result
        )

    def _update_from_share(
        self, known: Iterable[tuple[str, FileSummary | None]], result: _ScanResult
    ) -> None:
        if result.share and result.share.context.surroundings is not self.surroundings:
            # They may be another plugin's by now.
            self._wants_everything, result.is_sound = True, False
            return
        self._update_summaries(known, result)

    def _update_summaries(self, known: Iterable[tuple[str, FileSummary | None]], result: _ScanResult) -> None:
        """Take in what files say, and forget what those said that cannot be read any more."""
        for path, summary in known:
            if summary:
                self._stamps[path] = result.stamps[path]
                self._read_with[path] = result.settings_of(path)
            # Told at the end: a file that was moved would be missing for a moment.
            if not self.listener.is_open(path):
                result.affected |= self.workspace.put(summary) if summary else self.workspace.drop(path)
        self.listener.scan_progressed(len(self._stamps))

    def _finish_scan(self, result: _ScanResult, changed: tuple[str, ...]) -> None:
        # Of a scan that was broken off, nobody knows what it would have come across.
        for path in self._expected_paths(changed) - result.paths if result.is_whole else ():
            del self._stamps[path]
            self._read_with.pop(path, None)
            if not self.listener.is_open(path):
                result.affected |= self.workspace.drop(path)
        self.listener.dependents_changed(result.affected)
        self._is_scanning = False
        self.listener.scan_progressed(None)
        self.check_paths(self.workspace.forget_paths())
        if not changed and result.is_whole:
            self._mark_stale(link for link, _ in self._linked_folders.items() ^ result.linked_folders.items())
            self._met, self._linked_folders = result.plugins, result.linked_folders
            if self._drop_plugins() | self._surround(result.repositories, result.enabled):
                self.listener.projects_changed()
            self.has_read_everything = True
            # What a plugin that cannot be read brings along may be any name.
            self.listener.dependents_changed(self.workspace.set_complete(is_complete=not result.hidden))
            self.listener.scan_finished()
        self._scan()

    def _expected_paths(self, changed: tuple[str, ...]) -> set[str]:
        """The known files at ``changed`` and in them; all where nothing in particular was scanned."""
        if not changed:
            return set(self._stamps)
        folders = tuple(path + os.sep for path in changed if path not in self._stamps)
        inside = {path for path in self._stamps if path.startswith(folders)} if folders else set()
        return inside.union(path for path in changed if path in self._stamps)

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
        inside = tuple(folder + os.sep for folder in folders)
        stale = [path for path in self._stamps if path.startswith(inside)] if inside else []
        for path in stale:
            # Known still, so that it is missed if it is not met again.
            self._stamps[path] = disk.STALE_STAMP
        self._wants_everything = self._wants_everything or bool(stale)

    def check_paths(
        self,
        wanted: Collection[str],
        then: Callable[[], None] = lambda: None,
        otherwise: Callable[[Exception], None] = lambda error: None,  # noqa: ARG005
    ) -> None:
        """Find out which of the paths exist; ``then`` is called when that is known."""

        def take(answers: dict[str, bool]) -> None:
            self.listener.dependents_changed(self.workspace.update_paths(answers))
            then()

        if wanted:
            self.worker.submit(lambda: disk.paths_exist(wanted), take, otherwise)
        else:
            then()

    def update_closed(self, path: str) -> None:
        """A document was closed: from now on the disk counts."""
        settings_of = self.settings_of

        def take(found: FileContent | None) -> None:
            if self.listener.is_open(path):
                return
            if found:
                # Known, so that it is missed when it has gone; and to be read again.
                self._stamps[path] = disk.STALE_STAMP
                self.listener.dependents_changed(
                    self.workspace.put(self._reading_context(settings_of).summarize_found(found))
                )
            else:
                self._stamps.pop(path, None)
                self.listener.dependents_changed(self.workspace.drop(path))

        def read() -> FileContent | None:
            settings_of(path)
            return disk.file_content(path)

        self.worker.submit(read, take)

    def _reading_context(self, settings_of: Callable[[str], Settings]) -> reading.ReadingContext:
        return reading.ReadingContext(settings_of, self.folders, self.surroundings, self._linked_folders)

    def summarize_file(self, file: File) -> FileSummary:
        """What an open file contributes."""
        return self._reading_context(self.settings_of).summarize_file(file)

    def summarize_other(self, path: str, source: str) -> FileSummary:
        """What a file of no dialect contributes."""
        return summarize_other(path, source, self.folders, self.surroundings)

    def is_covered(self, path: str) -> bool:
        """Whether a scan of everything comes across a path without being sent there."""
        return any(paths.is_within(path, folder) for folder in self.folders)
