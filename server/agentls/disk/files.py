"""Single files: what is in them, decoded, and whether they are there."""

from __future__ import annotations

import errno
import logging
import os
import stat
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from agentls.products import identification, locations
from agentls.products.configuration import configuration
from agentls.text import decoding

if TYPE_CHECKING:
    from collections.abc import Iterable

    from agentls.text.decoding import Origin

_log = logging.getLogger(__name__)

# What a product keeps for itself may be larger than what anybody writes: ~/.claude.json has histories.
_MAX_OWN = 32 * identification.MAX_SIZE
# Nobody chooses from a longer list.
_MOST_NAMES = 1000


class FileContent(NamedTuple):
    """A file that was read."""

    path: str
    source: str
    origin: Origin


def stamp(path: str) -> tuple[int, int] | None:
    """What changes when the file does; None where there is none."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def file_content(path: str) -> FileContent | None:
    """The file at ``path``, decoded; None (and a log line) when it cannot be read or is too large."""
    is_own = os.path.basename(path) == configuration().user_servers
    data = read(path, _MAX_OWN if is_own else identification.MAX_SIZE)
    if data is None:
        return None
    source, origin = decoding.decode(data)
    return FileContent(path, source, origin)


class UnreadableError(OSError):
    """Why a file cannot be read, in words for the user."""


def read(path: str, limit: int) -> bytes | None:
    """A regular file's bytes, or None; neither devices nor pipes are ever opened."""
    try:
        return read_or_raise(path, limit)
    except FileNotFoundError:
        return None
    except OSError as error:
        # A large document that no product reads is nobody's business.
        is_odd = error.errno != errno.EFBIG or locations.is_candidate(path)
        _log.log(
            logging.WARNING if is_odd else logging.INFO, "cannot read %s: %s", path, error.strerror or error
        )
        return None


def read_or_raise(path: str, limit: int) -> bytes:
    """A regular file's bytes; raises OSError with words for the user."""
    status = os.stat(path)
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableError(errno.EINVAL, "not a regular file", path)
    if status.st_size > limit:
        raise UnreadableError(errno.EFBIG, f"larger than {limit // 1024} KiB, which no product loads", path)
    size = status.st_size
    with open(path, "rb") as stream:
        # To ask for all that is allowed would make room for a megabyte, however small the file.
        data = stream.read(size + 1)
        return data + stream.read(limit - size) if len(data) > size else data


def is_folder(path: str) -> bool:
    """Whether ``path`` is a folder that can be listed; raises OSError when there is nothing, or no entry."""
    if not stat.S_ISDIR(os.stat(path).st_mode):
        return False
    with os.scandir(path):
        return True


def paths_exist(candidates: Iterable[str]) -> dict[str, bool]:
    """For each path whether something is there."""
    return {path: os.path.exists(path) for path in candidates}


def list_names(folder: str) -> list[str]:
    """What a folder holds, at most a thousand names in their order; those of folders end with a slash."""
    try:
        with os.scandir(folder) as entries:
            names = [
                f"{entry.name}/" if entry.is_dir() else entry.name for entry in islice(entries, _MOST_NAMES)
            ]
    except OSError:
        return []
    return sorted(names)


def resolve_links(path: str) -> str:
    """What is written when ``path`` is: the end of all links."""
    return os.path.realpath(path)
