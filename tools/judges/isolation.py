"""A place for one run: a project, an empty home, no network, no process left behind."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import NoReturn, Self

_INSIDE = "AGENTLS_JUDGES_INSIDE"
_UNSHARE = ["--map-root-user", "--net", "--pid", "--fork", "--kill-child", "--mount-proc"]
_SET_FLAGS, _UP_AND_RUNNING = 0x8914, 0x49
# Nobody listens there: without name spaces, most programs get no further than this.
_NO_NETWORK = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), "http://127.0.0.1:9")
SECONDS = 240


def enter() -> None:
    """Go on in name spaces without network, in which the loopback address alone answers."""
    if os.environ.get(_INSIDE):
        with socket.socket() as one, suppress(OSError):
            fcntl.ioctl(one, _SET_FLAGS, struct.pack("16sh14x", b"lo", _UP_AND_RUNNING))
        return
    unshare = shutil.which("unshare")
    if (
        unshare
        and subprocess.run([unshare, *_UNSHARE, "true"], capture_output=True, check=False).returncode == 0
    ):
        _replaced([unshare, *_UNSHARE, sys.executable, "-m", "judges", *sys.argv[1:]])
    print("unshare is not available: the products run with a proxy that nobody answers", file=sys.stderr)


def _replaced(command: list[str]) -> NoReturn:
    os.environ[_INSIDE] = "1"
    os.execv(command[0], command)  # noqa: S606


class Place:
    """A project and a home in a temporary folder; ``files`` are written into the project."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._base = Path(tempfile.mkdtemp(prefix="judge."))
        self.home = self._base / "home"
        self.project = self._base / "project"
        for folder in (self.home, self.project):
            folder.mkdir()
        for path, data in files.items():
            self._write(self.project / path, data)
        self.run(["git", "init", "-q", "."])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self._base, ignore_errors=True)

    def at_home(self, path: str, text: str) -> None:
        self._write(self.home / path, text.encode())

    @staticmethod
    def _write(path: Path, data: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    def run(self, command: list[str], seconds: int = SECONDS, **more: str) -> str:
        """What it prints, errors last; it and all that it started have ended then."""
        proxy = {} if os.environ.get(_INSIDE) else _NO_NETWORK
        environment = {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(self.home),
            "TMPDIR": str(self._base),
            "TERM": "dumb",
            "LANG": "C.UTF-8",
            "NO_COLOR": "1",
            "NO_PROXY": "127.0.0.1",
            **proxy,
            **more,
        }
        pipe = subprocess.PIPE
        process = subprocess.Popen(
            command,
            cwd=self.project,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=pipe,
            stderr=pipe,
            start_new_session=True,
        )
        try:
            out, errors = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            _end(process.pid)
            out, errors = process.communicate()
        finally:
            _end(process.pid)
        return out.decode("utf-8", "replace") + "\n" + errors.decode("utf-8", "replace")


def _end(group: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)
