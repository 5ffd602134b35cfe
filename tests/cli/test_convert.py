"""``agentls convert``: another product's file on standard output or on disk, losses on standard error."""

from __future__ import annotations

import subprocess

import pytest

from command_line import AGENTLS, HEALTHY, on_terminal, posix_only, run, write

_AGENT = HEALTHY.replace("tools: Read, Grep", "tools: Read, Grep\nskills: review")
_EXACT = HEALTHY.replace("tools: Read, Grep", "tools: Read")
_CURSOR = "---\nname: reviewer\ndescription: Reviews code\ntools: Read\n---\n\nRead the tests first.\n"


def test_the_text_goes_to_standard_output_and_losses_do_not(project):
    write(project, "reviewer.md", _AGENT)
    done = run("convert", ".claude/agents/reviewer.md", "--to", "Cursor")
    assert done.returncode == 1
    assert done.stdout == _CURSOR.replace("tools: Read", "tools: Read, Grep")
    assert done.stderr == "agentls: .claude/agents/reviewer.md:5:1: Cursor has no equivalent of `skills`.\n"


def test_nothing_lost_is_success(project):
    write(project, "reviewer.md", _EXACT)
    done = run("convert", ".claude/agents/reviewer.md", "--to", "cursor")
    assert (done.returncode, done.stdout, done.stderr) == (0, _CURSOR, "")


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("copilot", ".github/agents/reviewer.agent.md"),
        ("Gemini CLI", ".gemini/agents/reviewer.md"),
        ("QWEN", ".qwen/agents/reviewer.md"),
        ("codex", ".codex/agents/reviewer.toml"),
    ],
)
def test_a_folder_gets_it_where_the_product_looks(project, name, path):
    write(project, "reviewer.md", _EXACT)
    done = run("convert", ".claude/agents/reviewer.md", "--to", name, "--out", ".")
    assert done.stdout == f"{path}\n"
    assert run("check", path).returncode == 0


def test_what_is_there_is_left_alone(project):
    write(project, "reviewer.md", _EXACT)
    (project / "mine.md").write_text("mine")
    done = run("convert", ".claude/agents/reviewer.md", "--to", "cursor", "--out", "mine.md")
    assert done.returncode == 2
    assert done.stderr == "agentls: mine.md already exists\n"
    assert (project / "mine.md").read_text() == "mine"


def test_the_difference_is_shown_and_nothing_written(project):
    write(project, "reviewer.md", _AGENT)
    done = run("convert", ".claude/agents/reviewer.md", "--to", "opencode", "--diff")
    assert done.stdout.startswith("--- .claude/agents/reviewer.md\n+++ .opencode/agents/reviewer.md\n")
    assert "-tools: Read, Grep\n" in done.stdout
    assert '+  "*": deny\n' in done.stdout
    assert not (project / ".opencode").exists()


@pytest.mark.parametrize(
    ("file", "to", "complaint"),
    [
        (".claude/agents/reviewer.md", "emacs", 'can be converted to "Antigravity", "Augment", "Codex",'),
        (".claude/agents/reviewer.md", "Claude Code", "not to 'Claude Code'"),
        (".claude/agents/broken.md", "cursor", "fix it first"),
        (".claude/commands/deploy.md", "cursor", "a command cannot be converted"),
        (".claude", "cursor", ".claude is a folder; name one file in it"),
        ("notes.md", "cursor", "no product that agentls knows reads notes.md"),
        ("nowhere.md", "cursor", "cannot read nowhere.md"),
    ],
)
def test_what_cannot_be_converted_is_told(project, file, to, complaint):
    write(project, "reviewer.md")
    write(project, "broken.md", "---\nname: broken\n---\n")
    write(project, ".claude/commands/deploy.md", "Deploy it.\n")
    (project / "notes.md").write_text("# Notes\n")
    done = run("convert", file, "--to", to)
    assert done.returncode == 2
    assert complaint in done.stderr
    assert not done.stdout


@posix_only
def test_a_reader_that_goes_away_ends_it(project):
    write(project, "reviewer.md", _EXACT.replace("---\n\n", "skills:\n" + "- review\n" * 10_000 + "---\n\n"))
    command = [*AGENTLS, "convert", ".claude/agents/reviewer.md", "--to", "opencode", "--diff"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(30) == 141


@posix_only
def test_a_terminal_shows_what_it_must_not_act_upon(project):
    write(project, "reviewer.md", _EXACT + "\x1b[31m")
    code, output = on_terminal("convert", ".claude/agents/reviewer.md", "--to", "cursor")
    assert code == 0
    assert "\x1b" not in output
