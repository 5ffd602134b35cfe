"""How long descriptions are together, and who is told when that changes."""

import pytest

from agentls.semantics.summary import Definition, FileSummary
from agentls.text.source import Location
from agentls.workspace import Workspace, queries

QUERY = (queries.DESCRIBED, "agent")


def _agent(
    name: str, length: int, scope: str = "project", project: str = "/one", lacks: str = ""
) -> FileSummary:
    path, place = f"/{scope}/{name}.md", Location(0, "", 0, 0)
    doc = "d" * length
    own = Definition("agent", name, path, place, scope, doc, product="P", project=project, lacks=lacks)
    return FileSummary(path, (own,))


def _totals(workspace: Workspace) -> dict[str, tuple[int, str]]:
    return {total.group: (total.characters, total.longest) for total in workspace.description_totals("agent")}


def test_each_project_each_plugin_and_the_user_have_their_own():
    workspace = Workspace()
    for summary in (
        _agent("a", 3), _agent("b", 5), _agent("c", 5), _agent("d", 9, lacks="`name`"),
        _agent("e", 2, project="/two"), _agent("f", 4, "user", ""), _agent("team:g", 6, "plugin", ""),
        _agent("h", 7, "unplaced", ""),
    ):  # fmt: skip
        workspace.put(summary)
    assert _totals(workspace) == {
        "P /one": (13, "/project/b.md"),
        "P /two": (2, "/project/e.md"),
        "P ": (4, "/user/f.md"),
        "P team:": (6, "/plugin/team:g.md"),
    }


@pytest.mark.parametrize(("length", "affected"), [(3, set()), (4, {"asker"})])
def test_who_asked_is_told_of_another_length_only(length: int, affected: set[str]):
    workspace = Workspace()
    workspace.put(_agent("a", 3))
    workspace.set_dependencies("asker", frozenset({QUERY}))
    assert _totals(workspace)["P /one"][0] == 3
    assert workspace.put(_agent("a", length)) == affected
    assert _totals(workspace)["P /one"][0] == length
    assert workspace.drop("/project/a.md") == {"asker"}
    assert not _totals(workspace)
