"""A process beside the server that ends it when its input has been closed for long.

No thread of the server can do that: while one of them holds the interpreter's lock, none of the others runs.
It is a fork of the server as it starts, so that it is small, and it lives no longer than the server does.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import select
import signal
import sys

# From the end of the input on (seconds).
GRACE_SECONDS = 10.0


def start(source: int) -> None:
    """Watch the input ``source`` of this process, where the system can fork; call it before any thread is."""
    if sys.platform == "win32":
        return
    watched = os.getpid()
    try:
        life, held = os.pipe()  # the other end closes with this process, however that ends
        child = os.fork()
    except OSError:
        return  # as good as without
    if child:
        os.close(life)
        atexit.register(_end, child)
        return
    try:
        os.close(held)
        _watch(source, life, watched)
    finally:
        os._exit(0)


def _end(child: int) -> None:
    """Wait for its end, or it would stay in the table of processes where nobody else asks for it."""
    with contextlib.suppress(OSError):
        os.kill(child, signal.SIGTERM)
        os.waitpid(child, 0)


if sys.platform != "win32":

    def _watch(source: int, life: int, watched: int) -> None:
        # Who interrupts the server means the server; and nobody waits for our output to end.
        for number in (signal.SIGINT, signal.SIGHUP, signal.SIGPIPE):
            signal.signal(number, signal.SIG_IGN)
        for descriptor in (1, 2):
            with contextlib.suppress(OSError):
                os.close(descriptor)
        events = select.poll()
        events.register(life, 0)
        events.register(source, getattr(select, "POLLRDHUP", 0))
        while not (met := events.poll()):
            pass
        if life in dict(met):
            return
        events.unregister(source)
        if not events.poll(GRACE_SECONDS * 1000) and os.getppid() == watched:
            os.kill(watched, signal.SIGKILL)
