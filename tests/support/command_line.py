"""The command as a user runs it: in a folder, with arguments, a standard input and variables."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from patience import PATIENCE

AGENTLS = [sys.executable, "-P", "-m", "agentls"]
HEALTHY = "---\nname: reviewer\ndescription: Reviews code\ntools: Read, Grep\n---\n\nRead the tests first.\n"
BROKEN = HEALTHY.replace("Grep", "Gerp")
HINTED = HEALTHY.replace("first.", "first, then ./nowhere.md.")
posix_only = pytest.mark.skipif(os.name == "nt", reason="there is no such thing on Windows")


def write(folder, name, content=HEALTHY):
    """Write an agent of the project, or any file when the name is a path."""
    path = folder / ".claude" / "agents" / name if name.count("/") == 0 else folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def run(*arguments, stdin=b"", **variables):
    done = subprocess.run(
        [*AGENTLS, *arguments],
        input=stdin,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
        env={**os.environ, **variables},
    )
    done.stdout, done.stderr = (s.decode().replace("\r\n", "\n") for s in (done.stdout, done.stderr))
    assert "Traceback" not in done.stderr, done.stderr
    return done


def found(*arguments, **more):
    """The findings as JSON."""
    return json.loads(run("check", "--format", "json", *arguments, **more).stdout)


def shell(command, **variables):
    """A line for the shell, in which ``$agentls`` is the command."""
    quoted = " ".join(f"'{word}'" for word in AGENTLS)
    done = subprocess.run(
        ["sh", "-c", command.replace("$agentls", quoted)],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
        env={**os.environ, **variables},
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


def on_terminal(*arguments, columns=80, **variables):
    """The exit code and all output of the command on a terminal, as the terminal gets it."""
    import pty  # noqa: PLC0415  there is none on Windows

    master, slave = pty.openpty()
    with subprocess.Popen(
        [*AGENTLS, *arguments],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env={**os.environ, "COLUMNS": str(columns), "TERM": "xterm", **variables},
    ) as process:
        os.close(slave)
        output = b""
        try:
            while data := os.read(master, 65536):
                output += data
        except OSError:
            pass  # Linux says so when the other side is closed
        os.close(master)
        return process.wait(PATIENCE), output.decode().replace("\r\n", "\n")
