"""The table of names that lead somewhere is current, and each cell of it is proven by a case."""

from __future__ import annotations

from functools import cache

import pytest

import cases
import made
import name_table
from agentls.features.completion import complete
from agentls.semantics.summary import INLINE

_PAGES = ("completion", "definition", "document-links", "hover", "references", "rename")
# What the cases of each kind have to show; what a field brings along is defined, and used as all others.
_SHOWN = {
    "server": {"completion", "definition", "hover", "references", "rename"},
    "own": {"definition"},
    "agent": {"completion", "definition", "hover", "references", "rename"},
    "skill": {"completion", "definition", "hover", "references", "rename"},
    "resource": {"definition", "document-links", "hover"},
}


@cache
def proven() -> frozenset[tuple[str, str, str]]:
    """The dialects with the kinds of names and the features for which a case has an answer."""
    found = set()
    for case in cases.load("features"):
        if case.page in _PAGES:
            workspace = made.make({source.path: source.text for source in case.sources})
            for source in case.sources:
                file = workspace.files.get(made.locate(source.path))
                is_refused = bool(source.answer) and source.answer[0].startswith("refused")
                if file and (source.answer or source.answers) and not is_refused:
                    for kind in _kinds(workspace, file, case.page, source.cursor):
                        found.add((file.dialect.name, kind, case.page))
    return frozenset(found)


def _kinds(workspace, file, page, cursor):
    if page == "completion":
        return {one.kind.value for one in complete.complete(workspace.context(file), cursor or 0)}
    if cursor is None:
        return {reference.kind for reference in file.references}
    reference = file.at(cursor).reference
    if reference is None:
        return set()
    view = workspace.context(file).view
    if any(found.scope == INLINE for found in view.resolve(reference.kind, reference.name)):
        return {"own"}
    return {"server" if reference.kind == "tool" else reference.kind}


def test_the_table_is_current():
    assert name_table.shown() == name_table.table(), "run python tools/write_docs.py"


@pytest.mark.parametrize("dialect", name_table.rows())
def test_every_cell_is_proven(dialect: str):
    cells = name_table.rows()[dialect].keys() - {"place"}
    wanted = {(dialect, kind, page) for kind in cells for page in _SHOWN[kind]}
    assert not wanted - proven()


def test_a_product_with_names_of_tools_has_a_place_for_servers():
    for cells in name_table.rows().values():
        assert "server" not in cells or "place" in cells
