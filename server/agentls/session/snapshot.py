"""Files as they are now, for one request: open ones as they are edited, the others as the disk has them.

Read for the request and then forgotten, since a session keeps no more than the summary of what is not open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from agentls import disk
from agentls.semantics.file import OtherFile, read_file
from agentls.system import paths
from agentls.text.source import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from agentls.semantics.file import File
    from agentls.session.state import Session


class SnapshotRequest(NamedTuple):
    """The files at ``paths``, workspace documents that ``mentions`` finds, and all in ``folders``."""

    paths: Collection[str] = ()
    mentions: Callable[[bytes], bool] | None = None
    folders: Collection[str] = ()


def read_snapshot(
    session: Session,
    wanted: SnapshotRequest,
    then: Callable[[list[File | OtherFile]], None],
    otherwise: Callable[[Exception], None],
) -> None:
    """Call ``then`` with all that is wanted and all that is open; ``otherwise`` with what went wrong."""
    workspace_folders = list(session.folders)
    surroundings, settings_of = session.index.surroundings, session.index.settings_of

    def search() -> list[File | OtherFile]:
        named = (one for path in wanted.paths if (one := disk.file_content(path)))
        matching = disk.documents(workspace_folders, wanted.mentions) if wanted.mentions else ()
        whole = disk.documents(wanted.folders, lambda _: True)
        found = {paths.key(one.path): one for one in (*named, *matching, *whole)}
        read: list[File | OtherFile] = [
            read_file(one.path, one.source, surroundings, one.origin, settings_of(one.path))
            or OtherFile(one.path, Text(one.source))
            for one in found.values()
        ]
        # There may be hundreds, so what they name is looked for here and not on the loop.
        for file in read:
            _ = file.references
        return read

    def take(read: list[File | OtherFile]) -> None:
        then([*session.open_files(), *(file for file in read if not session.is_open(file.path))])

    session.worker.submit(search, take, otherwise)


def list_folders(
    session: Session,
    folders: Iterable[str],
    then: Callable[[list[str]], None],
    otherwise: Callable[[Exception], None],
) -> None:
    """Call ``then`` with what is in the folders, each name once; those of folders end with a slash."""

    def read() -> list[str]:
        return list(dict.fromkeys(name for folder in folders for name in disk.list_names(folder)))

    session.worker.submit(read, then, otherwise)
