"""What a project may set for ``agentls check``, and what happens when it is written wrongly."""

from __future__ import annotations

import pytest

from command_line import BROKEN, found, run, write


@pytest.fixture
def agent(project):
    """An agent with one warning."""
    return write(project, "reviewer.md", BROKEN)


def test_a_rule_can_be_off(project, agent):
    write(project, "./agentls.toml", 'rules.unknown-tool = "off"\n')
    assert found(str(agent)) == []
    assert run("check").returncode == 0


@pytest.mark.usefixtures("agent")
def test_a_level_decides_about_the_exit_code(project):
    write(project, "./agentls.toml", 'rules.tools = "hint"\n')
    assert [finding["severity"] for finding in found()] == ["hint"]
    assert run("check").returncode == 0


@pytest.mark.usefixtures("agent")
def test_the_nearest_configuration_counts(project):
    write(project, "./agentls.toml", 'rules.unknown-tool = "off"\n')
    write(project, "part/pyproject.toml", '[tool.agentls]\nrules.unknown-tool = "error"\n')
    write(project, "part/.claude/agents/other.md", BROKEN)
    assert [(finding["path"], finding["severity"]) for finding in found()] == [
        ("part/.claude/agents/other.md", "error")
    ]


@pytest.mark.usefixtures("agent")
def test_a_folders_configuration_is_not_that_of_files_beside_the_folder(project):
    write(project, "part/agentls.toml", 'rules.unknown-tool = "off"\n')
    write(project, "part/.claude/agents/other.md", BROKEN)
    beside = write(project, "./reviewer.md", BROKEN)
    assert [finding["path"] for finding in found("part", str(beside))] == ["reviewer.md"]


@pytest.mark.usefixtures("agent")
def test_files_can_be_chosen_by_their_path(project):
    write(project, "templates/agents/draft.md", BROKEN)
    write(project, "./agentls.toml", '[per-path."templates/**"]\ntools = "off"\n')
    assert [finding["path"] for finding in found()] == [".claude/agents/reviewer.md"]


@pytest.mark.usefixtures("agent")
def test_a_tool_of_ones_own_is_known(project):
    write(project, "./agentls.toml", 'known-tools = ["Gerp"]\n')
    assert found() == []


@pytest.mark.usefixtures("agent")
@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ('rules.unknown-tol = "off"\n', "unknown rule 'unknown-tol'. Did you mean `unknown-tool`?"),
        ('rules.unknown-tool = "quiet"\n', "rules.unknown-tool must be"),
        ("debounce = -1\n", "debounce must be a whole number from 0 to 10000"),
        ("colour = 1\n", "unknown setting colour"),
        ("rules = [\n", "Invalid value"),
    ],
)
def test_a_wrong_setting_is_told_and_the_files_are_checked(project, settings, complaint):
    write(project, "./agentls.toml", settings)
    done = run("check")
    assert done.returncode == 2
    assert complaint in done.stderr
    assert done.stderr.count("\n") == 1
    assert "unknown-tool" in done.stdout


def test_a_comment_silences_the_line_below(project):
    write(project, "reviewer.md", BROKEN.replace("tools:", "# agentls: ignore[unknown-tool]\ntools:"))
    assert run("check").stdout == "1 file checked, no problems found\n"
