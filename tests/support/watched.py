"""Runs the command and writes down what it does: ``python watched.py REPORT ARGUMENT...``.

The report has one line of JSON for each event that the interpreter tells of: a file that is opened, a folder
that is listed, a program that is started, a socket.
"""

from __future__ import annotations

import json
import os
import sys

# What reaches out of the process.
_PREFIXES = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.posix_spawn",
    "os.spawn",
    "os.system",
    "os.fork",
    "urllib.",
)
_FILES = ("open", "os.listdir", "os.scandir", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink")


def main() -> int:
    report = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def write_down(event: str, arguments: tuple[object, ...]) -> None:
        if event in _FILES or event.startswith(_PREFIXES):
            os.write(report, json.dumps([event, *map(str, arguments)]).encode() + b"\n")

    sys.addaudithook(write_down)
    from agentls.cli.main import run  # noqa: PLC0415  it is watched from its import on

    return run(sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
