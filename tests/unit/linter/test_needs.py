"""A rule is called only where it may find something: elsewhere it finds nothing."""

from __future__ import annotations

import pytest

import cases
import made
from agentls.linter import engine
from agentls.linter.needs import CodesByNeed, Need
from agentls.outcome.tool_entries import EntryStatus

_ALL = cases.load("rules", "dialects", "suppression")


@pytest.mark.parametrize("page", sorted({case.page for case in _ALL}))
def test_a_rule_that_is_not_called_has_nothing_to_say(page: str):
    for case in (case for case in _ALL if case.page == page):
        workspace = made.make({source.path: source.content for source in case.sources})
        for file in workspace.files.values():
            for rule in engine.rules().values():
                effects = file.effects(rule.code)
                if effects and rule.need and not rule.need.is_met(file):
                    found = rule.check(workspace.context(file), effects if rule.cases else effects[""])
                    assert not list(found), (case.name, rule.code)


@pytest.mark.parametrize(
    ("need", "is_met"),
    [
        (Need("CHARACTERS", ("\x00-\x08",)), False),
        (Need("CHARACTERS", ("✅", "a")), True),
        (Need("WORDS", ("\r", "```")), False),
        (Need("WORDS", ("\r", "Gerp")), True),
        (Need("FIELDS", ("name", "model")), True),
        (Need("FIELDS", ("model",)), False),
        (Need("HOLDS", ("tool",)), True),
        (Need("HOLDS", ("color",)), False),
        (Need("REFERENCES", ("skill",)), True),
        (Need("REFERENCES", ("link",)), False),
        (Need("ENTRIES", (EntryStatus.UNKNOWN,)), True),
        (Need("ENTRIES", (EntryStatus.SERVER, EntryStatus.ALIAS)), False),
        (Need("PROBLEMS", ("",)), False),
        (Need("UNKNOWN_FIELDS", (True,)), False),
    ],
)
def test_what_is_in_a_file(*, need: Need, is_met: bool):
    text = "---\nname: one\ndescription: Does ✅\ntools: Read, Gerp\nskills: deploy\n---\n\nDo it.\n"
    (file,) = made.make({".claude/agents/one.md": text}).files.values()
    assert need.is_met(file) is is_met
    assert CodesByNeed({"rule": need, "other": None}).met_by(file) == ["other", *(["rule"] if is_met else [])]


def test_what_is_broken_in_a_file():
    text = "---\nname: one\ndescription: Does: it\ntoolz: Read\n---\n\nDo it.\n"
    (file,) = made.make({".claude/agents/one.md": text}).files.values()
    assert Need("UNKNOWN_FIELDS", (True,)).is_met(file)
    assert Need("PROBLEMS", ("",)).is_met(file)
    assert not Need("PROBLEMS", ("toml", "misplaced-")).is_met(file)


def test_what_a_rule_supersedes_exists():
    """A name that is no rule's, and that no rule is about, would be silently ignored."""
    about = {getattr(module, "ABOUT", code) for code, module in engine.modules().items()}
    for code, module in engine.modules().items():
        assert set(getattr(module, "SUPERSEDES", ())) <= about | engine.rules().keys(), code
