"""The text that the model gets, compared to the letter with what the products were seen to send."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import made
from agentls.explain.prompt import prompt
from agentls.syntax.substitutions import Kind

if TYPE_CHECKING:
    from agentls.semantics.file import File


def _recorded(product: str) -> list[dict[str, str]]:
    return json.loads(Path(__file__).with_name(f"{product}_renderings.json").read_text("utf-8"))


_SEEN = _recorded("claude_code")
# Of opencode 1.18.33, Gemini CLI 0.61.0 and Qwen Code 0.24.4; the project's folder is left out.
_OTHERS = [one for product in ("opencode", "gemini_cli", "qwen_code") for one in _recorded(product)]
_PLUGIN = {"plugin/.claude-plugin/plugin.json": '{"name": "plugin", "version": "1.0.0"}'}


def _file(path: str, text: str) -> File:
    own = _PLUGIN if path.startswith("plugin/") else {}
    return made.make({path: text, **own}).files[made.locate(path)]


# What the session of the recordings had; nobody else knows.
_OF_SESSION = {"CLAUDE_SESSION_ID": "<UUID>", "CLAUDE_EFFORT": "medium"}


def _rendered(file: File, typed: str) -> str:
    project = file.identity.root.removesuffix("/plugin")
    text = prompt(file, typed).text.replace(project, "<PROJ>")
    for name, value in _OF_SESSION.items():
        if name in file.text_grammar.variables:
            text = text.replace(f"${{{name}}}", value)
    return text


@pytest.mark.parametrize("seen", [one for one in _SEEN if "rendered" in one], ids=lambda one: one["id"])
def test_the_text_is_the_one_that_the_product_sends(seen: dict[str, str]):
    assert _rendered(_file(seen["file"], seen["text"]), seen["typed"]) == seen["rendered"]


@pytest.mark.parametrize("seen", [one for one in _SEEN if "commands" in one], ids=lambda one: one["id"])
def test_the_commands_are_those_that_the_product_runs(seen: dict[str, str]):
    file = _file(seen["file"], seen["text"])
    assert [s.value for s in file.substitutions if s.kind is Kind.COMMAND] == seen["commands"]


@pytest.mark.parametrize("seen", _OTHERS, ids=lambda one: f"{one['file'].partition('/')[0]}-{one['id']}")
def test_the_text_is_the_one_that_other_products_send(seen: dict[str, str]):
    file = _file(seen["file"], seen["text"])
    assert prompt(file, seen["typed"]).text.replace(f"{file.identity.root}/", "") == seen["rendered"]
