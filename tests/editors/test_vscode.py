"""The VS Code extension as it is written: its manifest says what is so, and nothing twice."""

from __future__ import annotations

import json
import re
import tomllib

import pytest

import agentls
import places
import vscode_manifest
from agentls.settings import layers

_MANIFEST = json.loads(vscode_manifest.MANIFEST.read_text(encoding="utf-8"))
_SOURCES = "\n".join(
    path.read_text(encoding="utf-8") for path in sorted((vscode_manifest.EXTENSION / "src").glob("*.ts"))
)
_PROPERTIES = _MANIFEST["contributes"]["configuration"]["properties"]


def test_what_is_generated_is_current():
    """By hand: ``python tools/write_docs.py``."""
    assert vscode_manifest.manifest() == _MANIFEST


def test_the_extension_knows_where_products_look():
    """By hand: ``python tools/write_docs.py``."""
    assert places.VSCODE.read_text(encoding="utf-8") == places.vscode()


def test_commands_are_there_for_every_kind_of_file():
    enabled = {c["enablement"] for c in _MANIFEST["contributes"]["commands"] if "enablement" in c}
    assert enabled == {r"resourceExtname =~ /^\.(md|txt|json|toml|mdc|markdown|cursorrules|jsonc)$/"}


def test_server_and_extension_have_one_version():
    lock = json.loads(vscode_manifest.LOCK.read_text(encoding="utf-8"))
    versions = (_MANIFEST["version"], lock["version"], lock["packages"][""]["version"])
    assert set(versions) == {agentls.__version__}


def test_the_server_understands_every_default_and_example():
    for name, facts in _PROPERTIES.items():
        key = name.removeprefix("agentls.")
        if key not in vscode_manifest.OWN:
            for value in (facts["default"], *facts.get("examples", ())):
                layer = layers.Layer({key: value})
                assert layers.parse([layer])[1] == [], name


@pytest.mark.parametrize("name", ["path", "interpreter"])
def test_no_workspace_says_which_program_is_started(name):
    assert _PROPERTIES[f"agentls.{name}"]["scope"] == "machine"


def test_it_wakes_for_every_language_that_the_editor_gives_such_files():
    events = _MANIFEST["activationEvents"]
    assert events[:5] == [f"onLanguage:{language}" for language in vscode_manifest.LANGUAGES]
    assert "workspaceContains:agentls.toml" in events
    assert "workspaceContains:**/.codex/agents/**/*.toml" in events


def test_each_command_has_code_and_each_code_a_command():
    offered = {command["command"] for command in _MANIFEST["contributes"]["commands"]}
    registered = set(re.findall(r'registerCommand\("([^"]*)"', _SOURCES))
    assert offered == registered


def test_the_walkthrough_has_three_steps_whose_links_lead_somewhere():
    (walkthrough,) = _MANIFEST["contributes"]["walkthroughs"]
    assert len(walkthrough["steps"]) == 3
    offered = {command["command"] for command in _MANIFEST["contributes"]["commands"]}
    for step in walkthrough["steps"]:
        assert (vscode_manifest.EXTENSION / step["media"]["image"]).is_file()
        linked = re.findall(r"\(command:([\w.]+)\)", step["description"])
        named = [event.removeprefix("onCommand:") for event in step["completionEvents"]]
        assert linked
        assert {name for name in (*linked, *named) if name.startswith("agentls.")} <= offered


def test_pictures_are_small():
    for path in (vscode_manifest.EXTENSION / "images").glob("*.png"):
        assert path.stat().st_size < 200_000, path.name


def test_the_picture_and_every_file_that_the_readme_shows_are_there():
    readme = (vscode_manifest.EXTENSION / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"!\[[^\]]*\]\(([^)]*)\)", readme)
    assert shown
    for name in (_MANIFEST["icon"], *shown):
        assert (vscode_manifest.EXTENSION / name).is_file(), name


def test_it_brings_every_library_that_the_server_needs():
    text = (vscode_manifest.EXTENSION / "requirements.txt").read_text(encoding="utf-8")
    pinned = dict(re.findall(r"^([\w-]+)==([\d.]+)$", text, re.MULTILINE))
    project = tomllib.loads((vscode_manifest.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for requirement in project["dependencies"]:
        name = re.match(r"[\w-]+", requirement)
        assert name
        assert name[0] in pinned
    assert pinned["jsonschema"].startswith("4.17."), "later ones need a native library"


def test_the_oldest_python_is_the_same_everywhere():
    project = tomllib.loads((vscode_manifest.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    oldest = re.search(r"OLDEST: Version = \[(\d+), (\d+)\]", _SOURCES)
    assert oldest
    assert project["requires-python"] == ">=" + ".".join(oldest.groups())
    assert ".".join(oldest.groups()) in _PROPERTIES["agentls.interpreter"]["markdownDescription"]


def test_the_lock_file_names_no_registry():
    lock = json.loads(vscode_manifest.LOCK.read_text(encoding="utf-8"))
    assert not [name for name, facts in lock["packages"].items() if "resolved" in facts]
