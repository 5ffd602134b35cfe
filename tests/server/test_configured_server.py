"""Settings as an editor's user has them: in a file of the project, in the editor, changed while it runs."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from patience import until
from raw_client import RawClient

AGENT = "---\nname: reviewer\ndescription: Reviews code\ntools: Read, Gerp\ncolor: blurple\n---\n"
COMMAND = [sys.executable, "-P", "-m", "agentls"]
PATIENT = [sys.executable, "-P", str(Path(__file__).parents[1] / "support" / "faulty_server.py"), "slow"]
CAPABILITIES = {
    "workspace": {
        "configuration": True,
        "didChangeConfiguration": {"dynamicRegistration": True},
        "didChangeWatchedFiles": {"dynamicRegistration": True},
        "workspaceEdit": {"documentChanges": True, "resourceOperations": ["create"]},
    },
    "textDocument": {"codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}}},
}


class Project:
    """A folder with one agent, and a client that has it open."""

    def __init__(self, client, folder):
        self.client, self.folder = client, folder
        self.editor = None
        self.text = AGENT
        self.path = folder / ".claude" / "agents" / "reviewer.md"
        self.path.parent.mkdir(parents=True)
        self.path.write_text(AGENT)

    def start(self, **overrides):
        self.client.answer = self.answer
        self.client.initialize(CAPABILITIES, rootUri=self.folder.as_uri(), **overrides)
        document = {"uri": self.path.as_uri(), "languageId": "markdown", "version": 1, "text": self.text}
        self.client.notify("textDocument/didOpen", {"textDocument": document})

    def answer(self, message):
        if message["method"] == "workspace/configuration":
            return {"result": [self.editor for _ in message["params"]["items"]]}
        return {"result": None}

    def configure(self, text, name="agentls.toml"):
        (self.folder / name).write_text(text)

    def shows(self, *expected):
        """Wait until exactly these findings are shown, as ``(rule, severity)``; they are returned."""
        while True:
            found = self.next_shown()
            if {(d["code"], d["severity"]) for d in found} == set(expected):
                return found

    def next_shown(self):
        message = self.client.receive(lambda m: m.get("method") == "textDocument/publishDiagnostics")
        return message["params"]["diagnostics"]

    def watched(self, name="agentls.toml"):
        change = {"uri": (self.folder / name).as_uri(), "type": 2}
        self.client.notify("workspace/didChangeWatchedFiles", {"changes": [change]})

    def action(self, title):
        """The edit of an action, once it is offered: some of them wait for the disk."""
        return until(lambda: self.actions().get(title), title)["documentChanges"]

    def actions(self):
        place = {"line": 3, "character": 14}
        params = {
            "textDocument": {"uri": self.path.as_uri()},
            "range": {"start": place, "end": place},
            "context": {"diagnostics": []},
        }
        answer = self.client.request("textDocument/codeAction", params)["result"]
        return {action["title"]: action["edit"] for action in answer}


@pytest.fixture
def command():
    return COMMAND


@pytest.fixture
def project(command, tmp_path, monkeypatch):
    monkeypatch.setenv("CLAUDE_CONFIG_DIR", str(tmp_path / "user"))
    with RawClient(command) as client:
        yield Project(client, tmp_path / "project")


# What is shown first depends on how long the server waits for disk and editor; here it waits long enough.
when_nobody_is_slow = pytest.mark.parametrize("command", [PATIENT], ids=["patient"])


def test_without_settings_every_finding_has_the_severity_of_its_effect(project):
    project.start()
    project.shows(("unknown-tool", 2), ("unknown-color", 2))


@when_nobody_is_slow
def test_a_configuration_file_counts_from_the_first_publish_on(project):
    project.configure('[rules]\nunknown-tool = "error"\nunknown-color = "off"\n')
    project.start()
    assert [(d["code"], d["severity"]) for d in project.next_shown()] == [("unknown-tool", 1)]


@when_nobody_is_slow
def test_what_the_editor_has_set_counts_from_the_first_publish_on(project):
    answer = project.answer

    def take_time(message):
        time.sleep(0.3)
        return answer(message)

    project.editor = {"knownTools": ["Gerp"]}
    project.answer = take_time
    project.start()
    assert [d["code"] for d in project.next_shown()] == ["unknown-color"]


def test_an_editor_that_never_answers_gets_findings_all_the_same(project):
    project.answer = lambda message: None if "configuration" in message["method"] else {"result": None}
    project.start()
    project.shows(("unknown-tool", 2), ("unknown-color", 2))


def test_a_change_of_the_configuration_is_seen(project):
    project.start()
    project.shows(("unknown-tool", 2), ("unknown-color", 2))
    project.configure('known-tools = ["Gerp"]\n')
    project.watched()
    project.shows(("unknown-color", 2))
    (project.folder / "agentls.toml").unlink()
    project.watched()
    project.shows(("unknown-tool", 2), ("unknown-color", 2))


def test_what_the_configuration_says_of_a_closed_file_counts_for_others(project):
    prompt = project.folder / "prompts" / "planner.md"
    prompt.parent.mkdir()
    prompt.write_text("---\nname: planner\ndescription: Plans\n---\n\nPlan.\n")
    project.text = (
        "---\nname: reviewer\ndescription: Reviews code\ntools: Read, Agent(planner)\ncolor: blurple\n---\n"
    )
    project.configure('[dialects]\n"prompts/**" = "claude-agent"\n')
    project.start()
    project.shows(("unknown-color", 2))
    project.configure('[dialects]\n"prompts/**" = "gemini-agent"\n')
    project.watched()
    project.shows(("unknown-agent", 2), ("unknown-color", 2))
    project.configure('[dialects]\n"prompts/**" = "claude-agent"\n')
    project.watched()
    project.shows(("unknown-color", 2))
    (project.folder / "agentls.toml").unlink()
    project.watched()
    project.shows(("unknown-agent", 2), ("unknown-color", 2))


def test_the_editor_beats_the_file(project):
    project.configure('[rules]\nfields = "off"\nunknown-tool = "off"\n')
    project.editor = {"rules": {"unknown-tool": "hint"}}
    project.start()
    project.shows(("unknown-tool", 4))


def test_a_change_in_the_editor_is_seen(project):
    project.start()
    project.shows(("unknown-tool", 2), ("unknown-color", 2))
    project.editor = {"rules": {"tools": "off"}}
    project.client.notify("workspace/didChangeConfiguration", {"settings": None})
    project.shows(("unknown-color", 2))


def test_settings_may_come_with_initialize(project):
    project.start(initializationOptions={"knownTools": ["Gerp"]})
    project.shows(("unknown-color", 2))


def test_what_cannot_be_used_is_told_once_in_words(project):
    wrong = '[rules]\nunknown-tol = "off"\nunknown-color = "of"\n'
    project.configure(wrong)
    project.start()
    project.shows(("unknown-tool", 2), ("unknown-color", 2))
    project.configure(f'known-tools = ["Gerp"]\n{wrong}')
    project.watched()
    project.shows(("unknown-color", 2))
    said = [
        m["params"]["message"] for m in project.client.notifications if m["method"] == "window/showMessage"
    ]
    assert len(said) == len(set(said)) == 2
    assert any("Did you mean `unknown-tool`?" in words for words in said)


def test_a_rule_can_be_turned_off_in_a_new_configuration(project):
    project.start()
    project.shows(("unknown-tool", 2), ("unknown-color", 2))
    create, edit = project.action("Turn off `unknown-tool` in agentls.toml")
    assert create["kind"] == "create"
    assert create["uri"] == (project.folder / "agentls.toml").as_uri()
    assert edit["edits"][0]["newText"] == '[rules]\nunknown-tool = "off"\n'


def test_a_rule_can_be_turned_off_in_the_configuration_that_is_there(project):
    project.configure('[tool.agentls.rules]\nunknown-color = "off"\n', "pyproject.toml")
    project.start()
    project.shows(("unknown-tool", 2))
    (edit,) = project.action("Turn off `unknown-tool` in pyproject.toml")
    assert edit["textDocument"]["uri"] == (project.folder / "pyproject.toml").as_uri()
    assert edit["edits"] == [
        {
            "range": {"start": {"line": 1, "character": 0}, "end": {"line": 1, "character": 0}},
            "newText": 'unknown-tool = "off"\n',
        }
    ]


def test_a_finding_can_be_ignored_by_a_comment(project):
    project.start()
    project.shows(("unknown-tool", 2), ("unknown-color", 2))
    (edit,) = project.action("Ignore `unknown-tool` here")
    assert edit["edits"][0]["newText"] == "# agentls: ignore[unknown-tool]\n"
    assert edit["edits"][0]["range"]["start"] == {"line": 3, "character": 0}


def test_a_home_folder_is_no_project(project, monkeypatch):
    """It holds everything; only the project of the open file is read."""
    home = project.folder.parent
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    skill = home / "elsewhere" / ".claude" / "skills" / "far" / "SKILL.md"
    skill.parent.mkdir(parents=True)
    skill.write_text("---\nname: far\ndescription: Far away\n---\n")
    near = project.folder / ".claude" / "skills" / "near" / "SKILL.md"
    near.parent.mkdir(parents=True)
    near.write_text("---\nname: near\ndescription: Near by\n---\n")
    project.text = AGENT.replace("tools:", "skills: near, far\ntools:")
    with RawClient(COMMAND) as client:
        project.client, project.folder = client, home
        project.start()
        found = project.shows(("unknown-tool", 2), ("unknown-color", 2), ("missing-skill", 2))
        messages = [d["message"] for d in found]
        assert [words[:22] for words in messages if "Skill" in words[:22]] == ["Skill `far` not found."]


def test_each_folder_has_its_own_configuration(project, tmp_path):
    """Of two open folders, and of a folder within one: for open files and for closed ones."""
    prompt = "---\nname: planner\ndescription: Plans\n---\n\nPlan.\n"
    other = tmp_path / "other"
    for folder, kind in ((other, "claude-agent"), (other / "within", "none")):
        (folder / "prompts").mkdir(parents=True)
        (folder / "agentls.toml").write_text(f'known-tools = ["Gerp"]\n[dialects]\n"prompts/*" = "{kind}"\n')
        (folder / "prompts" / "planner.md").write_text(prompt.replace("planner", f"{folder.name}-planner"))
    project.configure('user-scope = false\n[rules]\nunknown-color = "off"\n')
    skill = tmp_path / "user" / "skills" / "mine" / "SKILL.md"
    skill.parent.mkdir(parents=True)
    skill.write_text("---\ndescription: Mine\n---\n\nDo.\n")
    project.text = "---\nname: a\ndescription: A\nskills: mine\ntools: Gerp, Read\n---\n"
    folders = [{"uri": folder.as_uri(), "name": folder.name} for folder in (project.folder, other)]
    project.start(workspaceFolders=folders)
    project.shows(("unknown-tool", 2), ("missing-skill", 2))
    project.path = other / ".claude" / "agents" / "lead.md"
    calls = "Agent(other-planner, within-planner), Gerp, Read"
    text = f"---\nname: lead\ndescription: Leads\nskills: mine\ntools: {calls}\n---\n"
    document = {"uri": project.path.as_uri(), "languageId": "markdown", "version": 1, "text": text}
    project.client.notify("textDocument/didOpen", {"textDocument": document})
    (found,) = project.shows(("unknown-agent", 2))
    assert text.split("\n")[4][found["range"]["start"]["character"] :].startswith("within-planner")


def test_a_glob_of_the_editor_is_relative_to_the_folder_that_holds_the_file(project, tmp_path):
    """Whichever of the open folders that is, and whenever it is opened; an inner one before an outer one."""
    outer = tmp_path / "outer"
    inner = outer / "inner"
    inner.mkdir(parents=True)
    project.editor = {"perPath": {".claude/agents/*": {"unknown-color": "off"}}}
    folders = [{"uri": folder.as_uri(), "name": folder.name} for folder in (outer, project.folder)]
    project.start(workspaceFolders=folders)
    project.shows(("unknown-tool", 2))
    project.path = inner / ".claude" / "agents" / "reviewer.md"
    document = {"uri": project.path.as_uri(), "languageId": "markdown", "version": 1, "text": AGENT}
    project.client.notify("textDocument/didOpen", {"textDocument": document})
    project.shows(("unknown-tool", 2), ("unknown-color", 2))
    added = {"added": [{"uri": inner.as_uri(), "name": "inner"}], "removed": []}
    project.client.notify("workspace/didChangeWorkspaceFolders", {"event": added})
    project.shows(("unknown-tool", 2))
