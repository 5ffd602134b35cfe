"""Who decides about colour, and what else a terminal gets that a pipe does not."""

from __future__ import annotations

import pytest

from agentls.cli.output.cells import width
from agentls.cli.output.paint import COLORED, PLAIN, choose
from command_line import BROKEN, found, on_terminal, posix_only, run, write


class Terminal:
    def isatty(self):
        return True


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("when", "variables", "expected"),
    [
        ("auto", {}, COLORED),
        ("auto", {"NO_COLOR": "1"}, PLAIN),
        ("auto", {"NO_COLOR": "", "TERM": "xterm"}, COLORED),
        ("auto", {"TERM": "dumb"}, PLAIN),
        ("auto", {"TERM": "dumb", "FORCE_COLOR": "1"}, COLORED),
        ("always", {"NO_COLOR": "1", "TERM": "dumb"}, COLORED),
        ("never", {"FORCE_COLOR": "1"}, PLAIN),
    ],
)
def test_who_decides_about_colour(when, variables, expected, monkeypatch):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert choose(when, Terminal()) is expected


def test_colour_in_a_pipe(project):
    write(project, "reviewer.md", BROKEN)
    assert "\x1b[" not in run("check").stdout
    assert "\x1b[" in run("check", "--color", "always").stdout
    assert "\x1b[" in run("check", FORCE_COLOR="1").stdout
    assert "\x1b[" not in run("check", FORCE_COLOR="1", NO_COLOR="1").stdout


@posix_only
def test_on_a_terminal_there_is_colour_and_no_line_is_too_long(project):
    write(project, "reviewer.md", BROKEN + "x" * 500)
    code, output = on_terminal("check", columns=60)
    assert code == 1
    assert "\x1b[1;33mwarning" in output
    plain = output.replace("\x1b[0m", "")
    for style in COLORED.codes.values():
        plain = plain.replace(f"\x1b[{style}m", "")
    assert max(map(len, plain.split("\n"))) <= 60


def test_messages_are_whole_lines_in_a_pipe(project):
    """So that a script can take the line apart at its colons."""
    write(project, "reviewer.md", BROKEN)
    message = found()[0]["message"]
    assert run("check", COLUMNS="40").stdout.startswith(
        f".claude/agents/reviewer.md:4:14: warning[unknown-tool] {message}\n"
    )


@posix_only
def test_wide_characters_are_counted_where_a_message_is_wrapped(project):
    write(project, "reviewer.md", BROKEN.replace("Gerp", "道具" * 12))
    _, output = on_terminal("check", columns=60, NO_COLOR="1")
    assert "`道具" in output
    assert max(width(line) for line in output.splitlines()) <= 60
    words = " ".join(" ".join(output.split("\n   4 |")[0].split()).split()[2:])
    assert words == found()[0]["message"]
