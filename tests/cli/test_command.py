"""The command itself: its arguments, and how it begins and ends."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from agentls import __version__
from command_line import AGENTLS, BROKEN, posix_only, run, shell, write
from patience import PATIENCE


@pytest.mark.usefixtures("project")
def test_version_and_help():
    assert run("--version").stdout == f"agentls {__version__}\n"
    for arguments in (
        ("--help",),
        ("check", "--help"),
        ("explain", "--help"),
        ("schema", "--help"),
        ("demo", "--help"),
    ):
        done = run(*arguments)
        assert done.returncode == 0
        assert "usage: agentls" in done.stdout


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    "arguments",
    [("bogus",), ("check", "--format", "xml"), ("check", "-"), ("check", "--stdin-filename", "x.md")],
)
def test_wrong_usage_exits_with_2(arguments):
    done = run(*arguments)
    assert done.returncode == 2
    assert "usage:" in done.stderr
    assert done.stdout == ""


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("arguments", "usage", "told"),
    [
        (
            ("check", "--nope"),
            "usage: agentls check ",
            "agentls check: error: unrecognized arguments: --nope",
        ),
        (("check", "--formt=json", "x.md"), "usage: agentls check ", "did you mean --format?"),
        (("explain", "a", "b"), "usage: agentls explain ", "unrecognized arguments: b"),
        (("--nope",), "usage: agentls [-h]", "agentls: error: unrecognized arguments: --nope"),
        (("chekc",), "usage: agentls [-h]", "unknown command 'chekc'; did you mean check?"),
        (
            ("bogus",),
            "usage: agentls [-h]",
            "commands are check, fix, convert, explain, render, context, schema, demo, hook, self-check",
        ),
        (("agents/a.md",), "usage: agentls [-h]", "to check files and folders, use `agentls check`"),
        (("fix", "-"), "usage: agentls fix ", "use both - and --stdin-filename FILE"),
    ],
)
def test_wrong_usage_is_told_with_the_usage_of_its_command(arguments, usage, told):
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stderr.startswith(usage)
    assert told in done.stderr


@pytest.mark.usefixtures("project")
def test_the_command_line_imports_no_protocol():
    code = (
        "import sys; from agentls.cli.main import run; run(['check']); run(['explain']);"
        "bad = [m for m in sys.modules if m.split('.')[0] in ('pygls', 'lsprotocol', 'asyncio')];"
        "sys.exit(str(bad) if bad else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], capture_output=True, timeout=PATIENCE, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.usefixtures("project")
def test_the_server_starts_with_what_vs_code_passes_and_ends_with_its_input():
    done = run("--stdio", "--clientProcessId=4711", "--log-level", "error")
    assert done.stdout == ""
    assert "waiting" not in done.stderr


@pytest.mark.usefixtures("project")
def test_a_log_that_cannot_be_written_is_told():
    done = run("--log-file", "no/such/folder/log")
    assert done.returncode == 2
    assert done.stderr == "agentls: cannot write the log no/such/folder/log: No such file or directory\n"


@posix_only
def test_a_server_without_an_input_ends_at_once():
    assert shell("$agentls <&-").returncode == 1


# How it ends


@posix_only
def test_a_pipe_that_is_closed_early_ends_it_quietly(project):
    for number in range(60):
        write(project, f"agent-{number}.md", BROKEN * 2 + "Next: ./nowhere.md\n" * 100)
    with subprocess.Popen([*AGENTLS, "check"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(PATIENCE) == 141


@posix_only
@pytest.mark.usefixtures("project")
def test_an_interrupt_ends_it_quietly():
    code = (
        "import os, signal, sys, time, types\n"
        "from agentls.cli.main import run\n"
        # What a shell starts in the background ignores the signal, and its children do, too.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "def read():\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "    time.sleep(20)\n"
        "sys.stdin = types.SimpleNamespace(buffer=types.SimpleNamespace(read=read))\n"
        "sys.exit(run(['check', '-', '--stdin-filename', 'x.md']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], capture_output=True, timeout=PATIENCE, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


@posix_only
@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no /dev/full")
@pytest.mark.parametrize("command", ["check", "explain", "explain mojibake", "demo"])
def test_a_full_disk_is_told(project, command):
    write(project, "reviewer.md", BROKEN)
    done = shell(f"$agentls {command} > /dev/full")
    assert done.returncode == 2
    assert done.stderr == "agentls: cannot continue: No space left on device\n"


@posix_only
@pytest.mark.parametrize("closing", [">&-", "2>&-", "<&-"])
def test_a_closed_stream_is_an_empty_one(project, closing):
    write(project, "reviewer.md", BROKEN)
    assert shell(f"$agentls check {closing}").returncode == 1
    assert shell(f"$agentls check - --stdin-filename x.md {closing} < /dev/null").returncode == 0
    assert shell(f"$agentls explain {closing}").returncode == 0


@posix_only
def test_a_current_folder_that_is_gone_is_told(project):
    (project / "gone").mkdir()
    done = shell("cd gone && rmdir ../gone && $agentls check")
    assert done.returncode == 2
    assert done.stderr == "agentls: cannot read the current folder: No such file or directory\n"


# What it writes


@posix_only
def test_output_is_utf_8_whatever_the_locale_says(project):
    write(project, "prüfer 日本.md", BROKEN.replace("Gerp", "Grëp"))
    done = run("check", LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert done.returncode == 1
    assert done.stdout.startswith(".claude/agents/prüfer 日本.md:4:14: warning[unknown-tool] `Grëp` is not")
