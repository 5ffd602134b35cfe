"""agentls in a real opencode, with ``editors/opencode/opencode.json`` as it is shipped; no model is asked.

Without opencode this test is skipped; ``tests/editors/install.sh`` brings it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

import real_editor
from real_editor import AGENT, FINDINGS

_PROGRAM = Path(
    os.environ.get("AGENTLS_OPENCODE")
    or Path(__file__).parent / "opencode" / "node_modules" / ".bin" / "opencode"
)
pytestmark = [
    real_editor.needs_posix,
    pytest.mark.skipif(
        not _PROGRAM.is_file(), reason="there is no opencode: tests/editors/install.sh brings it"
    ),
]


def test_findings(project, tmp_path):
    shutil.copy(real_editor.EDITORS / "opencode" / "opencode.json", project)
    path = ".claude/agents/reviewer.md"
    done = subprocess.run(
        [_PROGRAM, "debug", "lsp", "diagnostics", path],
        env={**os.environ, "OPENCODE_DISABLE_AUTOUPDATE": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=100,
        check=False,
    )
    found = json.loads(done.stdout)[str(project / path)]
    assert [(each["code"], marked(each["range"])) for each in found] == FINDINGS
    assert real_editor.left_in(tmp_path) == []


def marked(place):
    """The text of a range, which counts in UTF-16 code units."""
    line = AGENT.split("\n")[place["start"]["line"]].encode("utf-16-le")
    return line[2 * place["start"]["character"] : 2 * place["end"]["character"]].decode("utf-16-le")
