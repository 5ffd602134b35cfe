"""Skills, agents and servers of real workspaces get new names: nothing new is wrong, none is left behind.

``pytest -rP`` shows the table of what was changed.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

import made
from agentls import products
from agentls.features import file_renames
from agentls.findings import apply
from agentls.outcome.summarize import summarize
from agentls.refactoring import move, rename
from material import CORPUS, needs_corpus

if TYPE_CHECKING:
    from agentls.findings import Change

pytestmark = needs_corpus

# Its servers are those of Claude Code.
_SERVER_OF = products.load().dialects["claude-agent"].tools.server_of

# Workspaces with edges between their files, and the folder that stands for `.claude` in each.
WORKSPACES = {
    "vudovn__antigravity-kit": ".agent",
    "MisonL__antigravity-kit-cn": ".agents",
    "avivl__claude-007-agents": ".claude",
    "AlexSchadek__dotnet-claude-kit": ".github",
    "SuperClaude-Org__SuperClaude_Framework": "plugins/superclaude",
    "obra__superpowers": ".",
    "duc01226__easy-claude": ".claude",
    "FAL1989__subforge": ".claude",
    "702ron__prp-system-template": ".claude",
    "lst97__claude-code-sub-agents": ".",
}
# How many skills, agents and servers of each are renamed, as far as there are so many.
_COUNT = 10
_SERVERS = ".mcp.json"


def contents(name: str, folder: str) -> dict[str, str]:
    root = CORPUS / name
    texts = {
        f".claude/{path.relative_to(root / folder).as_posix()}": path.read_bytes().decode("utf-8", "replace")
        for path in sorted((root / folder).rglob("*.md"))
    }
    # The servers that are named are configured, as they are for the authors of the files.
    named = {server for text in texts.values() for server in re.findall(r"mcp__([a-zA-Z0-9-]+)", text)}
    servers = {server: {"command": server} for server in sorted(named)}
    return {**texts, _SERVERS: json.dumps({"mcpServers": servers}, indent=2)}


def findings(workspace: made.Made) -> Counter[tuple[str, str]]:
    return Counter(
        (finding.rule, finding.message) for found in workspace.findings.values() for finding in found
    )


def started(workspace: made.Made, kind: str, name: str) -> rename.Renaming:
    """The rename from where the name is defined."""
    (definition,) = workspace.everywhere.lookup(kind, name)
    if kind == "server" and (page := workspace.pages.get(definition.path)):
        offset = page.text.offset(definition.location.line, definition.location.start)
        found = rename.renaming_elsewhere(workspace.view, page, offset)
    elif kind == "server":
        file = workspace.files[definition.path]
        offset = file.text.offset(definition.location.line, definition.location.start)
        found = rename.renaming(workspace.context(file), offset)
    else:
        file = workspace.files[definition.path]
        found = rename.renaming(workspace.context(file), file.name_span.start)
    assert found is not None
    return found


def applied(texts: dict[str, str], change: Change) -> dict[str, str]:
    return {
        made.shown(move.moved_path(made.locate(path), change.renames)): apply(
            text, change.edits.get(made.locate(path), ())
        )
        for path, text in texts.items()
    }


def mentions(workspace: made.Made) -> Counter[tuple[str, str, str]]:
    """Every reference, link and path: the file, the kind and what is named."""
    return Counter(
        (path, mention.kind, mention.name)
        for path, file in workspace.files.items()
        for mention in summarize(file).mentions
    )


def expected(
    before: Counter[tuple[str, str, str]], change: Change, kind: str, old: str, new: str
) -> Counter[tuple[str, str, str]]:
    """The mentions after a rename, if every one of them was changed."""
    after: Counter[tuple[str, str, str]] = Counter()
    for (path, mentioned, name), count in before.items():
        if mentioned == "path":
            renamed = move.moved_path(name, change.renames)
        elif kind == "server" and mentioned == "tool" and _SERVER_OF(name) == old:
            renamed = name.replace(f"mcp__{old}", f"mcp__{new}", 1)
        else:
            renamed = new if (mentioned, name) == (kind, old) else name
        after[move.moved_path(path, change.renames), mentioned, renamed] += count
    return after


def nameable(workspace: made.Made, kind: str) -> list[str]:
    """The names that lead to one file which says the name itself, the most used ones first."""
    uses = Counter(
        (_SERVER_OF(mention.name) if mention.kind == "tool" else mention.name)
        for summary in workspace.view.summaries()
        for mention in summary.mentions
        if mention.kind == kind or (kind, mention.kind) == ("server", "tool")
    )
    names = [
        one.name
        for one in workspace.everywhere.all(kind)
        if len(workspace.everywhere.lookup(kind, one.name)) == 1
        and (kind == "server" or workspace.files[one.path].document.string("name") == one.name)
    ]
    return sorted(names, key=lambda name: (-uses[name], name))


def assert_same_when_moved(workspace: made.Made, change: Change) -> None:
    """Whoever moves a skill's folder in the editor gets the edits of the rename."""
    wanted = file_renames.files_to_read(workspace.view, change.renames)
    mentions = move.mentions_any(file_renames.words(workspace.view, change.renames))
    names = file_renames.followers(workspace.view, change.renames).names
    moved = rename.change(workspace.view, names, change.renames, workspace.mentioning(wanted, mentions))
    assert (moved.edits, moved.needs_confirmation) == (change.edits, change.needs_confirmation)


@pytest.mark.parametrize("name", WORKSPACES)
def test_after_ten_renames_of_each_kind_nothing_new_is_wrong(name: str):
    texts = contents(name, WORKSPACES[name])
    workspace = made.make(texts)
    total: Counter[str] = Counter()
    for kind in ("skill", "agent", "server"):
        for old in nameable(workspace, kind)[:_COUNT]:
            new = re.sub(r"[^\w-]+", "-", f"{old}-afresh").strip("-")
            before = findings(workspace)
            found = started(workspace, kind, old)
            rename.check_name(workspace.view, found, new)
            change = workspace.rename(found, new)
            if kind == "skill":
                assert_same_when_moved(workspace, change)
            after_texts = applied(texts, change)
            after = made.make(after_texts)
            known = Counter({(rule, message.replace(old, new)): n for (rule, message), n in before.items()})
            unseen = {key: n for key, n in findings(after).items() if n > max(before[key], known[key])}
            assert not unseen, (kind, old)
            assert not after.everywhere.lookup(kind, old)
            assert mentions(after) == expected(mentions(workspace), change, kind, old, new)
            total[kind] += 1
            total["edits"] += sum(map(len, change.edits.values()))
            total["offered"] += sum(map(len, change.needs_confirmation.values()))
            total["moves"] += len(change.renames)
            texts, workspace = after_texts, after
    columns = ("skill", "agent", "server", "edits", "moves", "offered")
    print(f"{'workspace':40}", *(f"{column:>8}" for column in columns))
    print(f"{name:40}", *(f"{total[column]:8}" for column in columns))
    assert total["edits"] >= total.total() - total["edits"] - total["offered"] - total["moves"] > 0


def test_what_prose_says_is_offered_and_nothing_else_of_it():
    texts = contents("vudovn__antigravity-kit", ".agent")
    workspace = made.make(texts)
    offers: Counter[str] = Counter()
    for kind in ("skill", "agent"):
        for old in nameable(workspace, kind):
            change = workspace.rename(started(workspace, kind, old), "afresh")
            for path, edits in change.needs_confirmation.items():
                text = workspace.files[path].text
                for edit in edits:
                    around = text.source[edit.span.start - 1 : edit.span.end + 1]
                    assert re.match(f"`{re.escape(old)}`|[/@-]{re.escape(old)}", around)
                    offers[around[0]] += 1
            for path, file in workspace.files.items():
                said = [
                    match.start() + 1
                    for match in re.finditer(f"(?<!`)`{re.escape(old)}`(?!`)", file.text.source)
                ]
                changed = {
                    edit.span.start
                    for edit in (*change.needs_confirmation.get(path, ()), *change.edits.get(path, ()))
                }
                assert not [
                    offset
                    for offset in said
                    if offset not in changed and not any(offset in block.span for block in file.code_blocks)
                ]
    assert offers["`"], "the workspace speaks of its parts"
