"""The way from agents to skills in real workspaces: every name leads somewhere or is reported."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

import made
from agentls.workspace import presence
from material import CORPUS, needs_corpus

pytestmark = needs_corpus

_SKILL = re.compile(r"skills/[^/]+/SKILL\.md")


@dataclass(frozen=True)
class Edges:
    """How many names of skills stand in `skills:`, and what becomes of them."""

    total: int
    resolved: int
    dead: int
    ambiguous: int


# Each workspace with the folder that stands for `.claude` in it. What is dead has no folder of its name right
# in `skills`: it lies deeper, where Claude Code does not look, or with another product, or nowhere.
WORKSPACES = {
    "vudovn__antigravity-kit": (".agent", Edges(total=91, resolved=80, dead=11, ambiguous=0)),
    "MisonL__antigravity-kit-cn": (".agents", Edges(total=36, resolved=36, dead=0, ambiguous=0)),
    "AloSantana__Antigravitys": (".agent", Edges(total=19, resolved=18, dead=1, ambiguous=0)),
    "UnderUndre__ai": (".agent", Edges(total=23, resolved=23, dead=0, ambiguous=0)),
    "duc01226__easy-claude": (".claude", Edges(total=1, resolved=1, dead=0, ambiguous=0)),
    "jmagly__ai-writing-guide": ("agentic/code", Edges(total=2, resolved=0, dead=2, ambiguous=0)),
    "alirezarezvani__claude-skills": ("", Edges(total=18, resolved=0, dead=18, ambiguous=0)),
}


def workspace(name: str, folder: str) -> made.Made:
    """The agents at hand, and all skills that the whole project has, be it with their name only."""
    root = CORPUS / name / folder
    prefix = f"{folder}/" if folder else ""
    tree = (CORPUS / name / "_TREE.txt").read_text("utf-8").splitlines()
    paths = [path.removeprefix(prefix) for path in tree if path.startswith(prefix)]
    texts = {f".claude/{path}": "---\ndescription: There.\n---\n" for path in paths if _SKILL.fullmatch(path)}
    for path in sorted(root.rglob("*.md")):
        texts[f".claude/{path.relative_to(root).as_posix()}"] = path.read_bytes().decode("utf-8", "replace")
    return made.make(texts)


@pytest.mark.parametrize("name", WORKSPACES)
def test_every_edge_leads_somewhere_or_is_reported(name: str):
    folder, expected = WORKSPACES[name]
    found = workspace(name, folder)
    outcomes = []
    for path, file in found.files.items():
        reported = {f.span for f in found.findings[path] if f.rule == "missing-skill"}
        context = found.context(file)
        for reference in file.references:
            if reference.kind == "skill":
                is_there = presence.has_skill(context, reference.name)
                assert is_there == (reference.span not in reported), (path, reference.name)
                outcomes.append((is_there, len(context.view.lookup("skill", reference.name)) > 1))
    there = [is_there for is_there, _ in outcomes]
    ambiguous = [is_several for _, is_several in outcomes]
    assert Edges(len(there), sum(there), len(there) - sum(there), sum(ambiguous)) == expected
