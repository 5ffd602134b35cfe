"""Work on several processor cores: forked processes that inherit everything and send back plain JSON.

Only where forking is safe and cheap, which is Linux; elsewhere, and for little work, all is done here.
A process started anew would have to import and read what a fork simply has.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_T = TypeVar("_T")
_MOST = 8  # what follows is done on one core, so more bring little
_READ_SIZE = 1 << 20


class _Helper(NamedTuple):
    process: int
    results: int  # the end of a pipe


def spread(work: Callable[[_T], Any], items: Sequence[_T], least: int) -> Iterator[Any]:
    """``work`` of each item, in order, as JSON has it; on one core for each ``least`` items, if there are."""
    cores = max(min(_cores(), len(items) // max(least, 1), _MOST), 1)
    shares = [items[len(items) * n // cores : len(items) * (n + 1) // cores] for n in range(cores)]
    helpers = [_help(work, share) for share in shares[1:]]
    try:
        yield from map(work, shares[0])
        for helper, share in zip(helpers, shares[1:], strict=True):
            done = _results(helper)
            # A helper that was killed, or had no memory, is no reason to fail.
            yield from map(work, share) if done is None else done
    finally:
        for helper in helpers:
            _end(helper)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def _help(work: Callable[[_T], Any], share: Sequence[_T]) -> _Helper | None:
    """A process that does a share; None where there can be no more processes."""
    results, sink = os.pipe()
    try:
        process = os.fork()
    except OSError:
        os.close(results)
        os.close(sink)
        return None
    if process:
        os.close(sink)
        return _Helper(process, results)
    try:
        os.close(results)
        _send(json.dumps([work(item) for item in share]).encode("ascii"), sink)
    finally:
        # Nothing of the parent's is flushed or cleaned up here, and no exception goes up its stack.
        os._exit(0)


def _send(data: bytes, sink: int) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(sink, rest) :]


def _results(helper: _Helper | None) -> list[Any] | None:
    """What a helper sends until it ends; None if that is not all."""
    if helper is None:
        return None
    pieces = bytearray()
    while piece := os.read(helper.results, _READ_SIZE):
        pieces += piece
    try:
        found = json.loads(pieces)
    except ValueError:
        return None
    return found if isinstance(found, list) else None


def _end(helper: _Helper | None) -> None:
    if helper is not None:
        os.close(helper.results)
        with contextlib.suppress(OSError):
            os.kill(helper.process, signal.SIGKILL)
        os.waitpid(helper.process, 0)
