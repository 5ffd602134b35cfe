"""How files are written: whole or not at all, never through a link, never over what somebody else has saved.

What is written stands in a file beside its place before that is replaced. Such a file outlives only a process
that was killed, and ``sweep`` takes it away.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
from typing import TYPE_CHECKING

from agentls.disk.files import resolve_links

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# The process is in the name, so that what another one is just writing stays.
_UNFINISHED = re.compile(r"\.agentls-(\d+)-[0-9a-f]{16}\.tmp")
_FLAGS = os.O_RDWR | os.O_CREAT | os.O_EXCL
_FLAGS |= getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
_MODE_OF_NEW = 0o666
_PRIVATE = 0o600


class WriteRefusedError(OSError):
    """Why a file is left as it is, in words for the user."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(errno.EPERM, reason, path)


def create(path: str, data: bytes) -> None:
    """Make a file that is not there, and its folders; raises OSError, also where something is there."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    sweep([os.path.dirname(path)])
    with _beside(path, data, _MODE_OF_NEW) as temporary:
        there = FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), path)
        try:
            # Unlike a replacement, a link is never made over something else.
            os.link(temporary, path)
        except FileExistsError:
            raise there from None
        except OSError:
            # Not every file system has links.
            if os.path.lexists(path):
                raise there from None
            os.rename(temporary, path)


def write(path: str, data: bytes, before: bytes | None = None) -> None:
    """Replace a file's bytes at once; its mode and owner stay, and a link stays a link. Raises OSError.

    With ``before``, the file must still say that: just before it is replaced, it is read once more.
    """
    end = resolve_links(path)
    sweep([os.path.dirname(end)])
    status = _status(end)
    with _beside(end, data, _PRIVATE if status else _MODE_OF_NEW) as temporary:
        if status:
            _make_alike(temporary, end, status)
        if before is not None and not _says(end, before):
            raise WriteRefusedError(path, "the file has changed since it was read")
        os.replace(temporary, end)


def sweep(folders: Iterable[str]) -> None:
    """Take away what processes that are gone have left unfinished in the folders."""
    for folder in folders:
        with contextlib.suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                unfinished = _UNFINISHED.fullmatch(entry.name)
                if unfinished and entry.is_file(follow_symlinks=False) and not _is_alive(int(unfinished[1])):
                    os.unlink(entry.path)


@contextlib.contextmanager
def _beside(path: str, data: bytes, mode: int) -> Iterator[str]:
    """A file with the data in the folder of ``path``, on the disk for good; gone afterwards."""
    folder = os.path.dirname(path)
    temporary = os.path.join(folder, f".agentls-{os.getpid()}-{os.urandom(8).hex()}.tmp")
    with contextlib.ExitStack() as clearing:
        handle = os.open(temporary, _FLAGS, mode)
        clearing.callback(_remove, temporary)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        yield temporary


def _remove(path: str) -> None:
    with contextlib.suppress(OSError):
        os.unlink(path)


def _status(end: str) -> os.stat_result | None:
    """Of the file that will be replaced; raises OSError where it would not be the same file afterwards."""
    try:
        status = os.stat(end)
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(status.st_mode):
        raise WriteRefusedError(end, "it is not a regular file")
    if not status.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(end, os.W_OK):
        raise WriteRefusedError(end, "it is read-only")
    if status.st_nlink > 1:
        raise WriteRefusedError(end, "it has another name (a hard link), which would keep the old text")
    return status


def _make_alike(temporary: str, end: str, status: os.stat_result) -> None:
    """Give a new file the owner, the attributes and the mode of the one it will replace."""
    now = os.stat(temporary)
    if (now.st_uid, now.st_gid) != (status.st_uid, status.st_gid):
        try:
            os.chown(temporary, status.st_uid, status.st_gid)
        except OSError:
            raise WriteRefusedError(end, "it belongs to another user or group") from None
    if hasattr(os, "listxattr"):
        attributes: list[str] = []
        with contextlib.suppress(OSError):
            attributes = os.listxattr(end)
        for name in attributes:
            try:
                os.setxattr(temporary, name, os.getxattr(end, name))
            except OSError:
                # What others have are labels, which the system gives to each new file.
                if name.startswith(("user.", "system.posix_acl")):
                    raise WriteRefusedError(end, f"its attribute {name} cannot be kept") from None
    os.chmod(temporary, stat.S_IMODE(status.st_mode))


def _says(end: str, before: bytes) -> bool:
    with open(end, "rb") as stream:
        return stream.read(len(before) + 1) == before


def _is_alive(process: int) -> bool:
    if process == os.getpid():
        return True
    if os.name == "nt":
        # There, the question would end the process. What is in use cannot be taken away anyway.
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
