"""What users set: in configuration files and editors, right and wrong."""

from __future__ import annotations

import os

import pytest

from agentls import configuration
from agentls.findings import apply
from agentls.settings import Known, Layer, Settings, parse

ROOT = os.path.join(os.sep, "project")
AGENT = os.path.join(ROOT, ".claude", "agents", "reviewer.md")


def level(*raw, rule="unknown-tool", groups=("tools",), path=AGENT):
    settings, complaints = parse([Layer(one, ROOT) for one in raw])
    assert complaints == []
    return settings.level(rule, groups, path)


def complaints(raw):
    settings, found = parse([Layer(raw, ROOT, "here")])
    assert settings == Settings()
    return found


def test_nothing_set_is_the_default():
    assert parse([Layer(None), Layer({})]) == (Settings(), [])


@pytest.mark.parametrize("name", ["user-scope", "userScope", "user_scope"])
def test_names_are_understood_in_every_spelling(name):
    assert parse([Layer({name: False})])[0].user_scope is False


# Levels


def test_a_rule_of_which_nothing_was_said():
    assert level({"rules": {"other": "off"}}) is None


def test_a_group_means_its_rules():
    assert level({"rules": {"tools": "off"}}) == "off"


def test_the_name_of_a_rule_beats_its_group():
    assert level({"rules": {"unknown-tool": "error", "tools": "off"}}) == "error"


def test_a_path_beats_none():
    assert level({"rules": {"unknown-tool": "off"}, "per-path": {"**/*.md": {"tools": "hint"}}}) == "hint"


def test_the_editor_beats_the_file():
    assert level({"per-path": {"**/*.md": {"unknown-tool": "off"}}}, {"rules": {"tools": "error"}}) == "error"


@pytest.mark.parametrize(
    ("glob", "matches"),
    [
        (".claude/agents/*.md", True),
        ("**/reviewer.md", True),
        (".claude/", True),
        (".claude/**", True),
        ("./.claude/agents/review??.md", True),
        ("*.md", False),
        ("agents/*.md", False),
        (".claude/*/", True),
        ("**/[a-z]*.md", False),
    ],
)
def test_globs_are_relative_to_the_folder_of_the_configuration(glob, matches):
    assert (level({"per-path": {glob: {"unknown-tool": "off"}}}) == "off") is matches


def test_a_glob_means_nothing_outside_its_folder():
    outside = os.path.join(os.sep, "elsewhere", "reviewer.md")
    assert level({"per-path": {"**": {"unknown-tool": "off"}}}, path=outside) is None


# Names


def test_names_of_all_layers_are_known():
    settings, _ = parse([Layer({"known-tools": ["A", "B"]}), Layer({"knownTools": ["B", "C"]})])
    assert settings.known == Known(tools=("A", "B", "C"))


# Mistakes


def test_a_setting_that_does_not_exist():
    assert complaints({"ruels": {}}) == ["here: there is no setting ruels"]


def test_a_level_that_does_not_exist():
    expected = '"error" or "warning" or "information" or "hint" or "off" or "on"'
    assert complaints({"rules": {"unknown-tool": "warn"}}) == [f"here: rules.unknown-tool must be {expected}"]


@pytest.mark.parametrize("raw", [5, "x", [], True])
def test_settings_that_are_no_table(raw):
    (complaint,) = complaints(raw)
    assert complaint.startswith("here: settings must be a table")


@pytest.mark.parametrize(
    "raw",
    [
        {"debounce": "soon"},
        {"debounce": -1},
        {"debounce": True},
        {"user-scope": "no"},
        {"target-version": "newest"},
        {"known-tools": "Read"},
        {"known-tools": ["Read", 5]},
        {"rules": []},
        {"per-path": {"**": "off"}},
    ],
    ids=str,
)
def test_a_value_of_the_wrong_type_is_left_out(raw):
    assert len(complaints(raw)) == 1


def test_one_mistake_costs_nothing_else():
    raw = {"rules": {"unknown-tool": "warn", "unknown-color": "off"}, "debounce": "x", "user-scope": False}
    settings, found = parse([Layer(raw)])
    assert len(found) == 2
    assert settings.user_scope is False
    assert settings.level("unknown-color", (), AGENT) == "off"
    assert settings.level("unknown-tool", (), AGENT) is None
    assert raw["rules"] == {"unknown-tool": "warn", "unknown-color": "off"}


# Files


def test_a_file_of_our_own():
    layer, found = configuration.layer(os.path.join(ROOT, "agentls.toml"), '[rules]\ntools = "off"\n')
    assert (layer.raw, layer.root, found) == ({"rules": {"tools": "off"}}, ROOT, [])


def test_a_section_of_pyproject():
    path = os.path.join(ROOT, "pyproject.toml")
    text = '[project]\nname = "x"\n[tool.agentls]\ndebounce = 5\n'
    assert configuration.speaks(path, text)
    assert configuration.layer(path, text)[0].raw == {"debounce": 5}


def test_a_pyproject_of_others_says_nothing():
    assert not configuration.speaks(os.path.join(ROOT, "pyproject.toml"), "[tool.ruff]\n")


def test_a_file_that_is_not_toml():
    layer, (complaint,) = configuration.layer(os.path.join(ROOT, "agentls.toml"), "[rules\n")
    assert layer.raw is None
    assert "agentls.toml" in complaint


# Turning a rule off


def turned_off(text, name="agentls.toml"):
    edit = configuration.turn_off(os.path.join(ROOT, name), text, "unknown-tool")
    return edit and apply(text, [edit])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '[rules]\nunknown-tool = "off"\n'),
        ("debounce = 5", 'debounce = 5\n\n[rules]\nunknown-tool = "off"\n'),
        ("[rules]", '[rules]\nunknown-tool = "off"\n'),
        ('[rules]\nx = "on"\n', '[rules]\nunknown-tool = "off"\nx = "on"\n'),
        ('[rules]\nunknown-tool = "hint" # yes\n', '[rules]\nunknown-tool = "off" # yes\n'),
        ('[rules]\r\nx = "on"\r\n', '[rules]\r\nunknown-tool = "off"\r\nx = "on"\r\n'),
        (
            '[rules]\n[per-path."x/**"]\nunknown-tool = "hint"\n',
            '[rules]\nunknown-tool = "off"\n[per-path."x/**"]\nunknown-tool = "hint"\n',
        ),
    ],
)
def test_a_rule_is_turned_off_where_the_rules_are(before, after):
    assert turned_off(before) == after


def test_a_rule_is_turned_off_in_pyproject():
    assert turned_off("[tool.agentls]\n", "pyproject.toml") == (
        '[tool.agentls]\n\n[tool.agentls.rules]\nunknown-tool = "off"\n'
    )


@pytest.mark.parametrize("text", ['rules = { x = "on" }\n', 'rules.x = "on"\n', "[rules\n"])
def test_what_is_not_understood_is_not_touched(text):
    assert turned_off(text) is None
