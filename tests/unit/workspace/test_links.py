"""Folders of skills and agents that are shared by links: each product looks below its own path."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from lsprotocol import types

import at_once
import clients
from agentls import batch, disk
from agentls.features import definition
from agentls.refactoring import rename
from agentls.settings.layers import Layer
from agentls.workspace import Context, View, symbols

if TYPE_CHECKING:
    from pathlib import Path

    from agentls.semantics.summary import FileSummary
    from agentls.session.state import Session

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links need rights there")

AGENT = ".claude/agents/releaser.md"
SKILL = ".agents/skills/deploy/SKILL.md"
TEXTS = {
    AGENT: "---\nname: releaser\ndescription: Releases\nskills: deploy\n---\n\nRelease.\n",
    SKILL: "---\nname: deploy\ndescription: Deploys\nversoin: 1\n---\n\nSee [this](gone.md).\n",
}
# The whole folder, as one does by hand, and a folder for each skill, as installers of skills do.
WHOLE = {".claude/skills": "../.agents/skills"}
SINGLE = {".claude/skills/deploy": "../../.agents/skills/deploy"}


def made(root: Path, links: dict[str, str], texts: dict[str, str] = TEXTS) -> Path:
    for name, text in texts.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    for name, target in links.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).symlink_to(target)
    return root


_LINKED = ".claude/skills/deploy/SKILL.md"


@pytest.mark.parametrize("links", [WHOLE, SINGLE])
def test_a_link_that_is_new_is_known_with_both_ends(tmp_path, links):
    """So that a change at one end is one at the other."""
    ((link, target),) = links.items()
    path = str(made(tmp_path, links) / link)
    plan = disk.Scan(folders=(str(tmp_path),), changed=(path,))
    assert list(disk.scan(plan))[-1].linked_folders == {
        path: os.path.normpath(os.path.join(path, "..", target))
    }


def read(root: Path) -> batch.Batch:
    return batch.read([str(root)], Layer({"user-scope": False}))


@pytest.mark.parametrize("links", [WHOLE, SINGLE])
def test_a_skill_is_there_at_both_paths_and_checked_for_both_products(tmp_path, links):
    found = {
        os.path.relpath(report.path, tmp_path): [finding.rule for finding in report.findings]
        for report in batch.check(read(made(tmp_path, links)))
    }
    own = ["misspelled-field", "dead-link"]
    assert found == {AGENT: [], SKILL: ["unknown-field", "dead-link"], _LINKED: own}


@pytest.mark.parametrize("links", [WHOLE, SINGLE])
def test_its_name_leads_to_the_file_itself(tmp_path, links):
    done = read(made(tmp_path, links))
    agent = next(file for file in done.files if file.path.endswith("releaser.md"))
    context = Context(View(done.workspace), agent)
    (target,) = definition.definition(context, agent.text.source.index("deploy"))
    assert target.path == str(tmp_path / SKILL)


def test_it_is_renamed_where_no_link_would_lead_nowhere(tmp_path):
    for number, links in enumerate((WHOLE, SINGLE)):
        done = read(made(tmp_path / str(number), links))
        view = View(done.workspace)
        agent, skill = (next(file for file in done.files if file.path.endswith(n)) for n in (AGENT, SKILL))
        if links is SINGLE:
            with pytest.raises(rename.NameRefusedError, match="links to it"):
                rename.renaming(Context(view, agent), agent.text.source.index("deploy"))
            continue
        assert rename.renaming(Context(view, agent), agent.text.source.index("deploy"))
        symbol = symbols.symbol_at(Context(view, skill), skill.text.source.index("deploy"))
        assert symbol
        assert [path for path, _ in symbols.mentions(view, symbol)] == [agent.path]


def test_what_the_user_keeps_in_an_open_project_is_the_users_as_well(tmp_path, monkeypatch):
    """As those do who keep their settings in a repository."""
    own = {"claude/skills/deploy/SKILL.md": TEXTS[SKILL], AGENT: TEXTS[AGENT]}
    root = made(tmp_path / "settings", {}, own)
    made(tmp_path / "home", {"skills": str(root / "claude/skills")}, {})
    monkeypatch.setenv("CLAUDE_CONFIG_DIR", str(tmp_path / "home"))
    found = {report.path: report.findings for report in batch.check(batch.read([str(root)]))}
    assert not found[str(root / AGENT)]


def test_links_in_circles_come_to_an_end(tmp_path):
    links = {
        ".claude/skills": "../.agents/skills",
        ".agents/skills/deploy/up": "../../..",
        ".agents/skills/deploy/self": ".",
        "one/two": "../two",
        "two/one": "../one",
    }
    root = made(tmp_path, links, {**TEXTS, "one/a.md": "", "two/b.md": ""})
    pieces = list(disk.scan(disk.Scan((str(root),), is_wanted=lambda path: path.endswith(".md"))))
    seen = [path for piece in pieces for path in piece.seen]
    assert len(seen) == len(set(seen)) < 20
    assert str(root / ".claude/skills/deploy/SKILL.md") in seen


def _link(name: str, target: str):
    return lambda root: made(root, {name: target}, {})


def _copy(name: str):
    def change(root: Path) -> None:
        (root / name).unlink()
        made(root, {}, {f"{name}/SKILL.md": TEXTS[SKILL].replace("Deploys", "Ships")})

    return change


_NEW = {"skills/new/SKILL.md": TEXTS[SKILL].replace("deploy", "new")}


@pytest.mark.parametrize(
    ("links", "real", "change", "told"),
    [
        (SINGLE, SKILL, _copy(".claude/skills/deploy"), []),
        ({}, SKILL, _link(*next(iter(SINGLE.items()))), [".claude/skills/deploy"]),
        ({}, ".claude/skills/deploy/SKILL.md", _link(".agents/skills", "../.claude/skills"), []),
        (
            {".claude/skills": "../skills"},
            "skills/deploy/SKILL.md",
            lambda r: made(r, {}, _NEW),
            ["skills/new"],
        ),
        (
            {".claude/skills": "../skills"},
            "skills/deploy/SKILL.md",
            lambda root: made(root, {}, _NEW),
            [".claude/skills/new/SKILL.md"],
        ),
    ],
)
def test_what_is_known_after_a_change_is_what_a_new_session_knows(tmp_path, links, real, change, told):
    """At once when told, and else with the next whole look."""
    root = made(tmp_path, links, {AGENT: TEXTS[AGENT], real: TEXTS[SKILL]})
    session = at_once.session(root)
    change(root)
    if told:
        session.changed_on_disk([str(root / path) for path in told])
        assert _known(session) == _known(at_once.session(root))
    session.rescan()
    assert _known(session) == _known(at_once.session(root))


def _known(session: Session) -> dict[str, FileSummary | None]:
    return {path: session.workspace.summary(path) for path in session.workspace.paths()}


@pytest.mark.slow
@pytest.mark.parametrize("kind", clients.KINDS)
async def test_a_skill_comes_and_goes_at_both_ends_of_a_link(tmp_path, kind):
    async with clients.desk(kind, tmp_path, TEXTS) as desk:
        desk.open(AGENT)
        await desk.until(AGENT, ["missing-skill"])
        made(desk.root, WHOLE, {})
        desk.tell([types.FileEvent(desk.uri(".claude/skills"), types.FileChangeType.Created)])
        await desk.until(AGENT, [])
        desk.tell(desk.delete(".agents/skills/deploy"))
        await desk.until(AGENT, ["missing-skill"])
        desk.tell(desk.write({SKILL: TEXTS[SKILL]}))
        await desk.until(AGENT, [])
