"""A tiny client of the Language Server Protocol: starts a server and leaves no process behind."""

from __future__ import annotations

import contextlib
import json
import queue
import subprocess
import threading
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST_ANSWER = 15.0
_LONGEST_SHUTDOWN = 3.0


class ServerError(Exception):
    """The server ended, did not answer, or returned an error."""


class DemoClient:
    """Connects to a server over its standard streams; its standard error stays the caller's."""

    def __init__(self, argv: Sequence[str], folder: str, environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(  # noqa: S603  the caller's own interpreter
            argv, cwd=folder, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._messages: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        self._last_id = 0
        self._reader = threading.Thread(target=self._read, name="answers", daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            with contextlib.suppress(ServerError, subprocess.TimeoutExpired):
                self.request("shutdown", None, _LONGEST_SHUTDOWN)
                self.notify("exit", None)
                self._process.wait(_LONGEST_SHUTDOWN)
        finally:
            self._process.kill()
            self._process.wait()
            self._reader.join(_LONGEST_SHUTDOWN)
            for stream in (self._process.stdin, self._process.stdout):
                with contextlib.suppress(OSError):
                    stream.close()  # type: ignore[union-attr]

    def notify(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def request(self, method: str, params: Any, timeout: float = _LONGEST_ANSWER) -> Any:
        """The result; raises ServerError when there is none."""
        self._last_id += 1
        self._send({"id": self._last_id, "method": method, "params": params})
        while True:
            try:
                message = self._messages.get(timeout=timeout)
            except queue.Empty:
                raise ServerError(f"no answer to {method} within {timeout:.0f} seconds") from None
            if message is None:
                self._messages.put(None)  # so that the shutdown does not wait, either
                raise ServerError(f"the server ended before it answered {method}")
            if "method" in message and "id" in message:
                self._send({"id": message["id"], "result": None})
            elif message.get("id") == self._last_id:
                if "error" in message:
                    raise ServerError(f"{method}: {message['error'].get('message')}")
                return message.get("result")

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
            self._process.stdin.flush()
        except OSError:
            raise ServerError("the server ended") from None

    def _read(self) -> None:
        """Until the server's last message, which ``None`` stands for."""
        stream = self._process.stdout
        assert stream is not None
        with contextlib.suppress(OSError, ValueError):
            while header := stream.readline():
                name, _, value = header.partition(b":")
                if name.lower() != b"content-length":
                    continue
                while stream.readline().strip():
                    pass
                self._messages.put(json.loads(stream.read(int(value))))
        self._messages.put(None)
