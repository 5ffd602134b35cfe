"""Settings: what a user may set, what wins, and what becomes of values that cannot be used."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import made
from agentls import products
from agentls.findings import Severity
from agentls.settings.layers import Known, Layer, Settings, kebab, parse

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
_SCHEMA = products.catalogue.raw_schema("settings")
_NAMES = sorted(_SCHEMA["properties"])
_AGENT = made.locate(".claude/agents/reviewer.md")


def _settings(raw: object, *roots: str) -> Settings:
    settings, complaints = parse([Layer(raw, roots)])
    assert complaints == []
    return settings


def test_nothing_set_is_the_defaults():
    assert parse([]) == (Settings(), [])
    assert parse([Layer(None), Layer({})]) == (Settings(), [])


@pytest.mark.parametrize("name", _NAMES)
def test_the_default_in_the_schema_is_the_default(name: str):
    assert _settings({name: _SCHEMA["properties"][name]["default"]}) == Settings()


@pytest.mark.parametrize("name", _NAMES)
def test_the_examples_in_the_schema_can_be_used(name: str):
    for example in _SCHEMA["properties"][name].get("examples", ()):
        _settings({name: example}, "/project")


@given(st.dictionaries(st.sampled_from(_NAMES) | st.text(max_size=8), _JSON, max_size=4))
def test_whatever_is_set_the_settings_are_of_the_right_type(raw: dict[str, object]):
    before = repr(raw)
    settings, complaints = parse([Layer(raw)])
    assert repr(raw) == before, "what the user gave is left as is"
    assert isinstance(settings.debounce, int)
    assert isinstance(settings.user_scope, bool)
    assert isinstance(settings.target_version, str)
    assert all(isinstance(name, str) for name in (*settings.known.tools, *settings.known.skills))
    assert all(isinstance(choice.level, str) for choice in settings.choices)
    unusable = [name for name in raw if kebab(name) not in _NAMES]
    assert len(complaints) >= len({kebab(name) for name in unusable})
    # The level of any rule in any file can be asked for.
    settings.level("unknown-tool", ("tools",), _AGENT)


@given(_JSON)
def test_settings_that_are_no_table_are_the_defaults(raw: object):
    if raw is None or isinstance(raw, dict):
        return
    settings, complaints = parse([Layer(raw, origin="agentls.toml")])
    assert settings == Settings()
    (complaint,) = complaints
    assert complaint.startswith("agentls.toml: settings must be a table")


def test_what_a_file_is_can_be_said():
    raw = {"dialects": {"prompts/**": "gemini-agent", "prompts/notes/*": "none"}}
    settings = _settings(raw, made.PROJECT)
    assert settings.dialect(made.locate("prompts/a.md")) == "gemini-agent"
    assert settings.dialect(made.locate("prompts/notes/a.md")) == "none"
    assert settings.dialect(made.locate("a.md")) == ""
    (path,) = made.make({"prompts/a.md": "Anything", "prompts/notes/a.md": "Anything"}, settings).files
    assert path == made.locate("prompts/a.md")


def test_what_a_file_can_be_is_a_dialect():
    kinds = _SCHEMA["properties"]["dialects"]["additionalProperties"]["enum"]
    assert kinds == [*products.load().dialects, "none"]
    _, complaints = parse([Layer({"dialects": {"*.md": "gemini"}}, origin="agentls.toml")])
    assert complaints[0].startswith('agentls.toml: dialects.*.md must be "agent-skill" or')


@pytest.mark.parametrize("name", ["user-scope", "userScope", "user_scope"])
def test_any_spelling_of_a_name_is_understood(name: str):
    assert _settings({name: False}).user_scope is False


def test_a_wrong_value_is_told_and_the_others_count():
    settings, complaints = parse([Layer({"debounce": "soon", "user-scope": False, "colour": "red"})])
    assert settings == Settings(user_scope=False)
    assert len(complaints) == 2
    assert any("unknown setting colour" in complaint for complaint in complaints)
    assert any("debounce must be" in complaint for complaint in complaints)


def test_one_wrong_level_leaves_the_others():
    settings, complaints = parse([Layer({"rules": {"unknown-tool": "loud", "dead-path": "off"}})])
    assert settings.level("dead-path", (), _AGENT) == "off"
    assert settings.level("unknown-tool", (), _AGENT) is None
    (complaint,) = complaints
    assert "rules.unknown-tool must be" in complaint


def test_a_later_layer_wins_and_lists_add_up():
    layers = [
        Layer({"debounce": 1, "known-tools": ["One"], "rules": {"dead-path": "error"}}),
        Layer({"debounce": 2, "known-tools": ["Two", "One"], "rules": {"dead-path": "off"}}),
    ]
    settings, _ = parse(layers)
    assert settings.debounce == 2
    assert settings.known == Known(tools=("One", "Two"))
    assert settings.level("dead-path", (), _AGENT) == "off"


def test_a_rule_beats_its_group_and_a_path_beats_none():
    raw = {
        "rules": {"tools": "off", "unknown-tool": "hint"},
        "per-path": {".claude/agents/**": {"tools": "error"}, "docs/": {"unknown-tool": "off"}},
    }
    settings = _settings(raw, made.PROJECT)
    assert settings.level("removed-tool", ("tools",), made.locate("agents/x.md")) == "off"
    assert settings.level("unknown-tool", ("tools",), made.locate("agents/x.md")) == "hint"
    assert settings.level("unknown-tool", ("tools",), _AGENT) == "error"
    assert settings.level("unknown-tool", ("tools",), made.locate("docs/deep/x.md")) == "off"
    assert settings.level("unknown-tool", ("tools",), "/elsewhere/docs/x.md") == "hint"


_SOURCE = """\
---
name: reviewer
description: Reviews code
tools: Read, Gerp, Own
flavour: x
skills: mine-1
---
"""


def _found(raw: dict[str, object]) -> list[tuple[str, Severity]]:
    found = made.make({".claude/agents/reviewer.md": _SOURCE}, _settings(raw, made.PROJECT)).findings[_AGENT]
    return [(finding.rule, finding.severity) for finding in found]


def test_what_settings_do_to_findings():
    tool, field, skill = "unknown-tool", "unknown-field", "missing-skill"
    assert _found({}) == [
        (tool, Severity.WARNING),
        (tool, Severity.WARNING),
        (field, Severity.HINT),
        (skill, Severity.WARNING),
    ]
    raw = {
        "rules": {tool: "error", "references": "off"},
        "known-tools": ["Own"],
        "known-fields": ["flavour"],
    }
    assert _found(raw) == [(tool, Severity.ERROR)]
    assert (skill, Severity.WARNING) not in _found({"known-skills": ["mine-*"]})


def test_the_version_of_claude_code_says_nothing_about_other_products():
    settings = _settings({"target-version": "2.1.100"})
    paths = (_AGENT, "/project/.gemini/agents/reviewer.md")
    workspace = made.make(dict.fromkeys(paths, "---\nname: reviewer\n---\n"), settings=settings)
    targets = {file.dialect.product: file.dialect.target for file in workspace.files.values()}
    assert targets == {"Claude Code": (2, 1, 100), "Gemini CLI": ()}
