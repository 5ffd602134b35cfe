"""The schemas: that they are what they say, and what versions and a user's own words make of them."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from agentls import products
from agentls.findings import Severity
from agentls.linter import engine
from agentls.products.quick_validation import fits

_DIALECTS = products.load().dialects
_AGENT = _DIALECTS["claude-agent"]


@pytest.mark.parametrize("name", _DIALECTS)
def test_a_misspelled_name_leads_to_a_field_and_is_none_itself(name: str):
    dialect = _DIALECTS[name]
    for wrong, right in dialect.misspelled.items():
        assert right in dialect.fields
        assert wrong not in dialect.fields


@pytest.mark.parametrize("name", _DIALECTS)
def test_what_is_said_about_tools_is_about_tools_that_exist(name: str):
    tools = _DIALECTS[name].tools
    assert {alias.of for alias in tools.aliases.values()} <= {*tools.tools, *tools.conditional}
    assert {tool for removed in tools.removed.values() for tool in removed.instead} <= set(tools.tools)
    assert set(tools.suggestions.values()) <= set(tools.tools)
    kinds = [set(tools.tools), set(tools.aliases), set(tools.removed), set(tools.conditional)]
    assert sum(map(len, kinds)) == len(set().union(*kinds)), "a name is of one kind"


@pytest.mark.parametrize("name", _DIALECTS)
def test_the_last_alternative_of_an_effect_is_for_every_scope(name: str):
    """Or a file of a scope that nobody thought of would be checked by nothing."""
    for alternatives in _DIALECTS[name].effects.values():
        assert [effect for effect in alternatives if not effect.until][-1].scopes == ()


def test_an_effect_depends_on_the_scope():
    assert _AGENT.effect("missing-description", "plugin").severity is Severity.INFORMATION
    assert _AGENT.effect("missing-description", "project").severity is Severity.ERROR
    assert _AGENT.effect("missing-name", "plugin") is None
    assert _AGENT.effect("no-such-rule", "project") is None


def test_a_value_that_fits_has_no_error():
    assert list(_AGENT.errors({"maxTurns": 20, "tools": ["Read"], "anything": object()})) == []


_WORDS = st.sampled_from(
    ["inherit", "red", "Read, Grep", "*", "command", "mcp_tool", "true", "user", "", "a/b", "A-b", "http://x"]
)
_SCALARS = st.none() | st.booleans() | st.integers(-1, 3) | st.sampled_from([0.5, 1.0, 2000]) | _WORDS
_KEYS = st.sampled_from(["hooks", "type", "command", "matcher", "url", "timeout", "PreToolUse", "server"])
_VALUES = st.recursive(
    _SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=4)
)


@given(st.data(), st.sampled_from(sorted(n for n, d in _DIALECTS.items() if d.schema["properties"])))
def test_a_value_that_is_taken_at_once_has_no_error(data: st.DataObject, name: str):
    dialect = _DIALECTS[name]
    field = data.draw(st.sampled_from(sorted(dialect.schema["properties"])))
    words = [word.name for word in dialect.fields[field].words]
    value = data.draw(_VALUES | st.sampled_from(words) if words else _VALUES)
    if fits(value, dialect.schema["properties"][field], dialect.schema):
        errors = Draft202012Validator(dialect.schema).iter_errors({field: value})
        assert not [error for error in errors if error.absolute_path], value


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "reviewer"),
        ("tools", ["Read", "Grep"]),
        ("color", "red"),
        ("maxTurns", 20),
        ("background", True),
        ("hooks", {"Stop": [{"matcher": "x", "hooks": []}]}),
    ],
)
def test_an_everyday_value_is_taken_at_once(field: str, value: object):
    assert fits(value, _AGENT.schema["properties"][field], _AGENT.schema)


def test_a_keyword_that_is_not_known_is_left_to_the_validator():
    assert not fits(1, {"type": "integer", "multipleOf": 2}, {})
    assert not fits(1, {"const": True}, {})
    assert not fits([True], {"items": {"type": "integer"}}, {})


def test_an_error_leads_to_the_innermost_value():
    hooks = {"Stop": [{"hooks": [{"type": "comand", "command": "x"}]}]}
    (error,) = _AGENT.errors({"hooks": hooks})
    assert (error.field, error.path) == ("hooks", ("Stop", 0, "hooks", 0, "type"))
    assert error.expected.startswith("`command`")


def test_every_wrong_value_is_told_in_the_order_of_the_document():
    hooks = {"Stop": [{"hooks": [{"type": "comand", "command": 1}]}, {"matcher": 3, "hooks": []}], "Setup": 5}
    found = _AGENT.errors({"maxTurns": "many", "hooks": hooks, "skills": [1, "x", 2]})
    assert [(error.field, error.path) for error in found] == [
        ("maxTurns", ()),
        ("hooks", ("Stop", 0, "hooks", 0, "type")),
        ("hooks", ("Stop", 0, "hooks", 0, "command")),
        ("hooks", ("Stop", 1, "matcher")),
        ("hooks", ("Setup",)),
        ("skills", (0,)),
        ("skills", (2,)),
    ]


_SEEDED = """
from agentls.products import load
values = {"a": 1, "b": {"c": 2}, "d": [3], "e": None, "f": {"g": {"h": 4}}}
for dialect in load().dialects.values():
    for name in dialect.schema["properties"]:
        print(dialect.name, *dialect.errors({name: values}), *dialect.errors({name: [values]}))
"""


def test_what_is_told_does_not_depend_on_the_hash_seed():
    told = {
        subprocess.run(
            [sys.executable, "-c", _SEEDED],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in "123"
    }
    assert len(told) == 1


def test_a_user_s_own_words_are_known_like_others():
    own = products.adapted("claude-agent", tools=("Own",), fields=("mine",), models=("house-model",))
    assert "Own" in own.tools.tools
    assert "mine" in own.fields
    assert "house-model" in [word.name for word in own.fields["model"].words]
    assert "Own" not in _AGENT.tools.tools


def test_an_older_version_does_not_know_what_came_later():
    skill = _DIALECTS["claude-skill"]
    assert "disallowed-tools" in skill.fields
    assert "disallowed-tools" not in products.adapted("claude-skill", target_version="2.1.100").fields
    assert "disallowed-tools" in products.adapted("claude-skill", target_version="2.1.200").fields


def test_versions_compare_by_number():
    assert products.version("2.1.99") < products.version("2.1.200")
    assert products.version("") == ()


def test_rules_and_groups_are_known_by_name_before_any_rule_is_loaded():
    assert products.load().selectors == {*engine.rules(), *engine.groups(), *products.load().old_groups}
