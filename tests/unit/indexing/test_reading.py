"""The editor and the terminal read the disk alike."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

import cases
from agentls import batch
from at_once import session

if TYPE_CHECKING:
    from pathlib import Path

    from agentls.workspace import Workspace

_PAGES = sorted({case.page for case in cases.load("features")})


def _live_in(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.delenv("CLAUDE_CONFIG_DIR", raising=False)


def _written(folder: Path, case: cases.Case) -> Path:
    """The project of a case, with what is the user's own beside it."""
    for source in case.sources:
        own = source.path.startswith("~/")
        path = folder / ("home" if own else "project") / source.path.removeprefix("~/")
        path.parent.mkdir(parents=True, exist_ok=True)
        content = source.content
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
    (folder / "project").mkdir(exist_ok=True)
    return folder / "project"


def _known(workspace: Workspace) -> dict[str, object]:
    """What is known of each file that says anything."""
    found = {path: workspace.summary(path) for path in workspace.paths()}
    return {path: one for path, one in found.items() if one.definitions or one.mentions or one.own}


def _compare(project: Path) -> int:
    reader, index = batch.read([str(project)]), session(project, user_scope=True).index
    assert index.has_read_everything
    there, here = _known(reader.workspace), _known(index.workspace)
    # What only looks like an agent is checked in the terminal, and in the editor when it is opened.
    assert {path: one for path, one in there.items() if path in here} == here
    assert all(d.scope == "unplaced" for path in there.keys() - here.keys() for d in there[path].definitions)
    assert reader.workspace.is_complete == index.workspace.is_complete
    assert reader.surroundings == index.surroundings
    return len(here)


@pytest.mark.parametrize("page", _PAGES)
def test_the_folders_of_the_features_are_read_alike(tmp_path, monkeypatch, page):
    known = 0
    for number, case in enumerate(case for case in cases.load("features") if case.page == page):
        _live_in(tmp_path / str(number) / "home", monkeypatch)
        known += _compare(_written(tmp_path / str(number), case))
    assert known


def test_plugins_and_links_are_read_alike(tmp_path, monkeypatch):
    """As are plugins that are installed by the user and come to be known after what lies in them."""
    project, home = tmp_path / "project", tmp_path / "home"
    _live_in(home, monkeypatch)
    agent = "---\nname: {}\ndescription: Does it\nskills: deploy\n---\n\nSee [it](../x.md).\n"
    for path, text in {
        project / ".claude/agents/a.md": agent.format("a"),
        project / ".agents/skills/deploy/SKILL.md": "---\nname: deploy\ndescription: Deploys\n---\n",
        project / "team/.claude-plugin/plugin.json": '{"name": "team"}',
        project / "team/agents/b.md": agent.format("b"),
        project / "team/.mcp.json": '{"mcpServers": {"search": {"command": "x"}}}',
        project / "inner/.git/HEAD": "ref",
        project / "inner/.claude/agents/c.md": agent.format("c"),
        home / "market/tools/.claude-plugin/plugin.json": '{"name": "tools"}',
        home / "market/tools/skills/build/SKILL.md": "---\nname: build\ndescription: Builds\n---\n",
    }.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    if hasattr(os, "symlink"):
        (project / ".claude/skills").symlink_to(project / ".agents/skills", target_is_directory=True)
    settings = {"enabledPlugins": {"tools@market": True}}
    (home / ".claude/plugins").mkdir(parents=True)
    (home / ".claude/settings.json").write_text(json.dumps(settings), "utf-8")
    (home / ".claude/plugins/known_marketplaces.json").write_text(
        json.dumps({"market": {"source": {"source": "directory", "path": str(home / "market")}}}), "utf-8"
    )
    assert _compare(project) >= 5
