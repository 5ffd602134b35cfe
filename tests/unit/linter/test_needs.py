"""A rule is called only where it may find something: elsewhere it finds nothing."""

from __future__ import annotations

import pytest

import cases
import made
from agentls.linter import engine
from agentls.linter.needs import Content, Needs

_ALL = cases.load("rules", "dialects", "suppression")


@pytest.mark.parametrize("page", sorted({case.page for case in _ALL}))
def test_a_rule_that_is_not_called_has_nothing_to_say(page: str):
    for case in (case for case in _ALL if case.page == page):
        workspace = made.make({source.path: source.content for source in case.sources})
        for file in workspace.files.values():
            content = Content(file)
            for rule in engine.rules().values():
                effects = file.effects(rule.code)
                if effects and not content.meets(rule.needs):
                    found = rule.check(workspace.context(file), effects if rule.cases else effects[""])
                    assert not list(found), (case.name, rule.code)


@pytest.mark.parametrize(
    ("needs", "is_met"),
    [
        (Needs(), True),
        (Needs(characters="\x00-\x08"), False),
        (Needs(characters="✅"), True),
        (Needs(words=("\r", "```")), False),
        (Needs(words=("\r", "Gerp")), True),
        (Needs(fields=("name", "model")), True),
        (Needs(fields=("model",)), False),
        (Needs(holds=("tool",)), True),
        (Needs(holds=("color",)), False),
        (Needs(references=("skill",)), True),
        (Needs(references=("link",)), False),
        (Needs(problems=True), False),
        (Needs(unknown_fields=True), False),
        (Needs(fields=("name",), references=("link",)), False),
    ],
)
def test_what_is_in_a_file(*, needs: Needs, is_met: bool):
    text = "---\nname: one\ndescription: Does ✅\ntools: Read, Gerp\nskills: deploy\n---\n\nDo it.\n"
    (file,) = made.make({".claude/agents/one.md": text}).files.values()
    assert Content(file).meets(needs) is is_met


def test_what_a_rule_supersedes_exists():
    """A name that is no rule's, and that no rule is about, would be silently ignored."""
    about = {getattr(module, "ABOUT", code) for code, module in engine.modules().items()}
    for code, module in engine.modules().items():
        assert set(getattr(module, "SUPERSEDES", ())) <= about | engine.rules().keys(), code
