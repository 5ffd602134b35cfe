"""``agentls explain``: the pages of the rules in the terminal."""

from __future__ import annotations

import re

import pytest

from agentls import products
from agentls.cli.output.markdown import render
from agentls.cli.output.paint import COLORED, PLAIN
from agentls.linter import engine
from command_line import on_terminal, posix_only, run, write


@pytest.mark.usefixtures("project")
def test_explain_lists_all_rules():
    done = run("explain")
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert {line.split()[0] for line in lines if line.startswith(" ")} == set(engine.rules())
    assert {line for line in lines if line and not line.startswith(" ")} == set(engine.groups())


@pytest.mark.usefixtures("project")
def test_explain_lists_the_rules_of_a_group():
    lines = run("explain", "tools").stdout.splitlines()
    assert lines[0] == "tools"
    assert [line.split()[0] for line in lines[1:]] == list(engine.groups()["tools"])


@pytest.mark.usefixtures("project")
def test_explain_prints_a_page():
    done = run("explain", "removed-tool")
    assert done.returncode == 0
    assert "MultiEdit" in done.stdout
    assert "## Why" in done.stdout
    colored = run("explain", "removed-tool", "--color", "always").stdout
    assert "\x1b[1mWhy\x1b[0m" in colored
    assert "```" not in colored


@pytest.mark.usefixtures("project")
def test_explain_knows_what_was_meant():
    done = run("explain", "removed-tools")
    assert done.returncode == 2
    assert "Did you mean `removed-tool`?" in done.stderr
    odd = run("explain", "\x1b[31m").stderr
    assert odd.startswith("agentls: unknown rule '\\x1b[31m'.\n")


@posix_only
@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("variables", [{}, {"NO_COLOR": "1"}])
def test_a_page_is_filled_to_the_terminal(variables):
    code, output = on_terminal("explain", "invalid-yaml", columns=60, **variables)
    assert code == 0
    assert ("\x1b[1m" in output) != bool(variables)
    plain = output.replace("\x1b[1m", "").replace("\x1b[36m", "").replace("\x1b[0m", "")
    assert "\nWhy\n" in plain
    prose = [line for line in plain.splitlines() if "https://" not in line]
    assert 50 < max(map(len, prose)) <= 60


@posix_only
@pytest.mark.usefixtures("project")
def test_the_list_of_rules_is_filled_to_the_terminal():
    _, output = on_terminal("explain", columns=60, NO_COLOR="1")
    assert max(map(len, output.splitlines())) <= 60
    assert re.search(r"\n  odd-space +Non-breaking or other special\n +space\n", output)


def test_markdown_without_its_marks():
    page = (
        "# Title\n\nSome `code with spaces` and\n**strong** words.\n\n"
        "- one item\n  of two lines\n- another\n\n```sh\n# as it is\n\n`x`\n```\n"
    )
    assert list(render(page, PLAIN, 22)) == [
        "Title",
        "",
        "Some",
        "code with spaces and",
        "strong words.",
        "",
        "- one item of two",
        "  lines",
        "- another",
        "",
        "    # as it is",
        "",
        "    `x`",
        "",
    ]
    assert list(render("# `a`\n**b** `c`", COLORED, 40)) == [
        "\x1b[1m`a`\x1b[0m",
        "\x1b[1mb\x1b[0m \x1b[36mc\x1b[0m",
        "",
    ]


def test_explain_tells_the_fate_of_a_file(tmp_path):
    agents = tmp_path / ".claude" / "agents"
    agents.mkdir(parents=True)
    text = "---\nname: deployer\ndescription: Deploys\ntools: Read, Gerp\nskills: deploy\n---\n"
    (agents / "deployer.md").write_text(text, "utf-8")
    (agents / "notes.md").write_text("---\nname: notes\n---\n", "utf-8")
    done = run("explain", str(agents / "deployer.md"))
    assert done.returncode == 0
    assert "loads this file as the project agent `deployer`" in done.stdout
    assert "- tools: `Read`" in done.stdout
    assert "- dropped: `deploy` (skill not found)" in done.stdout
    assert "does not load this file" in run("explain", str(agents / "notes.md")).stdout


def test_explain_tells_what_a_skill_grants(tmp_path):
    text = "---\nname: deploy\ndescription: Deploys\nallowed-tools: Read, Bash(git log:*)\n---\n\nDeploy.\n"
    path = write(tmp_path, ".claude/skills/deploy/SKILL.md", text)
    assert (
        "Runs without asking for permission: `Read`, `Bash(git log:*)`." in run("explain", str(path)).stdout
    )


def test_explain_says_which_file_it_cannot_explain(tmp_path):
    (tmp_path / "README.md").write_text("# Read me\n", "utf-8")
    for name in ("one.md", "two.md"):
        write(tmp_path, f"notes.md/.claude/agents/{name}")
    for name, reason in (
        ("none.md", "cannot read"),
        ("none.toml", "No such file"),
        ("README.md", "no product that agentls knows"),
        ("notes.md", "is a folder; name a file in it"),
    ):
        done = run("explain", str(tmp_path / name))
        assert (done.returncode, done.stdout) == (2, "")
        assert reason in done.stderr


def test_explain_takes_every_kind_of_file(tmp_path):
    write(tmp_path, ".codex/agents/reviewer.toml", 'name = "reviewer"\ndescription = "Reviews code"\n')
    done = run("explain", str(tmp_path / ".codex" / "agents" / "reviewer.toml"))
    assert "Codex" in done.stdout, done.stderr


@pytest.mark.usefixtures("project")
def test_explain_lists_the_sources_of_every_product():
    done = run("explain", "--sources")
    assert done.returncode == 0
    paragraphs = done.stdout.rstrip("\n").split("\n\n")
    dialects = sorted(products.load().dialects.values(), key=lambda dialect: dialect.title.lower())
    assert [text.partition(":")[0] for text in paragraphs] == [dialect.title for dialect in dialects]
    for text, dialect in zip(paragraphs, dialects, strict=True):
        first, *sources = text.splitlines()
        checked = dialect.checked
        assert first.endswith(f"{checked.version}, read on {checked.date}")
        assert sources
        assert not any("#" in source for source in sources)


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("asked", ["unknown-color", "encoding"])
def test_explain_lists_the_sources_of_a_rule_and_of_a_group(asked):
    done = run("explain", asked, "--sources")
    assert done.returncode == 0
    rules = engine.groups().get(asked, (asked,))
    expected = {
        dialect.title: {
            effect.source
            for name, effects in dialect.effects.items()
            for effect in effects
            if name.partition(".")[0] in rules and effect.source
        }
        for dialect in products.load().dialects.values()
    }
    printed = {}
    for text in done.stdout.rstrip("\n").split("\n\n"):
        first, *sources = text.splitlines()
        printed[first.partition(":")[0]] = {source.strip() for source in sources}
    assert printed == {title: sources for title, sources in expected.items() if sources}


@pytest.mark.usefixtures("project")
def test_explain_knows_no_sources_of_a_file():
    done = run("explain", "./reviewer.md", "--sources")
    assert (done.returncode, done.stdout) == (2, "")
    assert "not a file" in done.stderr
    assert run("explain", "unknown-tol", "--sources").returncode == 2
