"""The text that the model gets, compared to the letter with what Claude Code 2.1.332 was seen to send."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import made
from agentls.outcome.rendering import Template, arguments, render
from agentls.syntax.substitutions import Kind

if TYPE_CHECKING:
    from agentls.semantics.file import File

_SEEN = json.loads(Path(__file__).with_name("claude_code_renderings.json").read_text("utf-8"))
_PLUGIN = {"plugin/.claude-plugin/plugin.json": '{"name": "plugin", "version": "1.0.0"}'}


def _file(path: str, text: str) -> File:
    own = _PLUGIN if path.startswith("plugin/") else {}
    return made.make({path: text, **own}).files[made.locate(path)]


def _rendered(file: File, typed: str) -> str:
    grammar = file.text_grammar
    root = file.identity.root
    project = root.removesuffix("/plugin")
    template = Template(
        file.text.source, file.document.body, grammar, file.substitutions, file.argument_names
    )
    values = {
        "CLAUDE_SKILL_DIR": str(Path(file.path).parent),
        "CLAUDE_PROJECT_DIR": project,
        "CLAUDE_SESSION_ID": "<UUID>",
        "CLAUDE_EFFORT": "medium",
        "CLAUDE_PLUGIN_ROOT": root,
    }
    known = {name: value for name, value in values.items() if name in grammar.variables}
    return render(template, arguments(typed, grammar), known).text.replace(project, "<PROJ>")


@pytest.mark.parametrize("seen", [one for one in _SEEN if "rendered" in one], ids=lambda one: one["id"])
def test_the_text_is_the_one_that_the_product_sends(seen: dict[str, str]):
    assert _rendered(_file(seen["file"], seen["text"]), seen["typed"]) == seen["rendered"]


@pytest.mark.parametrize("seen", [one for one in _SEEN if "commands" in one], ids=lambda one: one["id"])
def test_the_commands_are_those_that_the_product_runs(seen: dict[str, str]):
    file = _file(seen["file"], seen["text"])
    assert [s.value for s in file.substitutions if s.kind is Kind.COMMAND] == seen["commands"]
