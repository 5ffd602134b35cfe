"""agentls in a real Vim with ALE, with the folder ``editors/vim`` as it is shipped.

Without Vim and ALE these tests are skipped; ``tests/editors/install.sh`` brings them.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

import real_editor
from patience import PATIENCE_WITH_PROGRAMS
from real_editor import AGENT, FINDINGS

_WORK = Path(__file__).parent / "vim" / "ale_work.vim"
_VIM = shutil.which("vim")
_ALE = Path("/usr/share/vim-ale")
pytestmark = [
    real_editor.needs_posix,
    pytest.mark.skipif(
        not _VIM or not _ALE.is_dir(), reason="there is no Vim with ALE: tests/editors/install.sh brings it"
    ),
]


def test_ale(project, tmp_path):
    """An hour's work.

    Without emoji: ALE counts bytes where the protocol counts UTF-16 code units.
    """
    path = project / ".claude" / "agents" / "reviewer.md"
    path.write_text(AGENT.replace("🚀, ", ""), encoding="utf-8")
    subprocess.run(
        [_VIM, "-es", "-u", "NONE", "-S", str(_WORK)],
        env={
            **os.environ,
            "AGENTLS_VIM": str(real_editor.EDITORS / "vim"),
            "AGENTLS_PROJECT": str(project),
            "AGENTLS_FACTS": str(tmp_path),
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=PATIENCE_WITH_PROGRAMS,
        check=False,
    )
    facts = json.loads((tmp_path / "facts.json").read_text(encoding="utf-8"))
    assert facts.get("finished"), facts
    found = [list(finding) for finding in FINDINGS[1:]]
    assert facts["findings"] == found
    assert "Replaces exact text in a file" in facts["hover"]
    assert facts["definition"] == str(project / ".claude/skills/clean-code/SKILL.md")
    assert facts["completed"] == "tools: Read, Gerp, MultiEdit, Edit, WebFetch"
    assert facts["fixed"] == "tools: Read, Grep, MultiEdit, Edit"
    assert facts["findingsAfterFix"] == found[1:]
    assert facts["findingsInOtherMarkdown"] == []
    assert facts["findingsAfterCrash"] == found[2:], "another server knows what was typed"
    assert real_editor.left_in(tmp_path) == []
