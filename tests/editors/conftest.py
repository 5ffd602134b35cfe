"""The project that the real editors open, and the command that they start.

A person's own settings, skills and agents have no say in it.
"""

from __future__ import annotations

import os
import sys

import pytest

import real_editor


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project with an agent, a skill and a damaged agent; the command is on PATH."""
    folder = tmp_path / "project"
    for name, content in real_editor.FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="")
    (folder / ".git").mkdir()
    command = tmp_path / "bin" / "agentls"
    command.parent.mkdir()
    # The log names this very folder, so that a process which is left behind can be told from all others.
    log = tmp_path / "agentls.log"
    command.write_text(
        f'#!/bin/sh\nexec "{sys.executable}" -P -m agentls "$@" --log-file "{log}" --log-level debug\n'
    )
    command.chmod(0o755)
    monkeypatch.setenv("PATH", f"{command.parent}{os.pathsep}{os.environ['PATH']}")
    for name in ("CONFIG", "STATE", "DATA", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("CLAUDE_CONFIG_DIR", "VIMRUNTIME", "NVIM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(folder)
    return folder
