"""The server in a world that fails: ``python faulty_server.py FAULT``.

``features``: whatever ``test/fail`` names fails from then on.  ``drive``: the disk never answers, and who
waits for it waits for ever.  ``disk``: what ``test/fail`` names fails, of what asks the disk.
``work``: what is loaded after `initialize`.  ``clock``: the time of day jumps.
``lock``: a hover never ends and holds the interpreter's lock, as an endless expression does.
``hang``: a hover never ends.
``slow``: disk and editor may be as slow as they like, and are waited for.
What must not happen on the loop's thread is told on standard error.
"""

from __future__ import annotations

import importlib
import itertools
import os
import pkgutil
import re
import sys
import threading
import time
from functools import wraps
from types import FunctionType
from typing import TYPE_CHECKING

from agentls import disk, features
from agentls.cli.main import run
from agentls.features import hover
from agentls.lsp import connection, registry, server, stdio
from agentls.system import watchdog

if TYPE_CHECKING:
    from collections.abc import Callable

_WORDS = "sesame-4711"  # may quote a document, and must not be in the log
_failing: set[str] = set()


def _break_features() -> None:
    for found in pkgutil.walk_packages(features.__path__, f"{features.__name__}."):
        module = importlib.import_module(found.name)
        feature = found.name.removeprefix(f"{features.__name__}.").partition(".")[0]
        for name, function in list(vars(module).items()):
            is_own = isinstance(function, FunctionType) and function.__module__ == module.__name__
            if is_own and not name.startswith("_"):
                setattr(module, name, _breakable(function, feature))
    _add_a_switch()


def _break_the_disk() -> None:
    for name in ("file_content", "paths_exist", "documents"):
        setattr(disk, name, _breakable(getattr(disk, name), name))
    _add_a_switch()


def _add_a_switch() -> None:
    def fail(params: list[str]) -> None:
        _failing.clear()
        _failing.update(params)

    class WithSwitch(connection.Connection):
        def __init__(self, begin: Callable[[connection.Connection], None]) -> None:
            super().__init__(begin)
            self.feature("test/fail")(fail)

    connection.Connection = WithSwitch


def _breakable(function: FunctionType, name: str):
    @wraps(function)
    def call(*arguments, **keywords):
        if name in _failing:
            raise RuntimeError(_WORDS)
        return function(*arguments, **keywords)

    return call


def _hang_the_drive() -> None:
    server._TRIES = 10**9  # noqa: SLF001
    for name in ("stat", "lstat", "scandir", "open", "listdir", "readlink"):
        setattr(os, name, _hanging(getattr(os, name), name))
    for name in ("exists", "isfile", "isdir", "lexists", "realpath"):
        setattr(os.path, name, _hanging(getattr(os.path, name), name))


def _wait() -> None:
    server._PATIENCE = server._PATIENCE_WITH_EDITOR = 3600  # noqa: SLF001


def _hanging(function, name: str):
    def call(path, *arguments, **keywords):
        if "drive" not in str(path):
            return function(path, *arguments, **keywords)
        if threading.current_thread() is threading.main_thread():
            print(f"the loop asked the disk: {name} {path}", file=sys.stderr, flush=True)
        time.sleep(3600)
        return None

    return call


def _break_the_work() -> None:
    def begin(*_: object) -> None:
        raise RuntimeError(_WORDS)

    registry.begin = begin


def _jump() -> None:
    now, jumps = time.time, itertools.cycle((0, 86_400, -86_400, 10**9, -(10**9)))
    time.time = lambda: now() + next(jumps)


def _hold_the_lock() -> None:
    watchdog.GRACE_SECONDS = 1

    def hold(*_: object) -> None:
        print("held", file=sys.stderr, flush=True)
        re.match(r"(a|a)*b", "a" * 200)

    hover.hover = hold


def _hang() -> None:
    stdio.EXIT_SECONDS = 1

    def hang(*_: object) -> None:
        print("hanging", file=sys.stderr, flush=True)
        time.sleep(3600)

    hover.hover = hang


if __name__ == "__main__":
    faults = {
        "features": _break_features,
        "disk": _break_the_disk,
        "drive": _hang_the_drive,
        "work": _break_the_work,
        "clock": _jump,
        "lock": _hold_the_lock,
        "hang": _hang,
        "slow": _wait,
    }
    faults[sys.argv[1]]()
    sys.exit(run(["--stdio"]))
