"""Lines that programs obey: whatever a file says, no CI runner and no terminal acts on what is printed."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import agentls
from agentls import disk
from agentls.cli.output.cells import escape_controls, width
from command_line import posix_only, run

pytestmark = posix_only

_COMMANDS = (
    "::error file=app.js,line=1::forged",
    "  ::warning::forged",
    "\t::set-output name=x::forged",
    "::add-mask::e",
    "::stop-commands::x",
    "##vso[task.setvariable variable=x]forged",
    "x ##vso[task.complete result=Succeeded;]",
    "##VSO[task.prependpath]forged",
    "##[error]forged",
    "x ##[add-path]forged",
    "##[set-env name=PATH]forged",
    "##teamcity[buildStatus status='SUCCESS']",
    "\x1b[31mforged",
    "section_start:1:x\r\x1b[0Kforged",
)
# What GitHub Actions, Azure Pipelines and TeamCity look for in each line.
_OBEYED = re.compile(
    r"^\s*::\w|##vso\[|##teamcity\[|##\[(error|add-path|set-env)[ \]]|\x1b|\r", re.IGNORECASE | re.MULTILINE
)


def _project(folder, words):
    """An agent that says the words wherever it can, in a folder that is called so."""
    quoted = words.replace("\\", "\\\\").replace('"', '\\"').replace("\x1b", "\\e").replace("\r", "\\r")
    quoted = quoted.replace("\t", "\\t")
    front = f'name: "{quoted}"\ndescription: Reviews code: style\ntools: ["{quoted}", Gerp]\n'
    front += f'color: "{quoted}"\nskills: ["{quoted}"]\n"{quoted}": 1\n'
    text = f"---\n{front}---\n\n{words}\n\nIt doesnâ€™t. {words}\n\n[a](./{words}.md)\n"
    for name in (words.replace("/", ""), "plain"):
        place = folder / name / ".claude" / "agents" / f"{name}.md"
        place.parent.mkdir(parents=True)
        place.write_bytes(text.encode())
    place = folder / "plain" / ".claude" / "agents" / "whole.md"
    place.write_text(f'---\nname: whole\ndescription: "{quoted}"\nmodel: "{quoted}"\nx: 1\n---\n\n{words}\n')


@pytest.mark.parametrize("words", _COMMANDS, ids=range(len(_COMMANDS)))
def test_no_line_is_a_command(project, words):
    _project(project, words)
    whole = "plain/.claude/agents/whole.md"
    (project / "agentls.toml").write_text(f'[rules]\n"{words.encode("unicode_escape").decode()}" = "off"\n')
    for arguments in (
        ("check", "--no-cache"),
        ("check", "--no-cache", "--format", "json"),
        ("check", "--no-cache", f"./{words.replace('/', '')}", words),
        ("explain", f"./{words}"),
        ("explain", words),
        ("explain", whole),
        ("convert", whole, "--to", "cursor", "--out", f"{words}.md"),
        ("convert", whole, "--to", words),
        ("convert", whole, "--to", "codex", "--diff"),
        ("render", f"nowhere/{words}"),
        ("schema", words),
        (words,),
        ("check", f"--{words}"),
        ("fix", "--only", words),
        ("fix", "--diff"),
        ("fix",),
    ):
        done = run(*arguments)
        assert done.stdout + done.stderr, arguments
        for printed in (done.stdout, done.stderr):
            assert not _OBEYED.search(printed), (arguments, printed)


@pytest.mark.parametrize("words", _COMMANDS, ids=range(len(_COMMANDS)))
def test_an_annotation_is_all_that_github_is_told(project, words):
    _project(project, words)
    for line in run("check", "--no-cache", "--format", "github").stdout.splitlines():
        assert re.match(r"::(error|warning|notice) file=[^:]*::", line)
        assert not _OBEYED.search(line[2:])


@pytest.mark.parametrize(
    "words",
    ["::: note", ":::tip", "a::b", "std::string", "## [Docs](x)", "##[Docs](x)", "##", ": :x", "x ::error::"],
)
def test_what_nobody_obeys_is_shown_as_it_is(words):
    assert escape_controls(words) == words
    assert width(words) == len(words)


def test_every_line_is_printed_in_one_place():
    """What is printed elsewhere would not pass by what makes it harmless; the demo shows its own files."""
    root = Path(agentls.__file__).parent
    printing = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and (
            ast.unparse(node.func) == "print" or re.search(r"std(out|err).*\.write$", ast.unparse(node.func))
        )
    }
    demo = {path for path in printing if "demo" in path}
    # A line that only counts, and the channel of the protocol.
    assert printing - demo - {"cli/output/progress_line.py", "lsp/stdio.py"} == {"cli/output/printing.py"}


def test_a_failure_of_our_own_is_no_finding(project, monkeypatch, capsys):
    from agentls.cli import main  # noqa: PLC0415
    from agentls.cli.commands import check  # noqa: PLC0415

    said_in_file = "w o r d s".replace(" ", "")

    def fail(_arguments):
        raise LookupError(said_in_file)

    monkeypatch.setattr(check, "run", fail)
    assert main.run(["check", str(project)]) == main.FAILED
    said = capsys.readouterr().err
    assert "LookupError" in said
    assert said_in_file not in said


@pytest.mark.parametrize("where", ["read", "check"])
def test_a_cache_that_is_of_no_use_is_as_if_it_were_not_there(project, monkeypatch, capsys, where):
    """Whatever fails with what was kept, and wherever: nothing of it is seen."""
    from agentls import batch  # noqa: PLC0415
    from agentls.cli import main  # noqa: PLC0415

    (project / ".claude" / "agents").mkdir(parents=True)
    for number in range(50):
        path = project / ".claude" / "agents" / f"n{number}.md"
        path.write_text(f"---\nname: n{number}\ndescription: Reviews code\ntools: Gerp\n---\n\nRead it.\n")
    monkeypatch.setenv("XDG_CACHE_HOME", str(project / "cache"))
    assert main.run(["check"]) == 1
    fresh = capsys.readouterr().out
    assert Path(disk.cache_folder()).exists()
    original = getattr(batch, where)

    def fail(*arguments, **options):
        found = arguments[0] if where == "check" else original(*arguments, **options)
        if found.cache.entries:
            raise KeyError("another shape")
        return original(*arguments, **options) if where == "check" else found

    monkeypatch.setattr(batch, where, fail)
    assert main.run(["check"]) == 1
    assert capsys.readouterr().out == fresh
