"""Skills and agents of real workspaces get new names: nothing new is wrong, and nobody says the old ones."""

from __future__ import annotations

import re
from collections import Counter

import pytest

import made
from agentls import renaming
from agentls.findings import apply
from agentls.workspace import facts_of
from material import CORPUS, needs_corpus

pytestmark = needs_corpus

# Workspaces with edges between their files, and the folder that stands for `.claude` in each.
WORKSPACES = {
    "vudovn__antigravity-kit": ".agent",
    "MisonL__antigravity-kit-cn": ".agents",
    "avivl__claude-007-agents": ".claude",
}
# How many skills and agents of each are renamed.
_COUNT = 10


def contents(name: str, folder: str) -> dict[str, str]:
    root = CORPUS / name
    return {
        f".claude/{path.relative_to(root / folder).as_posix()}": path.read_bytes().decode("utf-8", "replace")
        for path in sorted((root / folder).rglob("*.md"))
    }


def findings(workspace: made.Made) -> Counter[tuple[str, str]]:
    return Counter(
        (finding.rule, finding.message) for found in workspace.findings.values() for finding in found
    )


def renamed(workspace: made.Made, texts: dict[str, str], kind: str, name: str, new: str) -> dict[str, str]:
    """The texts after a rename, from the file that defines the name."""
    (definition,) = workspace.view.lookup(kind, name)
    file = workspace.files[definition.path]
    found = renaming.renaming(workspace.view, file, file.name_span.start)
    assert found is not None
    renaming.check_name(workspace.view, file, found, new)
    files = [workspace.files[path] for path in renaming.files_to_read(workspace.view, found)]
    change = renaming.change(workspace.view, found, new, files)
    after = {}
    for path, text in texts.items():
        located = made.locate(path)
        target = located
        for old, moved in change.renames.items():
            if located == old or located.startswith(f"{old}/"):
                target = moved + located[len(old) :]
        after[made.shown(target)] = apply(text, change.edits.get(located, ()))
    return after


def nameable(workspace: made.Made, kind: str) -> list[str]:
    """The names that lead to one file which says the name itself, the most used ones first."""
    uses = Counter(
        mention.name
        for facts in workspace.view.all_facts()
        for mention in facts.mentions
        if mention.kind == kind
    )
    names = [
        one.name
        for one in workspace.view.all(kind)
        if len(workspace.view.lookup(kind, one.name)) == 1
        and workspace.files[one.path].document.string("name") == one.name
    ]
    return sorted(names, key=lambda name: (-uses[name], name))


@pytest.mark.parametrize("name", WORKSPACES)
def test_after_ten_renames_of_each_kind_nothing_new_is_wrong(name: str):
    texts = contents(name, WORKSPACES[name])
    workspace = made.make(texts)
    count = 0
    for kind in ("skill", "agent"):
        for old in nameable(workspace, kind)[:_COUNT]:
            new = f"{old}-afresh"
            before = findings(workspace)
            after_texts = renamed(workspace, texts, kind, old, new)
            after = made.make(after_texts)
            known = Counter({(rule, message.replace(old, new)): n for (rule, message), n in before.items()})
            unseen = {key: n for key, n in findings(after).items() if n > max(before[key], known[key])}
            assert not unseen, (kind, old)
            assert not after.view.lookup(kind, old)
            said = [
                m.name for file in after.files.values() for m in facts_of(file).mentions if m.kind == kind
            ]
            assert old not in said
            texts, workspace = after_texts, after
            count += 1
    assert count >= _COUNT, "there was something to rename"


def test_what_is_offered_in_prose_is_the_name_between_backticks():
    texts = contents("vudovn__antigravity-kit", ".agent")
    workspace = made.make(texts)
    offers = 0
    for old in nameable(workspace, "skill") + nameable(workspace, "agent"):
        kind = "skill" if workspace.view.lookup("skill", old) else "agent"
        (definition, *_) = workspace.view.lookup(kind, old)
        file = workspace.files[definition.path]
        found = renaming.renaming(workspace.view, file, file.name_span.start)
        assert found is not None
        files = [workspace.files[path] for path in renaming.files_to_read(workspace.view, found)]
        for path, edits in renaming.change(workspace.view, found, "afresh", files).offered.items():
            for edit in edits:
                around = workspace.files[path].text.source[edit.span.start - 1 : edit.span.end + 1]
                assert re.fullmatch(f"`{re.escape(old)}`", around)
                offers += 1
    assert offers, "the workspace speaks of its parts"
