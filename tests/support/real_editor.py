"""What the tests in real editors share: the files they open, what is found there, and who is left behind."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import pytest

from patience import PATIENCE

EDITORS = Path(__file__).parents[2] / "editors"

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
WHOLE = "---\nname: damaged\ndescription: Says it — “well”\ntools: Read\n---\n\n- ✅ done 🚀\n- ❌ not\n"
FINDINGS = [
    ("unknown-tool", "🚀"),
    ("unknown-tool", "Gerp"),
    ("removed-tool", "MultiEdit"),
    ("missing-skill", "clean-coed"),
]


def damaged(text: str) -> str:
    """As a program saves it that took its UTF-8 for Windows-1252, in which five bytes are no character."""
    undefined = {0x81, 0x8D, 0x8F, 0x90, 0x9D}
    return "".join(chr(c) if c in undefined else bytes([c]).decode("cp1252") for c in text.encode())


FILES = {
    ".claude/agents/reviewer.md": AGENT,
    ".claude/agents/damaged.md": damaged(WHOLE),
    ".claude/skills/clean-code/SKILL.md": SKILL,
    "README.md": "---\ntools: Gerp\n---\n\nNo agent.\n",
}


def pictures(otherwise: Path) -> Path:
    """Where pictures of editors are kept: the folder in AGENTLS_PICTURES, else a test's own."""
    folder = Path(os.environ.get("AGENTLS_PICTURES") or otherwise)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def processes_in(folder: Path) -> list[str]:
    """The command lines of processes that name the folder."""
    done = subprocess.run(
        ["ps", "-ewwo", "args="], capture_output=True, text=True, timeout=PATIENCE, check=True
    )
    return [line for line in done.stdout.splitlines() if str(folder) in line and not line.startswith("ps ")]


def left_in(folder: Path) -> list[str]:
    """The same, once those that were about to end have had a moment for it."""
    end = time.monotonic() + PATIENCE
    while (left := processes_in(folder)) and time.monotonic() < end:
        time.sleep(0.1)
    return left


needs_posix = pytest.mark.skipif(os.name == "nt", reason="the command is put on PATH as a shell script")
