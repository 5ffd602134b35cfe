"""Reading and writing file descriptors that may have been opened not to block (O_NONBLOCK).

Whoever starts us chooses how; an end of a pipe that does not block is then simply waited for.
"""

from __future__ import annotations

import io
import os
import select
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any, TextIO


def read_some(descriptor: int, size: int) -> bytes:
    """What has arrived, after waiting for something; nothing at the end."""
    while True:
        try:
            return os.read(descriptor, size)
        except BlockingIOError:
            select.select([descriptor], [], [])


def write_all(descriptor: int, data: Any) -> None:
    """Write everything, however little is taken at a time."""
    rest = memoryview(data).cast("B")
    while rest:
        try:
            rest = rest[os.write(descriptor, rest) :]
        except BlockingIOError:
            select.select([], [descriptor], [])


def waiting(stream: TextIO) -> TextIO:
    """The standard stream itself, or one that waits in its place where its descriptor does not block."""
    try:
        descriptor = stream.fileno()
        blocks = sys.platform == "win32" or os.get_blocking(descriptor)
    except (AttributeError, OSError, ValueError):  # of a caller within Python, or closed
        return stream
    if blocks:
        return stream
    if stream.readable():
        return io.TextIOWrapper(io.BufferedReader(_Waiting(descriptor, "r")), stream.encoding)
    raw = io.BufferedWriter(_Waiting(descriptor, "w"))
    return io.TextIOWrapper(raw, stream.encoding, stream.errors, line_buffering=stream.isatty())


class _Waiting(io.FileIO):
    """A descriptor that belongs to the process."""

    def __init__(self, descriptor: int, mode: str) -> None:
        super().__init__(descriptor, mode, closefd=False)

    def readinto(self, buffer: Any) -> int:
        into = memoryview(buffer).cast("B")
        data = read_some(self.fileno(), len(into))
        into[: len(data)] = data
        return len(data)

    def readall(self) -> bytes:
        return b"".join(iter(lambda: read_some(self.fileno(), io.DEFAULT_BUFFER_SIZE), b""))

    def write(self, data: Any) -> int:
        write_all(self.fileno(), data)
        return memoryview(data).nbytes
