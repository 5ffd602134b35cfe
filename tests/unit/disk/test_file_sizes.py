"""A file that is larger than any product reads costs nothing, whatever its ending."""

from __future__ import annotations

import json

import pytest

from agentls import disk
from agentls.products.identification import MAX_SIZE
from command_line import HEALTHY, run

_READ = [
    ".claude/agents/a.md",
    ".codex/agents/a.toml",
    ".codex/config.toml",
    ".gemini/commands/a.toml",
    ".cursor/rules/a.mdc",
    ".cursor/mcp.json",
    ".mcp.json",
    ".vscode/mcp.json",
    "opencode.json",
    ".claude/settings.json",
    "agentls.toml",
    "pyproject.toml",
]


@pytest.mark.parametrize("name", _READ)
def test_what_is_too_large_is_not_read(tmp_path, name):
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x" * (MAX_SIZE + 1))
    assert disk.file_content(str(path)) is None


@pytest.mark.parametrize(
    "name", ["docs/log.md", "README.md", "CHANGELOG.md", ".github/notes.md", "src/a.mdc"]
)
def test_a_large_document_that_no_product_reads_is_nobodys_business(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    for path, text in ((".claude/agents/reviewer.md", HEALTHY), (name, "A line of a log.\n" * 100_000)):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    done = run("check", "--no-cache")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "1 file checked, no problems found\n"


def test_a_large_agent_is_told(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / ".claude" / "agents" / "large.md"
    path.parent.mkdir(parents=True)
    path.write_text(HEALTHY + "A line.\n" * 200_000, "utf-8")
    assert "large.md: larger than 1024 KiB, which no product loads" in run("check", "--no-cache").stderr


def test_what_claude_code_keeps_for_itself_may_be_larger(tmp_path):
    path = tmp_path / ".claude.json"
    path.write_text(json.dumps({"projects": {"/p": {"history": ["x" * 1000] * 2000}}}), "utf-8")
    found = disk.file_content(str(path))
    assert found is not None
    assert len(found.source) > MAX_SIZE
