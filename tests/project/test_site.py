"""The pages of the site, and the engine of its playground, as far as they need no browser."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from agentls.linter import engine as linter

_SITE = Path(__file__).parents[2] / "tools" / "site"
sys.path[:0] = [str(_SITE), str(_SITE / "playground")]

import engine  # noqa: E402
import pages  # noqa: E402

_AGENT = "---\nname: reviewer\ndescription: Reviews 😀 code\ntools: Read, Gerp\n---\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    pages.write(folder)
    return folder


def test_every_rule_has_a_page_and_is_listed(folder: Path):
    listed = (folder / "rules" / "index.md").read_text("utf-8")
    for code in linter.rules():
        assert (folder / "rules" / f"{code}.md").is_file()
        assert f"]({code}.md)" in listed


def test_a_link_leads_to_a_page_of_the_site_or_to_the_home_of_the_project(folder: Path):
    for page in folder.rglob("*.md"):
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8")):
            if not target.startswith(("http", "mailto:", "command:")):
                assert (page.parent / target).exists() or target.startswith("playground"), (page.name, target)


def test_a_file_is_checked_with_places_as_a_browser_counts_them():
    answer = json.loads(engine.check(".claude/agents/reviewer.md", _AGENT))
    (found,) = answer["findings"]
    units = _AGENT.encode("utf-16-le")
    assert units[2 * found["from"] : 2 * found["to"]].decode("utf-16-le") == "Gerp"
    assert found["fixes"][0]["edits"] == [{"from": found["from"], "to": found["to"], "insert": "Grep"}]
    assert answer["product"] == "Claude Code"
    assert "**Claude Code loads this file" in answer["report"]


@pytest.mark.parametrize("path", ["notes.md", "../../etc/passwd", "", "/", ".claude/agents/../../x.md"])
def test_what_no_product_reads_says_so(path: str):
    assert json.loads(engine.check(path, "# Notes\n")) == {"product": None}


def test_a_file_is_converted_and_what_cannot_be_is_refused():
    new = json.loads(engine.convert(".claude/agents/reviewer.md", _AGENT, "opencode"))
    assert new["path"] == ".opencode/agents/reviewer.md"
    assert new["losses"]
    assert "refused" in json.loads(engine.convert(".claude/agents/reviewer.md", _AGENT, "Nobody"))


def test_every_example_is_a_file_of_a_product():
    for example in json.loads((_SITE / "playground" / "examples.json").read_text("utf-8")):
        assert json.loads(engine.check(example["path"], example["text"]))["product"], example["path"]
