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

import cases
import real_editor
from agentls import batch
from agentls.findings import Severity
from patience import PATIENCE_WITH_PROGRAMS, until
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

    def reported():
        done = asked("lsp", "diagnostics", path)
        return json.loads(done.stdout).get(str(project / path))

    # It does not wait long for a server, and is asked again where that was too short.
    found = until(reported, "findings")
    assert [(each["code"], marked(each["range"])) for each in found] == FINDINGS
    assert real_editor.left_in(tmp_path) == []


def marked(place):
    """The text of a range, which counts in UTF-16 code units."""
    line = AGENT.split("\n")[place["start"]["line"]].encode("utf-16-le")
    return line[2 * place["start"]["character"] : 2 * place["end"]["character"]].decode("utf-16-le")


# --- opencode as the judge of our verdicts ---

_CASES = [
    source
    for case in cases.load("dialects")
    if case.page == "opencode-agent"
    for source in case.sources
    if source.path.startswith(".opencode/")
]


@pytest.mark.parametrize("source", _CASES, ids=lambda source: source.path)
def test_what_it_loads_has_no_error_and_what_it_rejects_has_one(source, tmp_path):
    """Of the cases of its dialect, each in a project of its own, since one bad file stops it altogether."""
    path = tmp_path / "project" / source.path
    path.parent.mkdir(parents=True)
    path.write_bytes(source.text.encode())
    (report,) = batch.check(batch.read([str(path)]))
    is_error = any(finding.severity is Severity.ERROR for finding in report.findings)
    said = judge(tmp_path, file_name(path))
    assert ("Configuration is invalid" in said or "not found" in said) is is_error, said


@pytest.mark.skipif("AGENTLS_SHARED" not in os.environ, reason="AGENTLS_SHARED names no folder with a corpus")
def test_it_loads_all_real_files_in_which_there_is_no_error(tmp_path):
    """Together in one project; their names do not matter to it."""
    real = sorted(Path(os.environ["AGENTLS_SHARED"], "corpus").glob("**/.opencode/agent*/**/*.md"))
    folder = tmp_path / "project" / ".opencode" / "agents"
    folder.mkdir(parents=True)
    for number, path in enumerate(real):
        shutil.copy(path, folder / f"a{number}.md")
    reports = list(batch.check(batch.read([str(folder)])))
    assert len(reports) == len(real) > 0
    for report in reports:
        if any(finding.severity is Severity.ERROR for finding in report.findings):
            os.unlink(report.path)
    left = sorted(path.stem for path in folder.iterdir())
    assert f'"name": "{left[0]}"' in judge(tmp_path, left[0])


def file_name(path):
    """What opencode calls the agent in a file."""
    *_, below = path.as_posix().partition("/.opencode/")
    return below.split("/", 1)[1].removesuffix(".md")


def asked(*what, cwd=None, **environment):
    """What opencode answers when it is asked for what it has made of things."""
    return subprocess.run(
        [_PROGRAM, "debug", *what],
        cwd=cwd,
        env={**os.environ, "OPENCODE_DISABLE_AUTOUPDATE": "1", **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=PATIENCE_WITH_PROGRAMS,
        check=False,
    )


def judge(folder, name):
    """What opencode says when it is asked for an agent of the project."""
    project = folder / "project"
    done = asked("agent", name, cwd=project, HOME=str(folder), PWD=str(project))
    return done.stdout + done.stderr
