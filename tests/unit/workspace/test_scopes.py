"""Projects and repositories side by side on disk: which names each of their files can mean."""

from __future__ import annotations

import json
from functools import partial

import pytest
from lsprotocol import types

import clients
import made
from agentls import batch
from agentls.features import definition
from patience import until_async

RELEASER = "one/.claude/agents/releaser.md"
TEXTS = {
    ".claude/skills/deploy/SKILL.md": "---\ndescription: Deploys\n---\n\nDeploy.\n",
    "two/.claude/skills/notes/SKILL.md": "---\ndescription: Writes notes\n---\n\nWrite.\n",
    RELEASER: "---\nname: releaser\ndescription: Releases\nskills: deploy, notes\n---\n\nRelease.\n",
}


@pytest.mark.parametrize(("repository", "missing"), [("", 1), ("one/", 2)])
def test_a_repository_ends_what_a_file_can_mean(tmp_path, monkeypatch, repository, missing):
    monkeypatch.setenv("CLAUDE_CONFIG_DIR", str(tmp_path / "home"))
    for name, text in {**TEXTS, f"{repository}.git/HEAD": ""}.items():
        path = tmp_path / "a project" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    for named in ("a project", f"a project/{RELEASER}"):
        (found,) = [
            report.findings
            for report in batch.check(batch.read([str(tmp_path / named)]))
            if report.path.endswith("releaser.md")
        ]
        assert [finding.rule for finding in found] == ["missing-skill"] * missing, named


@pytest.mark.slow
async def test_a_working_copy_is_a_project_of_its_own(tmp_path, monkeypatch):
    """Claude Code keeps the work trees that it makes in the project's own folder."""
    monkeypatch.setenv("CLAUDE_CONFIG_DIR", str(tmp_path / "home"))
    copy, agent = ".claude/worktrees/feature", ".claude/agents/releaser.md"
    skill = ".claude/skills/deploy/SKILL.md"
    texts = {
        ".git/HEAD": "",
        skill: TEXTS[skill],
        agent: TEXTS[RELEASER].replace(", notes", ""),
        f"{copy}/.git": "",
        f"{copy}/{skill}": TEXTS[skill],
        f"{copy}/{agent}": TEXTS[RELEASER],
    }
    async with clients.desk("rich", tmp_path, texts) as desk:
        desk.open(agent)
        document = types.TextDocumentIdentifier(desk.uri(agent))
        params = types.DefinitionParams(document, types.Position(3, 9))
        ask = partial(desk.client.text_document_definition_async, params)
        (found,) = await until_async(ask, "the skill to be known")
        assert found.target_uri == desk.uri(skill)
        root = desk.root
    checked = {
        name: [
            finding.rule
            for report in batch.check(batch.read([str(root / name)]))
            for finding in report.findings
        ]
        for name in ("", copy)
    }
    assert checked == {"": [], copy: ["missing-skill"]}


@pytest.mark.slow
async def test_a_repository_comes_and_goes(tmp_path):
    async with clients.desk("neovim", tmp_path, {**TEXTS, "one/.git": "gitdir: elsewhere\n"}) as desk:
        desk.open(RELEASER)
        await desk.until(RELEASER, ["missing-skill", "missing-skill"])
        desk.delete("one/.git")
        await desk.until(RELEASER, ["missing-skill"])
        desk.write({"one/.git/HEAD": ""})
        await desk.until(RELEASER, ["missing-skill", "missing-skill"])


@pytest.mark.parametrize(
    ("opened", "skills", "meant"),
    [
        ((), ["two"], []),
        (("one",), ["two"], []),
        (("one", "two"), ["two"], ["two"]),
        (("one", "two"), ["one", "two"], ["one"]),
    ],
)
def test_folders_opened_together_know_each_others_names_after_their_own(opened, skills, meant):
    agent = "one/.claude/agents/releaser.md"
    texts = {
        f"{folder}/.claude/skills/deploy/SKILL.md": "---\ndescription: Deploys\n---\n" for folder in skills
    }
    texts[agent] = "---\nname: releaser\ndescription: Releases\nskills: deploy\n---\n"
    view, file = (found := made.make(texts)).view, found.files[made.locate(agent)]
    view.workspace.opened = tuple(map(made.locate, opened))
    (reference,) = file.references
    targets = definition.definition(found.context(file), reference.span.start)
    assert [made.shown(target.path).split("/")[0] for target in targets] == meant


@pytest.mark.slow
@pytest.mark.parametrize("kind", clients.KINDS)
async def test_a_plugin_is_switched_off_and_on(tmp_path, kind):
    agent = "~/plugins/cache/market/team/1/agents/tester.md"
    folder = str((tmp_path / "home" / agent[2:]).parents[1])
    listed = {"plugins": {"team@market": [{"scope": "user", "installPath": folder}]}}
    texts = {
        agent: "---\nname: tester\ndescription: Tests\ncolor: teal\n---\n\nTest.\n",
        "~/plugins/cache/market/team/1/.claude-plugin/plugin.json": '{"name": "team"}',
        "~/plugins/installed_plugins.json": json.dumps(listed),
    }
    settings = ".claude/settings.json"
    async with clients.desk(kind, tmp_path, texts) as desk:
        desk.open(agent)
        for on, said in ((False, "is not enabled"), (True, "loads this file")):
            desk.tell(desk.write({settings: json.dumps({"enabledPlugins": {"team@market": on}})}))

            async def is_said(words=said):
                return words in (await desk.hover(agent) or "")

            await until_async(is_said, said)


@pytest.mark.slow
async def test_a_new_name_reaches_the_settings_and_starts_there(tmp_path):
    settings, agent = ".claude/settings.json", ".claude/agents/tester.md"
    texts = {
        agent: "---\nname: tester\ndescription: Tests\n---\n\nTest.\n",
        settings: json.dumps({"permissions": {"deny": ["Agent(tester)"]}}),
    }
    async with clients.desk("rich", tmp_path, texts) as desk:
        desk.open(agent)
        desk.open(settings)
        document = types.TextDocumentIdentifier(desk.uri(settings))
        place = types.Position(0, texts[settings].index("tester"))
        params = types.RenameParams(document, place, "checker")
        edit = await desk.client.text_document_rename_async(params)
        changed = {
            change.text_document.uri: [one.new_text for one in change.edits]
            for change in edit.document_changes
            if isinstance(change, types.TextDocumentEdit)
        }
        assert changed == {desk.uri(settings): ["checker"], desk.uri(agent): ["checker"]}
        (found,) = await desk.client.text_document_definition_async(types.DefinitionParams(document, place))
        assert found.target_uri == desk.uri(agent)
