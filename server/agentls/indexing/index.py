"""Keeps the workspace equal to the disk: what is there, what changed, what has gone, and which plugins count.

It knows nothing of open documents but whether a path is one: there the buffer counts, not the disk.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from agentls import disk
from agentls.indexing.reading import Reader, ScanResult
from agentls.outcome.summarize_configuration import summarize_configuration_file
from agentls.system import paths

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from agentls.disk import FileContent
    from agentls.semantics.file import File
    from agentls.semantics.matching_files import ProjectFiles
    from agentls.semantics.summary import FileSummary
    from agentls.settings.layers import Settings
    from agentls.system.worker import Worker

# Paths that changed, with their others through links, that are scanned one by one.
_MOST_LINKED_PATHS = 30_000


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


@dataclass(kw_only=True)
class Index(Reader):
    """One scan at a time; what is wished meanwhile is scanned when it has ended.

    ``has_read_everything``: a scan of everything has ended; plugins that cannot be read may still hide names.
    ``_scanned`` are the folders of the scan of everything that is under way or was the last, ``_read`` those
    of the last one that has ended.
    """

    worker: Worker
    listener: Listener
    has_read_everything: bool = False
    _is_scanning: bool = False
    _nearby: tuple[str, ...] = ()
    _scanned: tuple[str, ...] = ()
    _read: tuple[str, ...] = ()
    _changed: set[str] = field(default_factory=set)

    def is_open(self, path: str) -> bool:
        return self.listener.is_open(path)

    def has_read_around(self, path: str) -> bool:
        """Whether the folders that a file lies in were read as a whole once, with the names there."""
        return any(paths.is_within(path, folder) for folder in self._read)

    def progressed(self) -> None:
        self.listener.scan_progressed(len(self.stamps))

    def projects_changed(self) -> None:
        self.listener.projects_changed()

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
        self.is_behind = True
        self._scan()

    def scan(self, changed: Iterable[str]) -> None:
        """Scan these paths and what is in them: they were made, changed or deleted."""
        changed = set(changed)
        self._changed |= changed | set(islice(self._linked_paths(changed), _MOST_LINKED_PATHS))
        if len(self._changed) > _MOST_LINKED_PATHS:
            # So many are found sooner by a scan of everything.
            self._changed.clear()
            self.is_behind = True
        self._scan()

    def _linked_paths(self, changed: set[str]) -> Iterator[str]:
        """The other paths of files, or of what is in folders; only one of them is told of a change."""
        others = defaultdict(list)
        for link, target in self.linked_folders.items():
            others[paths.key(link)].append(target)
            others[paths.key(target)].append(link)
        if not others:
            return
        for path in changed:
            for folder in (path, *paths.parents(path)):
                for other in others.get(paths.key(folder), ()):
                    yield other + path[len(folder) :]
        for inside in paths.below(others, {paths.key(path) for path in changed}):
            yield from others[inside]

    def _scan(self) -> None:
        if self._is_scanning or not (self.is_behind or self._changed):
            return
        self._is_scanning = True
        settings_of = self.settings_of
        result = ScanResult(settings_of, () if self.is_behind else tuple(self._changed))
        if self.is_behind:
            self._scanned = (*self.folders, *self._nearby)
        self.is_behind = False
        self._changed.clear()
        plan = disk.Scan(
            tuple(self.folders),
            nearby=self._nearby,
            user_folder=self.surroundings.user_folder,
            changed=result.changed,
            known=dict(self.stamps),
            plugins=self.surroundings.plugins,
            linked_folders=self.linked_folders,
            is_wanted=lambda path: disk.is_of_interest(path) or bool(settings_of(path).dialect(path)),
        )
        self.progressed()
        self.worker.submit_slices(
            lambda: self.steps(self.slices(plan, settings_of), result),
            lambda step: step(),
            lambda: self._end_scan(result),
        )

    def _end_scan(self, result: ScanResult) -> None:
        self.listener.dependents_changed(result.affected)
        self._is_scanning = False
        self.listener.scan_progressed(None)
        self.check_paths(self.workspace.forget_paths())
        self.list_files(self.workspace.forget_files())
        if result.is_whole and not result.changed:
            self.has_read_everything = True
            self._read = self._scanned
            self.listener.scan_finished()
        self._scan()

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

    def list_files(
        self,
        folders: Collection[str],
        then: Callable[[], None] = lambda: None,
        otherwise: Callable[[Exception], None] = lambda error: None,  # noqa: ARG005
    ) -> None:
        """Find out which files are in the folders; ``then`` is called when that is known."""

        def take(listed: dict[str, ProjectFiles]) -> None:
            self.listener.dependents_changed(self.workspace.update_files(listed))
            then()

        if folders:
            self.worker.submit(lambda: disk.project_files(folders), take, otherwise)
        else:
            then()

    def update_closed(self, path: str) -> None:
        """A document was closed: from now on the disk counts."""
        settings_of = self.settings_of

        def take(content: FileContent | None) -> None:
            if self.is_open(path):
                return
            if content:
                # Known, so that it is missed when it has gone; and to be read again.
                self.stamps[path] = disk.STALE_STAMP
                summary = self.context(settings_of).summarize_content(content)
                self.listener.dependents_changed(self.workspace.put(summary))
            else:
                self.stamps.pop(path, None)
                self.listener.dependents_changed(self.workspace.drop(path))

        def read() -> FileContent | None:
            settings_of(path)
            return disk.file_content(path)

        self.worker.submit(read, take)

    def summarize_file(self, file: File) -> FileSummary:
        """What an open file contributes."""
        return self.context(self.settings_of).summarize_file(file)

    def summarize_configuration_file(self, path: str, source: str) -> FileSummary:
        """What a file of no dialect contributes."""
        return summarize_configuration_file(path, source, self.folders, self.surroundings)
