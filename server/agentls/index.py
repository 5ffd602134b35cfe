"""Keeps the workspace equal to the disk: what is there, what changed, what has gone, and which plugins count.

It knows nothing of open documents but whether a path is one: there the buffer counts, not the disk.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from agentls import disk, paths
from agentls import file as files
from agentls.dialects import Surroundings
from agentls.facts import other_facts
from agentls.workspace import Workspace, facts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from agentls.worker import Worker
    from agentls.workspace import Facts


@dataclass(frozen=True, slots=True)
class Listener:
    """Who the index asks and tells, on the loop's thread.

    ``is_open``: whether a path is an open document. ``concerns``: these askers may have other findings now.
    ``regrouped``: other plugins are known, so that any file may be another one's. ``finished``: a look has
    ended.
    """

    is_open: Callable[[str], bool]
    concerns: Callable[[Iterable[str]], None]
    regrouped: Callable[[], None]
    finished: Callable[[], None]


@dataclass(frozen=True, slots=True)
class _Whole:
    """A wish to look at everything; see ``disk.Scan``."""

    nearby: tuple[str, ...]
    user_folder: str


@dataclass
class Index:
    """One look at a time; what is wished meanwhile is looked at when it has ended."""

    worker: Worker
    listener: Listener
    folders: list[str] = field(default_factory=list)
    workspace: Workspace = field(default_factory=Workspace)
    surroundings: Surroundings = field(default_factory=Surroundings)
    _stamps: dict[str, tuple[int, int]] = field(default_factory=dict)
    _is_looking: bool = False
    _wanted: _Whole | None = None

    def look_at_everything(self, nearby: Iterable[str], user_folder: str) -> None:
        """Look at the disk again; what has not changed is not read again."""
        self._wanted = _Whole(tuple(nearby), user_folder)
        self._look()

    def _look(self) -> None:
        if self._is_looking or self._wanted is None:
            return
        self._is_looking = True
        wanted, self._wanted = self._wanted, None
        home = disk.home_folder() if wanted.user_folder else ""
        self.surroundings = replace(self.surroundings, user_folder=wanted.user_folder, home=home)
        plan = disk.Scan(tuple(self.folders), wanted.nearby, wanted.user_folder, dict(self._stamps))
        seen: set[str] = set()
        self.worker.submit_slices(
            lambda: disk.scan(plan), lambda piece: self._take(piece, seen), lambda: self._looked(seen)
        )

    def _take(self, piece: disk.Slice, seen: set[str]) -> None:
        if self.add_plugins(piece.plugins):
            self.listener.regrouped()
        seen.update(piece.seen)
        affected: set[str] = set()
        for found in piece.found:
            self._stamps[found.path] = found.stamp
            affected |= self._learn(found)
        self.listener.concerns(affected)

    def _looked(self, seen: set[str]) -> None:
        affected: set[str] = set()
        for path in self._stamps.keys() - seen:
            del self._stamps[path]
            if not self.listener.is_open(path):
                affected |= self.workspace.drop(path)
        self.listener.concerns(affected)
        self._is_looking = False
        self.look_for_paths(list(self.workspace.path_exists))
        self.workspace.is_complete = True
        self.listener.finished()
        self._look()

    def add_plugins(self, plugins: dict[str, str]) -> bool:
        """Take in what plugins there are besides; True when that is news."""
        if not plugins.items() - self.surroundings.plugins.items():
            return False
        self.surroundings = replace(self.surroundings, plugins={**self.surroundings.plugins, **plugins})
        return True

    def look_for_paths(self, wanted: list[str]) -> None:
        """Find out which of the paths exist."""
        if wanted:
            self.worker.submit(
                lambda: disk.existing(wanted),
                lambda answers: self.listener.concerns(self.workspace.learn_paths(answers)),
            )

    def return_to_disk(self, path: str) -> None:
        """A document was closed: from now on the disk counts."""
        self._stamps.pop(path, None)

        def take(found: disk.Found | None) -> None:
            if not self.listener.is_open(path):
                self.listener.concerns(self._learn(found) if found else self.workspace.drop(path))

        self.worker.submit(lambda: disk.found(path), take)

    def _learn(self, found: disk.Found) -> set[str]:
        """Take in a file from disk, unless an open buffer knows better."""
        if self.listener.is_open(found.path):
            return set()
        file = files.read(found.path, found.source, self.surroundings)
        return self.workspace.put(facts_of(file) if file else self.other_facts(found.path, found.source))

    def other_facts(self, path: str, source: str) -> Facts:
        """What a file of no dialect contributes."""
        return other_facts(path, source, self.folders)

    def is_covered(self, path: str) -> bool:
        """Whether a look at everything comes across a path without being sent there."""
        return any(paths.is_within(path, folder) for folder in self.folders)
