"""Many files at once: which of them are to be read, and their summaries.

On several processors, a helper process finds a part of these.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from agentls import disk
from agentls.indexing import json_codec
from agentls.outcome.summarize import summarize, summarize_link
from agentls.outcome.summarize_others import summarize_other
from agentls.semantics.file import read_file
from agentls.semantics.summary import FileSummary
from agentls.system import parallel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from agentls.disk import FileContent
    from agentls.products.identification import Surroundings
    from agentls.semantics.file import File
    from agentls.settings.layers import Settings

_T = TypeVar("_T")
# What waits on the loop waits for so many files at most: some milliseconds.
_AT_ONCE = 20
# A helper makes both processes copy some megabytes, which takes as long as some fifty files.
_LEAST = 400
# Seconds. A helper begins with its share before we do with ours, which is as large.
_PATIENCE = 5.0


def scan_slices(
    plan: disk.Scan, settings_of: Callable[[str], Settings], read_with: Mapping[str, Settings]
) -> Iterator[disk.Slice]:
    """What a scan comes across; on the disk's thread, so that nobody waits for settings afterwards."""
    for path, settings in read_with.items() if not plan.changed else ():
        if path in plan.known and _relevant_settings(path, settings) != _relevant_settings(
            path, settings_of(path)
        ):
            # Known still, but to be read again.
            plan.known[path] = disk.STALE_STAMP
    for piece in disk.scan(plan):
        for path in piece.changed:
            settings_of(path)
        yield piece


def _relevant_settings(path: str, settings: Settings) -> tuple[object, ...]:
    """The part of the settings that decides what a file says to others."""
    return settings.dialect(path), settings.known, settings.target_version, settings.user_scope


def interest_filter(settings_of: Callable[[str], Settings]) -> Callable[[str], bool]:
    """Which files the index wants: those that can define a name, and those whose kind the user has told."""
    return lambda path: disk.is_of_interest(path) or bool(settings_of(path).dialect(path))


def chunks(items: Iterable[_T]) -> Iterator[list[_T]]:
    """As many at a time as may be taken in on the loop."""
    rest = iter(items)
    while some := list(islice(rest, _AT_ONCE)):
        yield some


class ReadingContext(NamedTuple):
    """What counts while files are read; ``projects``: the open folders, ``linked_folders``: as of a scan."""

    settings_of: Callable[[str], Settings]
    projects: Sequence[str]
    surroundings: Surroundings
    linked_folders: Mapping[str, str]

    def summarize_found(self, found: FileContent) -> FileSummary:
        """What a file contributes, of a dialect or not."""
        path, source = found.path, found.source
        file = read_file(path, source, self.surroundings, settings=self.settings_of(path))
        if file:
            return self.summarize_file(file)
        if disk.linked_folder_around(path, self.linked_folders):
            return FileSummary(path)
        return summarize_other(path, source, self.projects, self.surroundings)

    def summarize_file(self, file: File) -> FileSummary:
        """The same for a file that was read, which may be known at another path, too."""
        link = disk.linked_folder_around(file.path, self.linked_folders)
        return summarize_link(summarize(file), link, self.linked_folders[link]) if link else summarize(file)

    def summarize_path(self, path: str) -> FileSummary | None:
        """The same for a file on disk; None if that cannot be read."""
        found = disk.file_content(path)
        return self.summarize_found(found) if found else None


class Share(NamedTuple):
    """Files of which a helper makes the summaries as ``context`` has it."""

    paths: Sequence[str]
    context: ReadingContext
    helper: parallel.ChildProcess

    def summaries(self) -> Iterator[tuple[str, FileSummary | None]]:
        """Each file with its summary; waits for the helper, and does without it if need be."""
        done = self.helper.results(_PATIENCE)
        known = map(self.context.summarize_path, self.paths) if done is None else map(_decoded, done)
        return zip(self.paths, known, strict=True)


def divide(paths: Sequence[str], context: ReadingContext) -> tuple[Sequence[str], Share | None]:
    """The files to be read here, and what a helper does meanwhile; called only where ``Helper`` allows it."""
    if len(paths) < _LEAST or parallel.cores() == 1:
        return paths, None

    def work(path: str) -> Any:
        return json_codec.encode(context.summarize_path(path))

    own, theirs = paths[: len(paths) // 2], paths[len(paths) // 2 :]
    helper = parallel.ChildProcess.begin(work, theirs)
    return (own, Share(theirs, context, helper)) if helper else (paths, None)


def _decoded(summary: Any) -> FileSummary | None:
    return None if summary is None else json_codec.decode(summary, FileSummary)
