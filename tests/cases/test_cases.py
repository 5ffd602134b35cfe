"""The one loop over all literate cases; ``cases`` says how they are written."""

from __future__ import annotations

import logging

import pytest

import cases
import comparison
import made
import remedies
from agentls.linter import engine

_ALL = cases.load("rules", "dialects", "suppression")


def _parameter(case: cases.Case):
    # A known bug is kept as the case that will notice its repair.
    marks = [pytest.mark.xfail(reason="a known bug", raises=pytest.fail.Exception)] if case.is_bug else []
    return pytest.param(case, id=case.name, marks=marks)


@pytest.mark.parametrize("case", [_parameter(case) for case in _ALL])
def test_case(case: cases.Case, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.WARNING)
    workspace = made.make({source.path: source.content for source in case.sources})
    complaints = [comparison.differences(source, workspace) for source in case.sources]
    for source in case.sources:
        path = made.locate(source.path)
        if path not in workspace.files:
            assert not source.answers, "a file of no dialect has no fixes"
            continue
        complaints += remedies.check_fixes(workspace, path)
        for title, expected in source.answers:
            actual = remedies.fixed(workspace, path, title)
            if actual is None:
                complaints.append(f"there is no fix `{title}`, but {remedies.titles(workspace, path)}")
            elif actual != source.read(expected):
                complaints.append(f"`{title}` makes it:\n{source.draw(actual)}")
        if source.fixes is not None and source.fixes != (actual := remedies.titles(workspace, path)):
            complaints.append("the fixes on offer are:\n" + "\n".join(actual))
    complaints += [f"a rule failed: {record.exc_text}" for record in caplog.records]
    if any(complaints):
        pytest.fail("\n\n".join(filter(None, complaints)), pytrace=False)


def test_titles_are_names():
    """A test is called by its heading, so no page has one heading twice."""
    names = [case.name for case in _ALL]
    assert len(names) == len(set(names))


def test_every_rule_has_cases():
    assert {path.stem for path in (cases.CASES / "rules").glob("*.md")} == set(engine.rules())
