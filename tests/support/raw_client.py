"""A small LSP client that sends exactly what it is told, for tests and benchmarks; it uses no LSP library."""

from __future__ import annotations

import contextlib
import json
import subprocess
import threading
from typing import TYPE_CHECKING, Any, Self

from patience import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

Message = dict[str, Any]


class RawClient:
    """Starts `argv` and speaks with it over its stdin and stdout.

    A thread reads everything at once: notifications are collected in `notifications`, requests of the server
    are kept in `requests` and answered by `answer`, which a test may replace.
    """

    def __init__(
        self, argv: Sequence[str], cwd: str | Path | None = None, env: dict[str, str] | None = None
    ) -> None:
        self.notifications: list[Message] = []
        self.requests: list[Message] = []
        self.answer: Callable[[Message], Message | None] = answer_like_an_editor
        self.process = subprocess.Popen(
            argv, cwd=cwd, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        self._last_id = 0
        self._unread: list[Message] = []
        self._changed = threading.Condition()
        self._end_of_output: str | None = None  # why no more messages come
        self._sending = threading.Lock()
        self._errors = bytearray()
        self._threads = [threading.Thread(target=run, daemon=True) for run in (self._read, self._read_errors)]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.close()
        finally:
            self._kill()

    @property
    def stderr(self) -> str:
        return self._errors.decode("utf-8", "replace")

    def logged(self, text: str, timeout: float = PATIENCE) -> bool:
        """Whether the server writes this to its stderr, sooner or later."""
        with self._changed:
            return self._changed.wait_for(lambda: text in self.stderr, timeout)

    def send_bytes(self, data: bytes) -> None:
        with self._sending:
            self.process.stdin.write(data)
            self.process.stdin.flush()

    def send(self, *messages: Any) -> None:
        """Send messages in one packet."""
        self.send_bytes(b"".join(frame(message) for message in messages))

    def notify(self, method: str, params: Any = None) -> None:
        self.send(notification(method, params))

    def request(self, method: str, params: Any = None, timeout: float = PATIENCE) -> Message:
        """The whole response, be it a result or an error."""
        self._last_id += 1
        wanted = f"raw-{self._last_id}"
        self.send({"jsonrpc": "2.0", "id": wanted, "method": method, "params": params})
        return self.response(wanted, timeout)

    def response(self, wanted: int | str | None, timeout: float = PATIENCE) -> Message:
        def answers(message: Message) -> bool:
            given = message.get("id", "missing")
            return "method" not in message and type(given) is type(wanted) and given == wanted

        return self.receive(answers, timeout)

    def receive(self, predicate: Callable[[Message], bool], timeout: float = PATIENCE) -> Message:
        """The first message that nobody received yet and that fits; the others stay."""

        def arrived() -> bool:
            return self._find(predicate) is not None or self._end_of_output is not None

        with self._changed:
            self._changed.wait_for(arrived, timeout)
            place = self._find(predicate)
            if place is not None:
                return self._unread.pop(place)
        why = self._end_of_output or f"nothing that fits within {timeout} s"
        raise AssertionError(f"{why}\nunread: {self._unread}\nstderr of the server:\n{self.stderr}")

    def initialize(self, capabilities: Message | None = None, **overrides: Any) -> Message:
        params = {"processId": None, "rootUri": None, "capabilities": capabilities or {}, **overrides}
        response = self.request("initialize", params)
        assert "result" in response, response
        self.notify("initialized", {})
        return response["result"]

    def close_stdin(self) -> None:
        with contextlib.suppress(OSError):
            self.process.stdin.close()

    def wait(self, timeout: float = PATIENCE) -> int:
        """The exit code, once the server has ended by itself."""
        try:
            code = self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"still running after {timeout} s\n{self.stderr}") from None
        for thread in self._threads:
            thread.join(timeout)
        return code

    def close(self, timeout: float = PATIENCE) -> int:
        """Shut down as an editor does; the exit code."""
        if self.process.poll() is None and not self.process.stdin.closed:
            with contextlib.suppress(OSError):
                self.send({"jsonrpc": "2.0", "id": "close", "method": "shutdown"}, notification("exit"))
        self.close_stdin()
        return self.wait(timeout)

    def _kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self.close_stdin()
        for thread in self._threads:
            thread.join(PATIENCE)
        self.process.stdout.close()
        self.process.stderr.close()

    def _find(self, predicate: Callable[[Message], bool]) -> int | None:
        return next((place for place, message in enumerate(self._unread) if predicate(message)), None)

    def _read(self) -> None:
        why = "the server closed its stdout"
        try:
            while (length := self._read_length()) is not None:
                self._take(json.loads(self.process.stdout.read(length)))
        except (ValueError, OSError) as error:
            why = f"the output of the server cannot be read: {error!r}"
        with self._changed:
            self._end_of_output = why
            self._changed.notify_all()

    def _read_length(self) -> int | None:
        length = None
        while line := self.process.stdout.readline().rstrip():
            name, colon, value = line.partition(b":")
            if not colon or not name.lower().startswith(b"content-"):
                raise ValueError(line)
            if name.lower() == b"content-length":
                length = int(value)
        return length

    def _take(self, message: Message) -> None:
        with self._changed:
            self._unread.append(message)
            if "method" in message:
                (self.requests if "id" in message else self.notifications).append(message)
            self._changed.notify_all()
        if "method" in message and "id" in message:
            answer = self.answer(message)
            if answer is not None:
                with contextlib.suppress(OSError):
                    self.send({"jsonrpc": "2.0", "id": message["id"], **answer})

    def _read_errors(self) -> None:
        while data := self.process.stderr.read1():
            with self._changed:
                self._errors += data
                self._changed.notify_all()


def answer_like_an_editor(message: Message) -> Message:
    if message["method"] == "workspace/configuration":
        return {"result": [None for _ in message["params"]["items"]]}
    return {"result": None}


def notification(method: str, params: Any = None) -> Message:
    return {"jsonrpc": "2.0", "method": method, "params": params}


def frame(message: Any) -> bytes:
    body = json.dumps(message).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
