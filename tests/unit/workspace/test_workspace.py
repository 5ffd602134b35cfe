"""What the files of a workspace define, who asked for it, and who is checked again when it changes."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from agentls.semantics.resolution import ResolutionContext
from agentls.semantics.summary import Definition, FileSummary, Mention
from agentls.text.source import Location
from agentls.workspace import ScopedView, View, Workspace, queries, usages


def skill(name: str, path: str = "", doc: str = "") -> FileSummary:
    path = path or f"/p/.claude/skills/{name}/SKILL.md"
    return FileSummary(path, (Definition("skill", name, path, Location(), "project", doc),))


def everywhere(workspace: Workspace) -> ScopedView:
    """The view of all that there is."""
    return View(workspace).within(ResolutionContext())


def asks(workspace: Workspace, path: str, *names: str) -> None:
    """A check of the file at ``path`` that looks the names up."""
    view = everywhere(workspace)
    for name in names:
        view.lookup("skill", name)
    workspace.set_dependencies(path, frozenset(view.queries))


def test_a_name_that_appears_concerns_who_asked_for_it():
    workspace = Workspace()
    asks(workspace, "/p/one.md", "deploy")
    asks(workspace, "/p/two.md", "release")
    assert "/p/one.md" in workspace.put(skill("deploy"))
    workspace.put(skill("release"))
    assert workspace.drop("/p/.claude/skills/release/SKILL.md") >= {"/p/two.md"}


def test_who_found_the_exact_name_is_not_concerned_by_others():
    workspace = Workspace()
    workspace.put(skill("deploy"))
    asks(workspace, "/p/one.md", "deploy")
    assert workspace.put(skill("release")) == set()
    assert workspace.drop("/p/.claude/skills/deploy/SKILL.md") == {"/p/one.md"}


def test_who_no_longer_asks_is_not_concerned():
    workspace = Workspace()
    asks(workspace, "/p/one.md", "deploy")
    asks(workspace, "/p/one.md")
    assert workspace.put(skill("deploy")) == set()


def test_a_description_concerns_who_uses_the_name_and_not_who_wants_all_names():
    workspace = Workspace()
    workspace.put(skill("deploy"))
    asks(workspace, "/p/one.md", "deploy")
    view = everywhere(workspace)
    view.all("skill")
    workspace.set_dependencies("/p/two.md", frozenset(view.queries))
    assert workspace.put(skill("deploy", doc="Deploys")) == {"/p/one.md"}


def test_a_word_more_in_a_text_concerns_nobody_but_is_known():
    workspace = Workspace()
    workspace.put(skill("deploy"))
    asks(workspace, "/p/one.md", "deploy")
    (definition,) = skill("deploy").definitions
    longer = definition._replace(size=12)
    assert workspace.put(FileSummary(definition.path, (longer,))) == set()
    assert everywhere(workspace).lookup("skill", "deploy") == (longer,)


def test_a_use_that_appears_concerns_who_wants_to_know_what_is_used():
    workspace = Workspace()
    view = everywhere(workspace)
    list(view.usage_summaries([queries.of_used_name("deploy"), queries.of_word("deploy")]))
    workspace.set_dependencies("/p/one.md", frozenset(view.queries))
    lead = FileSummary("/p/lead.md", mentions=(Mention("skill", "deploy", Location()),))
    assert workspace.put(lead) == {"/p/one.md"}
    assert workspace.put(lead._replace(mentions=(Mention("skill", "deploy", Location(3)),))) == set()
    assert workspace.put(lead._replace(prose_mentions=("deploy",))) == {"/p/one.md"}


def test_what_does_not_change_concerns_nobody():
    workspace = Workspace()
    workspace.put(skill("deploy"))
    asks(workspace, "/p/one.md", "deploy")
    assert workspace.put(skill("deploy")) == set()


def test_a_name_defined_twice_is_there_until_both_are_gone():
    workspace = Workspace()
    workspace.put(skill("deploy", "/p/a/SKILL.md"))
    workspace.put(skill("deploy", "/p/b/SKILL.md"))
    assert len(everywhere(workspace).lookup("skill", "deploy")) == 2
    workspace.drop("/p/a/SKILL.md")
    assert [definition.path for definition in everywhere(workspace).lookup("skill", "deploy")] == [
        "/p/b/SKILL.md"
    ]
    workspace.drop("/p/b/SKILL.md")
    assert everywhere(workspace).lookup("skill", "deploy") == ()


def test_a_plugin_s_name_is_found_by_its_end_where_nothing_is_exact():
    workspace = Workspace()
    workspace.put(skill("team:deploy", "/p/x/SKILL.md"))
    assert [d.name for d in everywhere(workspace).lookup("skill", "deploy")] == ["team:deploy"]
    workspace.put(skill("deploy"))
    assert [d.name for d in everywhere(workspace).lookup("skill", "deploy")] == ["deploy"]
    assert [d.name for d in everywhere(workspace).lookup("skill", "ploy")] == []


def test_a_plugin_s_name_concerns_who_asked_for_its_end_and_nobody_else():
    workspace = Workspace()
    asks(workspace, "/p/one.md", "deploy")
    asks(workspace, "/p/two.md", "release")
    assert workspace.put(skill("team:sub:deploy", "/p/x/SKILL.md")) == {"/p/one.md"}
    assert [d.name for d in everywhere(workspace).lookup("skill", "sub:deploy")] == ["team:sub:deploy"]
    assert workspace.drop("/p/x/SKILL.md") == {"/p/one.md"}
    assert everywhere(workspace).lookup("skill", "deploy") == ()


def test_a_skill_of_a_nested_project_may_be_called_by_its_folder():
    workspace = Workspace()
    asks(workspace, "/p/one.md", "apps/web:deploy")
    for folder in ("/p/apps/web", "/p/apps/api"):
        affected = workspace.put(skill("deploy", f"{folder}/.claude/skills/deploy/SKILL.md"))
    assert affected == {"/p/one.md"}
    (found,) = everywhere(workspace).lookup("skill", "apps/web:deploy")
    assert found.path == "/p/apps/web/.claude/skills/deploy/SKILL.md"
    assert everywhere(workspace).lookup("skill", "eb:deploy") == ()


def test_what_was_made_of_all_names_is_kept_until_one_comes_or_goes():
    workspace = Workspace()
    made: list[list[str]] = []

    def names(definitions: list[Definition]) -> list[str]:
        made.append([definition.name for definition in definitions])
        return made[-1]

    workspace.put(skill("deploy"))
    for _ in range(2):
        assert everywhere(workspace).derive("skill", "names", names) == ["deploy"]
    workspace.put(skill("deploy", doc="Deploys"))
    everywhere(workspace).derive("skill", "names", names)
    assert len(made) == 1, "a word more is nobody's name"
    workspace.put(skill("release"))
    assert everywhere(workspace).derive("skill", "names", names) == ["deploy", "release"]
    workspace.drop("/p/.claude/skills/deploy/SKILL.md")
    assert everywhere(workspace).derive("skill", "names", names) == ["release"]


def test_what_is_asked_at_several_places_counts_for_one_check():
    view = View(Workspace())
    view.within(ResolutionContext()).lookup("skill", "deploy")
    view.within(ResolutionContext(folder="/p")).exists("/p/docs/a.md")
    assert {("skill", "deploy"), ("path", "/p/docs/a.md")} <= view.queries
    assert view.unknown_paths == {"/p/docs/a.md"}


def test_a_path_that_nobody_asks_for_any_more_is_forgotten():
    workspace = Workspace()
    view = View(workspace)
    view.exists("/p/docs/a.md")
    workspace.set_dependencies("/p/one.md", frozenset(view.queries))
    workspace.update_paths({"/p/docs/a.md": True, "/p/docs/b.md": True})
    assert workspace.forget_paths() == ["/p/docs/a.md"]
    assert (view.exists("/p/docs/a.md"), view.exists("/p/docs/b.md")) == (True, None)


def test_a_path_is_unknown_until_somebody_looked():
    workspace = Workspace()
    view = everywhere(workspace)
    assert view.exists("/p/docs/a.md") is None
    workspace.set_dependencies("/p/one.md", frozenset(view.queries))
    assert workspace.update_paths({"/p/docs/a.md": False}) == {"/p/one.md"}
    assert View(workspace).exists("/p/docs/a.md") is False
    assert workspace.update_paths({"/p/docs/a.md": False}) == set()


_PARTS = st.builds(
    lambda kinds, words: {
        "mentions": tuple(Mention(k, n, Location()) for k, n in kinds),
        "prose_mentions": words,
    },
    st.lists(st.tuples(st.sampled_from(["skill", "server", "path", "tool"]), st.sampled_from("aAb"))),
    st.lists(st.sampled_from("ab")).map(tuple),
)
_QUESTIONS = [
    *map(queries.of_used_name, "ab"),
    *map(queries.of_used_path, "aAb"),
    queries.ALL_TOOLS,
    *map(queries.of_word, "ab"),
]


@given(st.lists(st.tuples(st.sampled_from("12"), st.none() | _PARTS, st.sampled_from(_QUESTIONS))))
def test_who_uses_a_name_is_known_after_any_changes(steps: list[tuple[str, dict[str, Any] | None, Any]]):
    workspace = Workspace()
    files: dict[str, FileSummary] = {}
    for path, parts, query in steps:
        before = _using(files, query)
        view = everywhere(workspace)
        assert [summary.path for summary in view.usage_summaries([query])] == before
        workspace.set_dependencies("/p/one.md", frozenset(view.queries))
        files.pop(path, None)
        if parts is not None:
            files[path] = FileSummary(path, **parts)
        concerned = workspace.put(files[path]) if parts is not None else workspace.drop(path)
        assert concerned == ({"/p/one.md"} if _using(files, query) != before else set())


def _using(files: dict[str, FileSummary], query: tuple[str, str]) -> list[str]:
    return sorted(
        path
        for path, summary in files.items()
        if query in {*map(usages.of_mention, summary.mentions), *map(queries.of_word, summary.prose_mentions)}
    )


_STEPS = st.lists(st.tuples(st.booleans(), st.sampled_from("abc"), st.sampled_from("12")), max_size=20)


@given(_STEPS)
def test_after_any_changes_the_workspace_is_as_if_read_anew(steps: list[tuple[bool, str, str]]):
    workspace = Workspace()
    files: dict[str, FileSummary] = {}
    for is_there, name, number in steps:
        path = f"/p/{number}/SKILL.md"
        if is_there:
            files[path] = skill(name, path)
            workspace.put(files[path])
        else:
            files.pop(path, None)
            workspace.drop(path)
    fresh = Workspace()
    for summary in files.values():
        fresh.put(summary)
    assert workspace.all("skill") == fresh.all("skill")
    assert sorted(workspace.paths()) == sorted(fresh.paths())


@given(_STEPS, st.lists(st.sampled_from("abc"), max_size=3))
def test_whoever_would_get_another_answer_is_checked_again(
    steps: list[tuple[bool, str, str]], names: list[str]
):
    workspace = Workspace()
    asks(workspace, "/p/one.md", *names)
    for is_there, name, number in steps:
        before = [everywhere(workspace).lookup("skill", asked) for asked in names]
        path = f"/p/{number}/SKILL.md"
        concerned = workspace.put(skill(name, path)) if is_there else workspace.drop(path)
        if before != [everywhere(workspace).lookup("skill", asked) for asked in names]:
            assert "/p/one.md" in concerned
        asks(workspace, "/p/one.md", *names)
