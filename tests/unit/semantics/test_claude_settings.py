"""Settings of any shape: what is no name is none, and every name stands where it is said to stand."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentls.semantics import claude_settings
from agentls.syntax.formats import JSON
from agentls.syntax.parsing import read
from agentls.text.source import Text


def _names(source: str):
    return claude_settings.names(read(JSON, Text(source), frozenset()))


_WORDS = ["agent", "permissions", "allow", "hooks", "matcher", "if", "server", "enabledMcpjsonServers"]
_VALUES = ["Agent(a)", "Skill(b *)", "mcp__c__d", "x", 'q"\\', "[{:,}]", ""]
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(_VALUES) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_WORDS), inner, max_size=4),
    max_leaves=20,
)


@given(_JSON, st.sampled_from([None, 2]))
def test_every_name_stands_at_its_place(data, indent):
    source = json.dumps(data, indent=indent, ensure_ascii=False)
    for kind, name, span in _names(source):
        assert kind in ("agent", "skill", "server", "tool")
        assert source[span.start : span.end] == name


@pytest.mark.parametrize("source", ["", "{", "[" * 100_000, '{"agent": 3}', "\0", '"agent"'])
def test_what_is_no_settings_names_nothing(source):
    assert list(_names(source)) == []


def test_a_broken_line_costs_no_other_name():
    source = '{"agent": "x" "permissions": {"deny": ["mcp__a__b",, "mcp__c__d"], "ask": oops}, "hooks": {'
    assert [name for _, name, _ in _names(source)] == ["x", "mcp__a__b", "mcp__c__d"]


@given(st.lists(st.sampled_from([*_VALUES, "Agent(a b)", "Agent(a, b)", "Agent()", "Agent(*)", "agent(a)"])))
def test_only_rules_for_one_name_name_it(rules):
    source = json.dumps({"permissions": {"deny": rules}})
    expected = {"Agent(a)": ("agent", "a"), "Skill(b *)": ("skill", "b"), "mcp__c__d": ("tool", "mcp__c__d")}
    found = [(kind, name) for kind, name, _ in _names(source)]
    assert found == [expected[rule] for rule in rules if rule in expected]
