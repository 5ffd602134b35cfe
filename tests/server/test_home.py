"""What products keep in the user's home folder is read for the names it defines; nothing else there is."""

from __future__ import annotations

import pytest

from agentls import batch, disk

SCRIBE = ".config/opencode/agents/scribe.md"
FILES = {
    SCRIBE: "---\ndescription: Writes it down\nmode: subagent\n---\n\nWrite.\n",
    ".copilot/agents/planner.agent.md": "---\ndescription: Plans\n---\n\nPlan.\n",
    ".codex/agents/coder.toml": 'name = "coder"\ndescription = "Codes"\ndeveloper_instructions = "Code."\n',
    ".copilot/skills/tests/SKILL.md": "---\nname: tests\ndescription: Tests\n---\n\nTest.\n",
    ".copilot/skills/tests/notes.md": "---\nname: notes\ndescription: None\n---\n",
    ".copilot/history/agents/old.md": "---\nname: old\ndescription: None\n---\n",
}


@pytest.fixture
def home(tmp_path, monkeypatch):
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("CLAUDE_CONFIG_DIR", str(tmp_path / ".claude"))
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "project").mkdir()
    return tmp_path


def defined(home):
    workspace = batch.read([str(home / "project")]).workspace
    kinds = ("agent", "skill")
    return {(d.kind, d.name, d.scope) for kind in kinds for d in workspace.all(kind)}


def test_agents_and_skills_of_all_products_are_known(home):
    assert defined(home) == {
        ("agent", "scribe", "user"),
        ("agent", "planner", "user"),
        ("agent", "coder", "user"),
        ("skill", "tests", "user"),
    }


def test_nothing_is_read_where_that_is_not_wanted(home):
    (home / "project" / "agentls.toml").write_text("user-scope = false\n", encoding="utf-8")
    assert defined(home) == set()


def test_a_change_there_is_looked_at_and_one_beside_it_is_not(home):
    changed = tuple(str(home / name) for name in (SCRIBE, ".copilot/history/agents/old.md"))
    plan = disk.Scan((str(home / "project"),), user_folder=str(home / ".claude"), changed=changed)
    assert [path for piece in disk.scan(plan) for path in piece.changed] == [str(home / SCRIBE)]
