"""agentls in a real VS Code, with the extension as it is shipped.

Without the editor these tests are skipped; ``tests/editors/vscode/install.sh`` brings it, and the ``.vsix``.
"""

from __future__ import annotations

import base64
import json
import sys

import pytest

import vscode
import vscode_manifest
from agentls.linter import engine

pytestmark = pytest.mark.skipif(bool(vscode.why_not()), reason=vscode.why_not())

_SETTINGS = vscode_manifest.ROOT / "schemas" / "settings.json"

AGENT = """\
---
name: prüfer
description: 🚀 reviews
tools: Read, 🚀, Gerp, MultiEdit, Edit
skills: clean-code, clean-coed
---

🚀 Read the tests first. 🚀🚀 See [the rules](missing.md).
"""
PICTURE = """\
---
name: release-notes
description: Writes the release notes: what a user notices
tools: Read, Gerp, Edit, MultiEdit, Bash
skills: clean-code, clean-coed
color: "#FF5722"
---

# Release notes

- {check} what a user notices
- {cross} what only a developer notices
- the date {dash} and nobody's name
"""
FINDINGS = [
    ["unknown-tool", "🚀", 13],
    ["unknown-tool", "Gerp", 17],
    ["removed-tool", "MultiEdit", 23],
    ["missing-skill", "clean-coed", 20],
    ["dead-link", "missing.md", 46],
]
WHOLE = "---\nname: damaged\ndescription: Says it — “well”\ntools: Read\n---\n\n- ✅ done 🚀\n- ❌ not\n"
ANOTHER = WHOLE.replace("name: damaged", "name: damaged-too")
SIGNS = {"check": "✅", "cross": "❌", "dash": "—"}
UNFINISHED = "---\nname: u\ndescription: Grows\ntools: Read,\nskills: clean-code,\nmodel: \nme\n---\n\nGo.\n"
SETTLED = (
    "---\nname: settled\ndescription: Is fine\ntools: Read, ProjectTool, UserTool\ncolor: teal\n---\n\nGo.\n"
)
TEXTS = {
    ".claude/agents/reviewer.md": AGENT,
    ".claude/agents/unfinished.md": UNFINISHED,
    ".claude/agents/settled.md": SETTLED,
    ".claude/skills/clean-code/SKILL.md": "---\nname: clean-code\ndescription: Keeps it\n---\n\nNames.\n",
    ".claude/skills/tests/SKILL.md": "---\nname: tests\ndescription: Tests\ntools: Read\n---\n\nTest.\n",
    ".claude/commands/ship.md": "---\ndescription: Ships it\nallowed-tools: Gerp, Read\n---\n\nShip it.\n",
    "subagents/writer.md": "---\nname: writer\ndescription: Writes\ntools: Gerp, Read\n---\n\nWrite.\n",
    ".codex/agents/coder.toml": 'name = "coder"\ndescription = "Codes"\ndeveloper_instruction = "Code."\n',
    ".cursor/agents/tester.mdc": '---\nname: tester\ndescription: "Tests"\n---\n\nTest.\n',
    ".github/agents/reader.agent.md": "---\ndescription: Plans\nuser-invokable: true\n---\n\nPlan.\n",
    "README.md": "# No agent\n\ntools: Gerp\n",
    "agentls.toml": 'known-tools = ["ProjectTool"]\n[per-path."**/settled.md"]\nunknown-color = "off"\n',
}
USER_SETTINGS = {
    "agentls.knownTools": ["UserTool"],
    "[chatagent]": {"editor.codeActionsOnSave": {"source.fixAll.agentls": "explicit"}},
}


def damaged(text):
    """As a program saves it that took its UTF-8 for Windows-1252, in which five bytes are no character."""
    undefined = {0x81, 0x8D, 0x8F, 0x90, 0x9D}
    return "".join(chr(c) if c in undefined else bytes([c]).decode("cp1252") for c in text.encode())


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return filled(tmp_path_factory.mktemp("project"))


def filled(folder):
    texts = {
        **TEXTS,
        ".claude/agents/damaged.md": damaged(WHOLE),
        ".claude/agents/damaged-too.md": damaged(ANOTHER),
        ".cursor/agents/damaged.mdc": damaged(WHOLE),
        ".claude/agents/picture.md": PICTURE.format(**{name: damaged(sign) for name, sign in SIGNS.items()}),
        # A server that is not isolated would import it.
        "yaml.py": f"open({str(folder / 'imported')!r}, 'w').close()\n",
    }
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return folder


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """A PATH with a Python that will do, and without the command."""
    programs = tmp_path_factory.mktemp("programs")
    (programs / "python3").symlink_to(sys.executable)
    return f"{programs}:/usr/bin:/bin"


@pytest.fixture(scope="module")
def asked(path, tmp_path_factory):
    """What the extension's commands show, in a project of their own."""
    folder = filled(tmp_path_factory.mktemp("project"))
    return vscode.run("commands", folder, tmp_path_factory.mktemp("vscode"), USER_SETTINGS, PATH=path).facts


@pytest.fixture(scope="module")
def seen(project, path, tmp_path_factory):
    """What an hour's work shows; it is done once, and takes half a minute."""
    other = program(
        tmp_path_factory.mktemp("other") / "agentls", f'exec "{sys.executable}" -P -m agentls "$@"'
    )
    scratch = tmp_path_factory.mktemp("vscode")
    return vscode.run("work", project, scratch, USER_SETTINGS, PATH=path, AGENTLS_OTHER=str(other))


def program(path, script):
    """An executable shell script."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


@pytest.fixture(scope="module")
def facts(seen):
    return seen.facts


def test_nothing_is_started_for_other_markdown(facts):
    assert facts["startedForOtherMarkdown"] == []
    assert facts["findingsInOtherMarkdown"] == 0


def test_findings_stand_at_their_words(facts):
    assert facts["findings"] == FINDINGS


def test_it_attaches_whatever_the_editor_calls_the_file(facts):
    assert facts["language"] == "chatagent"
    assert facts["languages"] == {
        ".claude/skills/tests/SKILL.md": ["skill", [["misspelled-field", "tools", 0]]],
        ".claude/commands/ship.md": ["markdown", [["unknown-tool", "Gerp", 15]]],
        "subagents/writer.md": ["markdown", [["unknown-tool", "Gerp", 7]]],
        ".claude/agents/settled.md": ["chatagent", []],
        ".codex/agents/coder.toml": ["plaintext", [["misspelled-field", "developer_instruction", 0]]],
        ".cursor/agents/tester.mdc": ["markdown", [["misread-value", '"Tests"', 13]]],
        ".github/agents/reader.agent.md": ["chatagent", [["misspelled-field", "user-invokable", 0]]],
    }


def test_the_bundled_server_runs_isolated(facts, project):
    (server,) = facts["server"]
    assert " -I -S " in server
    assert server.endswith("/extension/server --stdio")
    assert not (project / "imported").exists()


def test_a_list_is_completed_in_the_menu(facts):
    assert facts["completed"] == ["tools: Read, WebFetch", "skills: clean-code, tests"]


@pytest.mark.parametrize("place", ["toolsOffered", "fieldsOffered", "modelsOffered", "pathsOffered"])
def test_nothing_is_offered_twice(facts, place):
    """VS Code has a completion of its own for these files, and for links in other Markdown."""
    assert facts[place]
    assert len(set(facts[place])) == len(facts[place])


def test_what_the_editor_does_not_know_is_offered(facts):
    assert {"WebFetch", "Monitor"} <= set(facts["toolsOffered"])
    assert {"memory", "effort"} <= set(facts["fieldsOffered"])
    assert "model" not in facts["fieldsOffered"], "it is there already"
    assert facts["pathsOffered"] == ["agents/", "commands/", "skills/"]


def test_a_tool_is_explained(facts):
    assert "Replaces exact text in a file" in facts["hover"]


def test_a_skill_leads_to_the_name_in_its_file(facts):
    assert facts["definition"] == [".claude/skills/clean-code/SKILL.md", "clean-code"]


def test_repairs_are_offered(facts):
    assert facts["actions"][0] == "Change to `Grep`"
    assert "Apply all safe fixes in this file" in facts["actions"]


def test_saving_with_all_certain_repairs_brings_back_the_very_bytes(facts):
    assert set(facts["damaged"]) == {"mojibake"}
    assert base64.b64decode(facts["savedBytes"]) == WHOLE.encode()


def test_one_command_repairs_all_damaged_text(facts, project):
    assert facts["repaired"] is True
    assert facts["leftAfterRepair"] == []
    assert (project / ".claude/agents/damaged-too.md").read_bytes() == ANOTHER.encode()


def test_repairs_of_the_workspace_are_shown_before_they_are_made(asked):
    """Said no to, they are not made; said yes to, they are made in the editor and not yet on disk."""
    assert asked["previewed"] == "Repairs of damaged text (4 files)"
    assert asked["repairedWorkspace"] == [False, 0, True, 4]


def test_a_command_says_why_a_file_is_not_loaded(asked):
    assert asked["why"].startswith("**Claude Code loads this file")
    assert "`Gerp` is not a tool" in asked["why"]


def test_a_command_says_what_an_agent_can_do(asked):
    assert "tools: `Read`, `Edit`, `Bash`" in asked["capabilities"]


def test_the_text_that_the_model_gets_follows_what_is_typed(asked):
    before, after = asked["rendered"]
    assert before.startswith("Base directory for this skill: ")
    assert before.endswith("\n\nARGUMENTS: main")
    assert after.endswith("Now main.")


def test_the_configuration_is_completed(asked):
    offered = asked["configuration"]
    assert sorted(offered["tables"]) == ["dialects", "per-path", "rules"]
    assert set(json.loads(_SETTINGS.read_text())["properties"]) == {*offered["settings"], *offered["tables"]}
    assert set(offered["rules"]) == set(engine.rules())
    assert set(offered["levels"]) == {"error", "warning", "information", "hint", "off", "on"}


def test_a_lens_says_how_much_a_skill_is_used_and_leads_there(asked):
    assert "preloaded by 3 agents" in asked["lenses"]
    assert asked["places"] == 3


def test_a_skill_gets_a_new_name_with_its_folder_and_all_who_name_it(asked):
    assert asked["renamed"][:2] == ["skills: tidy, clean-coed", ["tests", "tidy"]]
    assert asked["renamed"][2:] == ["skills: clean-code, clean-coed", ["clean-code", "tests"]]


def test_a_new_agent_is_made_where_the_product_looks_for_it_and_waits_for_its_description(asked):
    assert asked["created"] == [
        ".claude/agents/planner.md",
        ["---", "name: planner", "description: Plans the work"],
    ]
    assert asked["refused"] is False


def test_a_server_that_dies_is_started_again(facts):
    assert facts["restarted"] is True
    assert facts["findingsAfterCrash"] == FINDINGS


def test_restarting_leaves_one_server(facts):
    assert facts["serversAfterRestart"] == 1
    assert facts["findingsAfterRestart"] == FINDINGS


def test_no_process_is_left_when_the_editor_is_closed(seen):
    assert seen.left == []


def test_nothing_pops_up(seen):
    assert seen.messages == []


def test_the_status_bar_counts_the_findings(seen):
    assert [words.strip() for words in seen.status] == [f"agentls: {seen.facts['shown']}"]


def test_the_status_bar_says_what_becomes_of_the_file_and_which_server_runs(facts):
    (words,) = facts["tooltip"]
    assert "Claude Code loads this file" in words
    assert "the bundled server" in words


def test_the_steps_for_beginners_are_ticked_off(asked):
    assert asked["walkthrough"] == {
        "steps": [
            ["See what is wrong", True],
            ["Fix it", True],
            ["Know what your agent can do", True],
        ],
        "links": [
            "Show All Problems",
            "Repair All Damaged Text",
            "Show What This Agent Can Do",
            "New Agent",
        ],
    }


def test_the_command_in_the_settings_is_started_instead(facts):
    assert "-m agentls --stdio" in facts["chosen"]
    assert facts["findingsOfChosen"] == FINDINGS
    assert facts["serversAfterChoice"] == 1


def test_a_python_that_is_too_old_is_named(project, tmp_path):
    """The command on PATH is older than the extension and no help; there is a button for each way out."""
    old = program(tmp_path / "bin" / "python3", "echo 3.9.2")
    program(tmp_path / "bin" / "agentls", "echo agentls 0.0.1")
    seen = vscode.run("no_python", project, tmp_path, {}, PATH=str(old.parent))
    (message,) = seen.messages
    assert "needs Python 3.11 or newer" in message
    assert f"{old} is Python 3.9.2" in message
    assert seen.buttons == ["Open Setting", "Get Python", "Show Output"]
    assert [words.strip() for words in seen.status] == ["agentls"], (
        "with a sign that nothing runs, and no count"
    )
    assert seen.left == []


def test_no_program_of_a_folder_that_is_not_trusted_is_started(project, tmp_path):
    """However new the command claims to be, and although both come first on PATH."""
    for name in ("agentls", "python3"):
        program(project / "bin" / name, f"touch '{tmp_path}/started-{name}'; echo {name} 99.0.0")
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "python3").symlink_to(sys.executable)
    path = f"{project / 'bin'}:{programs}:/usr/bin:/bin"
    asks_nothing = {"security.workspace.trust.startupPrompt": "never"}
    facts = vscode.run("strange_folder", project, tmp_path, USER_SETTINGS | asks_nothing, PATH=path).facts
    assert facts["trusted"] is False
    assert facts["findings"] == FINDINGS
    (server,) = facts["server"]
    assert " -I -S " in server
    assert list(tmp_path.glob("started-*")) == []
