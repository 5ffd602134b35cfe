"""The plugin for Claude Code: it is valid, and it is what it says."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from agentls import HOME, __version__
from command_line import run
from patience import PATIENCE

_PLUGIN = Path(__file__).parents[2] / "editors" / "claude-code"
_JUDGES = os.environ.get("AGENTLS_JUDGES", "")
_CLAUDE = Path(_JUDGES, "node_modules/@anthropic-ai/claude-code-linux-x64/claude")


def _read(name):
    return json.loads((_PLUGIN / name).read_text("utf-8"))


def test_the_manifest_says_what_the_package_says():
    manifest = _read(".claude-plugin/plugin.json")
    assert manifest["version"] == __version__
    assert manifest["homepage"] == manifest["repository"] == HOME


def test_what_it_starts_is_there():
    (server,) = _read(".lsp.json").values()
    (group,) = _read("hooks/hooks.json")["hooks"]["PostToolUse"]
    (hook,) = group["hooks"]
    assert [server["command"], *server["args"]] == ["agentls", "--stdio"]
    command, *arguments = hook["command"].split()
    assert command == "agentls"
    assert run(*arguments, "--help").returncode == 0


def test_our_own_check_finds_nothing_in_it(tmp_path, monkeypatch):
    shutil.copytree(_PLUGIN, tmp_path / "plugin")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path / "plugin")
    done = run("check", "--no-cache", "--fail-on", "hint")
    assert done.returncode == 0
    assert done.stdout.endswith(" files checked, no problems found\n")


@pytest.mark.slow
@pytest.mark.skipif(
    not _JUDGES or not _CLAUDE.is_file(),
    reason="AGENTLS_JUDGES names no folder with @anthropic-ai/claude-code-linux-x64",
)
def test_claude_code_takes_it(tmp_path):
    done = subprocess.run(
        [_CLAUDE, "plugin", "validate", "--strict", _PLUGIN],
        env={"HOME": str(tmp_path), "PATH": os.defpath},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "agentls:agent-files" in done.stdout
