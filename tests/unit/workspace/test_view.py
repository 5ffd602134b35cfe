"""What a view was asked is written down, and can be asked again: that is what caches and checks depend on."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agentls.semantics.resolution import ResolutionContext
from agentls.semantics.summary import Definition, FileSummary, Mention
from agentls.text.source import Location
from agentls.workspace import Context, ScopedView, View, Workspace, queries

if TYPE_CHECKING:
    from collections.abc import Callable

_SKILL = "/p/.claude/skills/a/SKILL.md"

_USES = (
    queries.of_used_name("a"),
    queries.of_word("a"),
    queries.of_used_path("/p/a.md"),
    queries.ALL_TOOLS,
)

LOOKUPS: dict[str, Callable[[ScopedView], object]] = {
    "is_complete": lambda view: view.is_complete,
    "summary": lambda view: view.summary(_SKILL),
    "summaries": lambda view: list(view.summaries()),
    # Of a use, the file counts and what its names mean; where it stands there is looked up when it is shown.
    "usage_summaries": lambda view: [
        (summary.path, summary.resolution_context) for summary in view.usage_summaries(_USES)
    ],
    "is_known": lambda view: view.is_known(_SKILL),
    "exists": lambda view: view.exists("/p/a.md"),
    "display_path": lambda view: view.display_path("/p/a.md"),
    "is_in_scope": lambda view: view.is_in_scope(_defined("skill", "a", "/q/a.md", "/q")),
    "own": lambda view: view.own,
    "lookup": lambda view: [view.lookup(kind, name) for kind in ("skill", "agent") for name in ("a", "q:a")],
    "foreign_skills": lambda view: view.foreign_skills("a"),
    "resolve": lambda view: [
        view.resolve(kind, name)
        for kind in ("skill", "agent", "server", "tool")
        for name in ("a", "A", "q:a", "mcp__a__b")
    ],
    "declaration": lambda view: view.declaration(_SKILL),
    # Who wants all names hears of no description.
    "all": lambda view: [(d.name, d.path, d.project) for d in view.all("skill")],
    "files": lambda view: view.files("/p/docs"),
    "derive": lambda view: view.derive("skill", "names", lambda found: [d.name for d in found]),
    "description_totals": lambda view: view.description_totals("agent"),
    "mcp_tools": lambda view: view.mcp_tools(),
}
# They ask nothing of what may change.
OTHERS = {
    "answer", "effective_definitions", "queried_folders", "queried_paths", "server_of",
    "unknown_folders", "unknown_paths", "within", "workspace",
    "queries", "resolution_context",
}  # fmt: skip


def _defined(kind: str, name: str, path: str, project: str = "", doc: str = "") -> Definition:
    return Definition(kind, name, path, Location(), "project", doc, product="Claude Code", project=project)


def test_every_lookup_is_tried():
    public = {name for name, _ in inspect.getmembers(ScopedView) if not name.startswith("_")}
    fields = {"workspace", "queries", "resolution_context"}
    assert public | fields == LOOKUPS.keys() | OTHERS


def test_nothing_is_looked_up_before_it_is_known_from_where():
    assert not {"lookup", "resolve", "all", "derive", "is_in_scope"} & set(dir(View))


@pytest.mark.parametrize("name", LOOKUPS)
def test_every_lookup_records_its_queries(name: str):
    view = View(Workspace())
    LOOKUPS[name](_scoped(view))
    assert view.queries
    for query in view.queries:
        view.answer(query)


def _scoped(view: View) -> ScopedView:
    return view.within(_PLACE)


_PLACE = ResolutionContext(folder="/p", dialect="claude-agent", owner=_SKILL, plugin="q")
_PATHS = ("/p/a.md", _SKILL, "/q/a.md", "/p/q/b.md")
_NAMES = ("a", "A", "q:a", "b")


@st.composite
def _summaries(draw: st.DrawFn) -> FileSummary:
    """What a file may define and name."""
    path = draw(st.sampled_from(_PATHS))
    kinds = ["skill", "command", "agent", "server", "declaration", "foreign-skill"]
    defined = _defined(
        draw(st.sampled_from(kinds)),
        draw(st.sampled_from([*_NAMES, _SKILL])),
        path,
        draw(st.sampled_from(["", "/p", "/q"])),
        draw(st.sampled_from(["", "Does it"])),
    )
    used = draw(st.sampled_from(["a", "b", "mcp__a__b"]))
    is_tool = used.startswith("mcp")
    return FileSummary(
        path,
        (defined,),
        frozenset([used] if is_tool else []),
        (Mention("tool" if is_tool else "skill", used, Location()),),
        (used,),
        draw(st.sampled_from([_PLACE, _PLACE._replace(folder="/q")])),
        (_defined("server", "a", path),) if draw(st.booleans()) else (),
    )


@st.composite
def _workspaces(draw: st.DrawFn) -> Workspace:
    workspace = Workspace(is_complete=draw(st.booleans()), opened=draw(st.sampled_from([(), ("/p", "/q")])))
    workspace.home = draw(st.sampled_from(["", "/p"]))
    for summary in draw(st.lists(_summaries(), max_size=4)):
        workspace.put(summary)
    workspace.update_paths({path: draw(st.booleans()) for path in draw(st.sets(st.sampled_from(_PATHS)))})
    return workspace


# One drawing serves all lookups: to make a workspace costs more than to ask it.
@given(_workspaces(), _workspaces())
@settings(max_examples=200)
def test_where_all_answers_are_the_same_so_is_what_was_looked_up(one: Workspace, other: Workspace):
    for name, lookup in LOOKUPS.items():
        before, after = View(one), View(other)
        found = lookup(_scoped(before))
        if all(before.answer(query) == after.answer(query) for query in before.queries):
            assert lookup(_scoped(after)) == found, name


@given(_workspaces(), _summaries(), st.booleans())
@settings(max_examples=200)
def test_whoever_looked_it_up_is_told_of_another_answer(workspace, summary, is_dropped):
    found = {}
    for name, lookup in LOOKUPS.items():
        view = View(workspace)
        found[name] = lookup(_scoped(view))
        workspace.set_dependencies(f"/p/asks-{name}.md", frozenset(view.queries))
    concerned = workspace.drop(summary.path) if is_dropped else workspace.put(summary)
    for name, lookup in LOOKUPS.items():
        if lookup(_scoped(View(workspace))) != found[name]:
            assert f"/p/asks-{name}.md" in concerned


@given(_workspaces(), st.booleans())
def test_whoever_asked_is_told_that_all_is_known_or_other_folders_are_open(workspace, is_complete):
    view = View(workspace)
    found = view.is_complete, LOOKUPS["is_in_scope"](_scoped(view))
    workspace.set_dependencies("/p/asks.md", frozenset(view.queries))
    concerned = workspace.set_complete(is_complete=is_complete) | workspace.set_folders(("/p",), (), "")
    if (view.is_complete, LOOKUPS["is_in_scope"](_scoped(view))) != found:
        assert concerned == {"/p/asks.md"}


def test_a_context_is_bound_to_its_file():
    class Asking:
        resolution_context = _PLACE

    context = Context(View(Workspace()), Asking())
    assert context.view.resolution_context == _PLACE
