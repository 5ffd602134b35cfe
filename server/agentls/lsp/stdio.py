"""The process around the protocol: its standard streams, its parent, its end.

Not the protocol itself: here are bytes, not messages.
pygls' own loop reads through a pool that handlers share, stalls at lower-case headers, and dies of a bad one.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import re
import sys
import threading
import time
from typing import TYPE_CHECKING

from agentls.lsp.protocol import Protocol
from agentls.system.descriptors import read_some, write_all
from agentls.system.log import trace

if sys.platform == "win32":
    import ctypes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pygls.lsp.server import LanguageServer

logger = logging.getLogger(__name__)

READ_SIZE = 1 << 16  # a full pipe on Linux
LONGEST_BODY = 1 << 30  # no editor sends a gigabyte; such a length is damage
LONGEST_HEAD = 1 << 20  # what is longer is a body whose header was lost
PARENT_WATCH_SECONDS = 3.0  # cheap, and soon enough for a process in the background
# For handlers and for the caller of `serve`, once the client has gone; then a watchdog would end us.
GRACE_SECONDS = 9.0
EXIT_SECONDS = 2.5  # once the client has said `exit`

CONTENT_LENGTH = re.compile(rb"content-length[ \t]*:[ \t]*(\d{1,10})[ \t]*(?:\r\n|\Z)", re.IGNORECASE)
EXIT = b'{"jsonrpc": "2.0", "method": "exit"}'
LONGEST_CALL = 200  # of a message without params


def serve(server: LanguageServer) -> int:
    """Run the server on stdin and stdout until it ends; the exit code."""
    # pygls logs bodies and params, so documents; `Protocol` logs what is needed.
    logging.getLogger("pygls").setLevel(logging.CRITICAL + 1)
    for name in ("asyncio", "concurrent.futures"):
        logging.getLogger(name).addFilter(_without_words)
    output = Output(sys.stdout.fileno())
    # A library's print must not land between messages.
    with contextlib.redirect_stdout(sys.stderr):
        try:
            return asyncio.run(_until_ended(server, sys.stdin.fileno(), output))
        except KeyboardInterrupt:
            return 130


class Output:
    """Whole messages to a file descriptor.

    Without a buffer, because the interpreter would fail on what is left in one when the reader is gone.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def write(self, data: bytes) -> None:
        write_all(self._descriptor, data)

    def close(self) -> None:
        """Leave it open: it belongs to the process."""


class Frames:
    """Cuts a stream of bytes into message bodies, and finds its way back to the next header after damage."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._length: int | None = None  # of the body that comes next; None before its header is complete

    def feed(self, data: bytes) -> Iterator[bytes]:
        self._bytes += data
        while (body := self._take_body()) is not None:
            yield body

    def _take_body(self) -> bytes | None:
        while self._length is None:
            head = self._take_head()
            if head is None:
                return None
            self._length = body_length(head)
        if len(self._bytes) < self._length:
            return None
        body = self._take(self._length)
        self._length = None
        return body

    def _take_head(self) -> bytes | None:
        end = self._bytes.find(b"\r\n\r\n")
        if end >= 0:
            return self._take(end + 4)[:-4]
        if len(self._bytes) > LONGEST_HEAD:
            # The start of a header may have arrived at the end of what is dropped.
            logger.error("%d bytes without a header dropped", len(self._take(LONGEST_HEAD - READ_SIZE)))
        return None

    def _take(self, size: int) -> bytes:
        taken = bytes(self._bytes[:size])
        del self._bytes[:size]
        return taken


def body_length(head: bytes) -> int | None:
    # Not anchored: after damage, the rest of a body stands before the header, on the same line.
    # JSON escapes line ends, so no text inside a body looks like a header.
    lengths = CONTENT_LENGTH.findall(head)
    if lengths and int(lengths[-1]) <= LONGEST_BODY:
        return int(lengths[-1])
    logger.error("%d bytes of header without a usable Content-Length dropped", len(head))
    return None


async def _until_ended(server: LanguageServer, source: int, output: Output) -> int:
    protocol = server.protocol
    assert isinstance(protocol, Protocol)
    protocol.set_writer(output)
    loop = asyncio.get_running_loop()
    # A thread of its own, so that a blocking read competes with nothing, and daemonic, as it cannot be woken.
    threading.Thread(target=_read, args=(source, loop, protocol), name="stdin", daemon=True).start()
    ends = [asyncio.create_task(protocol.ended.wait()), asyncio.create_task(_parent_is_gone(server))]
    await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    _end_within(EXIT_SECONDS, protocol)
    return protocol.exit_code


def _read(source: int, loop: asyncio.AbstractEventLoop, protocol: Protocol) -> None:
    frames = Frames()
    is_shut_down = False
    with contextlib.suppress(RuntimeError):  # the loop is closed: the process is ending
        # Not sys.stdin: its lock, held here for ever, would abort the interpreter's exit.
        while data := _read_some(source):
            if bodies := list(frames.feed(data)):
                loop.call_soon_threadsafe(protocol.receive, bodies)
                is_shut_down = is_shut_down or any(is_call(body, "shutdown") for body in bodies)
                if is_call(bodies[-1], "exit"):
                    _end_within(EXIT_SECONDS, protocol, is_shut_down=is_shut_down)
        # A closed stdin counts as `exit`; what came before it is still handled.
        loop.call_soon_threadsafe(protocol.receive, [EXIT])
    _end_within(GRACE_SECONDS, protocol, is_shut_down=is_shut_down)


def _end_within(seconds: float, protocol: Protocol, *, is_shut_down: bool = False) -> None:
    """End the process then, if it has not ended: a handler that never returns must not live on for nobody."""

    def end() -> None:
        time.sleep(seconds)
        os._exit(0 if is_shut_down else protocol.exit_code)

    with contextlib.suppress(RuntimeError):  # no thread begins any more: the interpreter is ending
        threading.Thread(target=end, name="end", daemon=True).start()


def is_call(body: bytes, method: str) -> bool:
    """Whether a message calls a method that takes nothing; told before its turn has come."""
    if len(body) > LONGEST_CALL or method.encode() not in body:
        return False
    try:
        message = json.loads(body)
    except ValueError:
        return False
    return isinstance(message, dict) and message.get("method") == method


def _read_some(source: int) -> bytes:
    try:
        return read_some(source, READ_SIZE)
    except OSError:
        return b""


def _without_words(record: logging.LogRecord) -> bool:
    # They show arguments and exceptions of what failed, and these may quote a document.
    if record.exc_info and record.exc_info[1]:
        record.msg, record.args, record.exc_info = trace(record.exc_info[1]), (), None
    return True


async def _parent_is_gone(server: LanguageServer) -> None:
    # First it must be seen: the client may live in another container, where its number means nothing to us.
    seen = False
    while (alive := is_alive(server.process_id)) or not seen:
        seen = seen or alive
        await asyncio.sleep(PARENT_WATCH_SECONDS)
    logger.info("the parent process is gone")


def is_alive(process_id: int | None) -> bool:
    if process_id is None or process_id <= 0:
        return False
    if sys.platform == "win32":  # where os.kill with 0 sends Ctrl-C
        return _is_alive_on_windows(process_id)
    try:
        os.kill(process_id, 0)
    except PermissionError:
        return True
    except (OSError, OverflowError):
        return False
    return True


if sys.platform == "win32":
    SYNCHRONIZE = 0x00100000
    WAIT_TIMEOUT = 0x102  # it has not ended

    def _is_alive_on_windows(process_id: int) -> bool:
        kernel = ctypes.windll.kernel32
        handle = kernel.OpenProcess(SYNCHRONIZE, 0, process_id)
        if not handle:
            return False
        waited: int = kernel.WaitForSingleObject(handle, 0)
        kernel.CloseHandle(handle)
        return waited == WAIT_TIMEOUT
