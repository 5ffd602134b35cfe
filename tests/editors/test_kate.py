"""agentls in a real Kate on a screen that nobody sees, with ``editors/kate/settings.json`` as it is shipped.

Without Kate and such a screen this test is skipped; ``tests/editors/install.sh`` brings them.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

import real_editor
from patience import PATIENCE, PATIENCE_WITH_PROGRAMS

_WORK = Path(__file__).parent / "kate" / "work.sh"
_MISSING = [name for name in ("kate", "Xvfb", "xdotool", "import", "convert") if not shutil.which(name)]
pytestmark = [
    real_editor.needs_posix,
    pytest.mark.skipif(
        bool(_MISSING), reason=f"there is no {', no '.join(_MISSING)}: tests/editors/install.sh brings them"
    ),
]

AGENT = "---\nname: reviewer\ndescription: Reviews\ntools: Read, Gerp, Edit\n---\n\nRead.\n"
_CONFIGURATION = "[General]\nShow welcome view for new window=false\n[Kate Plugins]\nlspclientplugin=true\n"


def test_findings_and_completion(project, tmp_path, monkeypatch):
    path = project / ".claude" / "agents" / "reviewer.md"
    path.write_text(AGENT, encoding="utf-8")
    # As Debian names it, so that nothing of a person's is in the way.
    own = tmp_path / "CONFIG"
    (own / "kate" / "lspclient").mkdir(parents=True)
    shutil.copy(real_editor.EDITORS / "kate" / "settings.json", own / "kate" / "lspclient")
    (own / "katerc").write_text(_CONFIGURATION, encoding="utf-8")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("LANG", "C.UTF-8")
    pictures = real_editor.pictures(tmp_path)
    line = AGENT.split("\n").index("tools: Read, Gerp, Edit")
    place = [str(line + 1), str(len("tools: Read, Gerp, Edit") + 1)]
    log = tmp_path / "agentls.log"
    done = subprocess.run(
        [_WORK, path, *place, pictures, log],
        env=dict(os.environ),
        capture_output=True,
        text=True,
        timeout=PATIENCE_WITH_PROGRAMS,
        check=False,
    )
    assert done.stderr == ""
    assert path.read_text(encoding="utf-8") == AGENT.replace("Edit", "Edit, WebFetch")
    left, right = underlined(pictures / "kate-findings.png")
    # Four of the letters, which are about eight pixels wide.
    assert 24 < right - left < 44
    assert real_editor.left_in(log) == []


def underlined(picture):
    """From where to where something is red."""
    done = subprocess.run(
        ["convert", picture, "txt:-"], capture_output=True, text=True, timeout=PATIENCE, check=True
    )
    found = []
    for x, red, green, blue in re.findall(r"^(\d+),\d+: \((\d+),(\d+),(\d+)", done.stdout, re.MULTILINE):
        if int(red) > 150 and int(green) < 130 and int(blue) < 130:
            found.append(int(x))
    assert found, "nothing is red"
    return min(found), max(found)
