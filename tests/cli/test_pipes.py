"""Standard streams that do not block, as some programs open them for those they start."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time

import pytest

from command_line import posix_only

pytestmark = posix_only

_MANY = "skills:\n" + "".join(f"  - absent-{number}\n" for number in range(1000))


def _run(arguments, given=b""):
    """What a command prints on pipes that do not block, which are served slowly."""
    (stdin, to_stdin), (from_stdout, stdout) = os.pipe(), os.pipe()
    for end in (stdin, stdout):
        os.set_blocking(end, False)
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "agentls", *arguments],
        stdin=stdin,
        stdout=stdout,
        stderr=subprocess.PIPE,
    )
    os.close(stdin)
    os.close(stdout)

    def feed():
        time.sleep(0.5)
        with open(to_stdin, "wb") as pipe:
            pipe.write(given)

    threading.Thread(target=feed).start()
    time.sleep(1.0)
    with open(from_stdout, "rb") as pipe:
        printed = pipe.read()
    errors = process.communicate()[1].decode()
    return printed.decode(), errors


@pytest.mark.slow
def test_all_is_printed_and_read(tmp_path):
    agent = tmp_path / ".claude/agents/a.md"
    agent.parent.mkdir(parents=True)
    agent.write_text(f"---\nname: a\ndescription: b\n{_MANY}---\nx\n")
    printed, errors = _run(["check", "--no-cache", "--format", "json", str(tmp_path)])
    assert errors == ""
    assert printed.rstrip().endswith(("}", "]"))
    assert len(printed) > 1 << 17  # more than a pipe holds
    text = f"---\nname: a\ndescription: b\ncolor: Red\n{_MANY}---\nx\n"
    printed, errors = _run(["fix", "--stdin-filename", str(agent), "-"], text.encode())
    assert printed.endswith(f"{_MANY}---\nx\n"), errors
