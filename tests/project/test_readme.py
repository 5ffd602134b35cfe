"""What README and its neighbours promise is so: commands, settings, links."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest

import reading_table
import settings_table
from agentls.linter import engine
from agentls.settings.layers import Layer, parse
from command_line import run

_ROOT = Path(__file__).parents[2]
_README = (_ROOT / "README.md").read_text(encoding="utf-8")
_PAGES = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "editors/README.md"]
_LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)")


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```$", _README, re.DOTALL | re.MULTILINE)


def test_the_table_of_what_is_read_is_current():
    assert reading_table.shown_in(_README) == reading_table.table(), "run: python tools/write_docs.py"


def test_the_table_of_settings_is_current():
    assert settings_table.shown_in(_README) == settings_table.table(), (
        "`python tools/write_docs.py` renews it"
    )


def test_the_settings_that_it_shows_can_be_used():
    (shown,) = blocks("toml")
    settings, complaints = parse([Layer(tomllib.loads(shown), ("/project",), "agentls.toml")])
    assert complaints + engine.unknown_selectors(settings) == []
    assert settings.level("unknown-tool", ("tools",), "/project/templates/a.md") == "off"


def test_the_comment_that_it_shows_silences_the_line_below(tmp_path, monkeypatch):
    (shown,) = blocks("yaml")
    agent = tmp_path / ".claude" / "agents" / "reviewer.md"
    agent.parent.mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLAUDE_CONFIG_DIR", str(tmp_path / "user"))
    front_matter = f"---\nname: reviewer\ndescription: Reviews code\n{shown}---\n"
    agent.write_text(front_matter)
    assert run("check").stdout == "1 file checked, no problems found\n"
    agent.write_text(front_matter.replace("ignore[", "look["))
    assert "unknown-tool" in run("check").stdout


@pytest.mark.parametrize("line", [line for block in blocks("sh") for line in block.splitlines()])
def test_every_command_is_one_line_that_the_command_understands(line):
    words = shlex.split(line, comments=True)
    assert words[0] in ("agentls", "python3")
    if words[0] == "agentls":
        assert run(words[1], "--help", *words[2:]).returncode == 0
        # A file has to be there.
        if words[1] == "explain" and not words[-1].endswith(".md"):
            assert run(*words[1:]).returncode == 0


@pytest.mark.parametrize("page", _PAGES)
def test_links_lead_somewhere(page):
    text = (_ROOT / page).read_text(encoding="utf-8")
    for path, anchor in _LINK.findall(text):
        target = (_ROOT / page).parent / path if path else _ROOT / page
        assert target.exists(), path
        if anchor:
            headings = re.findall(r"^#+ (.*)$", target.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in [heading.lower().replace(" ", "-") for heading in headings]


@pytest.mark.parametrize("page", _PAGES)
def test_a_line_of_prose_is_a_sentence(page):
    """So that a change shows as the sentence that changed."""
    text = re.sub(
        r"^(`{3,}).*?^\1$", "", (_ROOT / page).read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE
    )
    prose = [line for line in text.splitlines() if not line.startswith(("|", "#", "<!--"))]
    assert [line for line in prose if re.search(r"(?<!^\d)[.!?] [A-Z]", line)] == []
