"""agentls in a real Emacs, with ``editors/emacs/agentls.el`` as it is shipped.

Without Emacs, markdown-mode and a client these tests are skipped; ``tests/editors/install.sh`` brings them.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

import real_editor
from patience import PATIENCE, PATIENCE_WITH_PROGRAMS
from real_editor import AGENT, FINDINGS, WHOLE

_HERE = Path(__file__).parent / "emacs"
_EMACS = shutil.which("emacs")


def _lacks(library: str) -> str:
    """Why this library cannot be tried; empty when it can."""
    if not _EMACS:
        return "there is no Emacs on PATH: tests/editors/install.sh brings it"
    question = f'(progn (package-initialize) (kill-emacs (if (locate-library "{library}") 0 1)))'
    done = subprocess.run(
        [_EMACS, "-q", "--batch", "--eval", question], capture_output=True, timeout=PATIENCE, check=False
    )
    return "" if done.returncode == 0 else f"Emacs has no {library}: tests/editors/install.sh brings it"


_REASONS = {library: _lacks(library) for library in ("markdown-mode", "eglot", "lsp-mode")}
pytestmark = [
    real_editor.needs_posix,
    pytest.mark.skipif(bool(_REASONS["markdown-mode"]), reason=_REASONS["markdown-mode"]),
]


def work(program, project, scratch):
    """What a program of ``tests/editors/emacs`` has recorded, and the processes that it left."""
    done = subprocess.run(
        [_EMACS, "-q", "--batch"]
        + [
            word
            for file in (real_editor.EDITORS / "emacs" / "agentls.el", _HERE / "person.el", _HERE / program)
            for word in ("-l", str(file))
        ],
        env={**os.environ, "AGENTLS_PROJECT": str(project), "AGENTLS_FACTS": str(scratch)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=PATIENCE_WITH_PROGRAMS,
        check=False,
    )
    recorded = scratch / "facts.json"
    facts = json.loads(recorded.read_text(encoding="utf-8")) if recorded.is_file() else {}
    assert facts.get("finished"), f"{facts}\n{done.stdout}\n{done.stderr}"
    return {**facts, "left": real_editor.left_in(scratch)}


def hour(client, project, scratch):
    """What an hour's work with a client shows."""
    if _REASONS[client]:
        pytest.skip(_REASONS[client])
    return work(f"{client.replace('-', '_')}_work.el", project, scratch)


def test_eglot(project, tmp_path):
    """Everything a person does with Eglot, on lines with emoji before the words."""
    check(hour("eglot", project, tmp_path), project, FINDINGS)


def test_lsp_mode(project, tmp_path):
    """The same with lsp-mode.

    Without emoji: lsp-mode 8 counts characters where the protocol counts UTF-16 code units.
    """
    path = project / ".claude" / "agents" / "reviewer.md"
    path.write_text(AGENT.replace("🚀, ", ""), encoding="utf-8")
    check(hour("lsp-mode", project, tmp_path), project, FINDINGS[1:])


def check(facts, project, findings):
    assert facts["findings"] == list(map(list, findings))
    assert "Replaces exact text in a file" in facts["hover"]
    assert facts["definition"] == str(project / ".claude/skills/clean-code/SKILL.md")
    assert facts["offered"] == ["WebFetch"]
    assert facts["completed"].endswith("Gerp, MultiEdit, Edit, WebFetch")
    assert facts["fixed"].endswith("Grep, MultiEdit, Edit")
    kept = [[rule, text] for rule, text in findings if text != "Gerp"]
    assert facts["findingsAfterFix"] == kept
    assert facts["findingsAfterRepair"] == []
    assert base64.b64decode(facts["saved"]) == WHOLE.encode()
    assert facts["renamed"] == WHOLE.replace("name: damaged", "name: whole")
    assert facts["findingsInOtherMarkdown"] == []
    assert facts["findingsAfterCrash"] == kept, "another server knows what was typed"
    assert facts["left"] == []
