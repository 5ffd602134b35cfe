"""``agentls render``: the text as the model gets it on standard output, everything else on standard error."""

from __future__ import annotations

import pytest

from command_line import on_terminal, posix_only, run, write

_SKILL = "---\ndescription: Reviews a branch\narguments: branch\n---\n\nReview $branch, or $1.\n"
_PATH = ".claude/skills/review/SKILL.md"


def _before(project):
    return f"Base directory for this skill: {project / '.claude' / 'skills' / 'review'}\n\n"


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ((), "Review , or $1.\n"),
        (("--", "main"), "Review main, or $1.\n"),
        (("--", "main", "next"), "Review main, or next.\n"),
        (("--", '"main line" next'), "Review main line, or next.\n"),
        (("--", "--product", "x"), "Review --product, or x.\n"),
    ],
)
def test_arguments_are_filled_in(project, typed, text):
    write(project, _PATH, _SKILL)
    done = run("render", _PATH, *typed)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == _before(project) + text


def test_commands_are_not_run_and_files_not_read(project):
    body = "!`echo run > made.txt`\n\n```!\necho run > made.txt\n```\n\nSee @docs/notes.md\n"
    write(project, _PATH, f"---\ndescription: Reviews\n---\n{body}")
    write(project, "docs/notes.md", "secret")
    assert run("render", _PATH).stdout == _before(project) + body
    assert not (project / "made.txt").exists()


def test_another_product_reads_it_otherwise(project):
    write(project, _PATH, _SKILL)
    done = run("render", _PATH, "--product", "gemini", "--", "main")
    assert (done.returncode, done.stdout, done.stderr) == (0, "\nReview $branch, or $1.\n", "")


def test_what_is_not_known_of_a_product_is_said(project):
    write(project, ".cursor/agents/reviewer.md", "---\nname: reviewer\ndescription: Reviews\n---\nRead $1\n")
    done = run("render", ".cursor/agents/reviewer.md")
    assert (done.returncode, done.stdout) == (0, "Read $1\n")
    assert (
        done.stderr == "agentls: what Cursor replaces in agents is not known; the text is shown as written\n"
    )


def test_escapes_of_toml_are_no_part_of_the_text(project):
    path = ".codex/agents/a.toml"
    write(project, path, 'name = "a"\ndescription = "d"\ndeveloper_instructions = "Say \\"x\\"\\n"\n')
    assert run("render", path).stdout == 'Say "x"\n'


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("nowhere.md",), "cannot read nowhere.md: No such file or directory"),
        (("docs/readme.md",), "no product that agentls knows reads docs/readme.md"),
        ((".claude",), ".claude is a folder; name one file in it"),
        ((_PATH, "--product", "basic"), 'read by "Claude Code", "Agent Skills"'),
        ((".claude/agents/empty.md",), "empty.md has no text for the model"),
        ((_PATH, "main"), "unrecognized arguments: main"),
    ],
)
def test_what_has_no_such_text_is_refused(project, arguments, told):
    write(project, _PATH, _SKILL)
    write(project, ".claude/agents/a.md")
    write(project, ".claude/agents/empty.md", "---\nname: empty\ndescription: d\n---\n")
    write(project, "docs/readme.md", "# Nothing\n")
    done = run("render", *arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert not done.stdout


@posix_only
def test_a_terminal_gets_no_controls(project):
    write(project, _PATH, "---\ndescription: Reviews\n---\nRed \x1b[31m\n")
    code, output = on_terminal("render", _PATH)
    assert code == 0
    assert "\x1b[31m" not in output


def test_a_text_that_the_product_refuses_is_not_shown(project):
    path = ".gemini/commands/diff.toml"
    write(project, path, 'prompt = "Explain !{git diff"\n')
    done = run("render", path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "agentls: the model gets no text: Gemini CLI refuses to run the command: `!{` is never closed\n"
    )
