"""``agentls context``: which instructions apply to a file, in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from command_line import run

if TYPE_CHECKING:
    from pathlib import Path

_FILES = {
    ".git/HEAD": "",
    "CLAUDE.md": "Be brief.",
    "AGENTS.md": "Be very brief.",
    "web/CLAUDE.md": "Use hooks.",
    ".claude/rules/ts.md": "---\npaths: '**/*.ts'\n---\n\nUse types.",
    ".claude/rules/go.md": "---\npaths: '**/*.go'\n---\n\nUse errors.",
    ".cursor/rules/all.mdc": "---\nalwaysApply: true\n---\n\nBe kind.",
    "web/app.ts": "",
}


@pytest.fixture(autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in _FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)


def test_what_applies_to_a_file_is_shown_in_the_order_of_the_prompt():
    shown = run("context", "web/app.ts", "--product", "claude code").stdout
    rows = [line for line in shown.splitlines() if line.startswith("| `")]
    assert [row.split("`")[1] for row in rows] == [
        "CLAUDE.md",
        ".claude/rules/ts.md",
        "web/CLAUDE.md",
        "AGENTS.md",
        ".claude/rules/go.md",
    ]
    assert "| `.claude/rules/ts.md` | matches `**/*.ts` |" in shown
    assert "| `web/CLAUDE.md` | when a file in its folder is read |" in shown
    assert "| `AGENTS.md` | because of `CLAUDE.md` |" in shown
    assert "| `.claude/rules/go.md` | for `**/*.go` |" in shown


def test_what_a_session_starts_with_has_every_product():
    shown = run("context").stdout
    assert "# Instructions at a start in" in shown
    assert "## Cursor\n" in shown
    assert "`.cursor/rules/all.mdc` | always" in shown
    claude = shown.partition("## Claude Code\n")[2].partition("\n## ")[0]
    read, _, others = claude.partition("Not read")
    assert "`CLAUDE.md`" in read
    assert "web/CLAUDE.md" not in claude
    assert ".claude/rules/ts.md" in others


def test_what_does_not_exist_is_said():
    done = run("context", "web/none.ts")
    assert (done.returncode, done.stderr) == (2, "agentls: web/none.ts: no such file\n")
    done = run("context", "--product", "claud code")
    assert done.returncode == 2
    assert "Did you mean `Claude Code`?" in done.stderr
