"""Work on several processor cores: forked processes that inherit everything and send back plain JSON.

Only where forking is safe and cheap, which is Linux; elsewhere, and for little work, all is done here.
A process started anew would have to import and read what a fork simply has.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import sys
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_T = TypeVar("_T")
_MOST = 8  # what follows is done on one core, so more bring little
_READ_SIZE = 1 << 20


def parallel_map(work: Callable[[_T], Any], items: Sequence[_T], least: int) -> Iterator[Any]:
    """``work`` of each item, in order, as JSON has it; on one core for each ``least`` items, if there are."""
    count = max(min(cores(), len(items) // max(least, 1), _MOST), 1)
    shares = [items[len(items) * n // count : len(items) * (n + 1) // count] for n in range(count)]
    helpers = [ChildProcess.begin(work, share) for share in shares[1:]]
    try:
        yield from map(work, shares[0])
        for helper, share in zip(helpers, shares[1:], strict=True):
            done = helper.results() if helper else None
            # A helper that was killed, or had no memory, is no reason to fail.
            yield from map(work, share) if done is None else done
    finally:
        for helper in helpers:
            if helper:
                helper.end()


def cores() -> int:
    """How many processes can work at once; one where none is to be forked."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


class ChildProcess(NamedTuple):
    """A process that does a share of some work, and ends."""

    process: int
    answer: int  # the end of a pipe, in which each result is a line
    items: int

    @classmethod
    def begin(cls, work: Callable[[_T], Any], share: Sequence[_T]) -> ChildProcess | None:
        """None where there can be no more processes.

        No other thread may be holding a lock that the work needs: nobody would ever give it back there.
        """
        ends: tuple[int, ...] = ()
        try:
            answer, sink = ends = os.pipe()
            process = os.fork()
        except OSError:
            for end in ends:
                os.close(end)
            return None
        if process:
            os.close(sink)
            return cls(process, answer, len(share))
        try:
            os.close(answer)
            # Who waits for the end of the parent's output does not wait for this one.
            os.dup2(sink, 1)
            _send("".join([json.dumps(work(item)) + "\n" for item in share]).encode("ascii"), sink)
        finally:
            # Nothing of the parent's is flushed or cleaned up here, and no exception goes up its stack.
            os._exit(0)

    def results(self, patience: float | None = None) -> Iterator[Any] | None:
        """The work of each item of the share; None if not all of it came.

        ``patience``: seconds without a sign of life after which nobody waits any longer.
        """
        pieces = bytearray()
        waiting = select.poll()
        waiting.register(self.answer)
        while waiting.poll(None if patience is None else 1000 * patience):
            if piece := os.read(self.answer, _READ_SIZE):
                pieces += piece
                continue
            lines = pieces.splitlines(keepends=True)
            is_whole = len(lines) == self.items and pieces.endswith(b"\n" * bool(lines))
            # Each is read when it is wanted, so that other threads have a turn in between.
            return map(json.loads, lines) if is_whole else None
        return None

    def end(self) -> None:
        os.close(self.answer)
        # Whoever started us may have it that nobody hears of the end of a process.
        with contextlib.suppress(OSError):
            if os.waitpid(self.process, os.WNOHANG) == (0, 0):
                os.kill(self.process, signal.SIGKILL)
                os.waitpid(self.process, 0)


def _send(data: bytes, sink: int) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(sink, rest) :]
