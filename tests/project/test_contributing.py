"""CONTRIBUTING promises a rule in ten minutes: here a machine follows it, in a copy of the project."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from patience import PATIENCE_WITH_PROGRAMS

pytestmark = pytest.mark.slow

_ROOT = Path(__file__).parents[2]
_BLOCK = re.compile(r"^(`{3,})\w+ (?P<path>\S+/\S+)\n(?P<text>.*?)^\1$", re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A copy of the project in which the steps of CONTRIBUTING were followed."""
    folder = tmp_path_factory.mktemp("project")
    made = shutil.ignore_patterns("__pycache__", "node_modules", "dist", "out")
    for name in ("server", "schemas", "tests", "tools", "editors"):
        shutil.copytree(_ROOT / name, folder / name, ignore=made)
    for name in (
        "README.md",
        "TESTING.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "pyproject.toml",
    ):
        shutil.copy(_ROOT / name, folder)
    blocks = {
        match["path"]: match["text"]
        for match in _BLOCK.finditer((_ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    }
    assert [Path(path).suffix for path in blocks] == [".py", ".json", ".md"]
    for path, text in blocks.items():
        content = text
        if path.endswith(".json"):
            schema = json.loads((folder / path).read_text(encoding="utf-8"))
            schema["x-agentls"]["effects"] |= json.loads(f"{{{text}}}")
            content = json.dumps(schema, ensure_ascii=False)
        (folder / path).write_text(content, encoding="utf-8")
    assert run(folder, "tools/write_docs.py") == (0, "")
    return folder


def run(folder, *arguments):
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "server")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=PATIENCE_WITH_PROGRAMS,
        check=False,
    )
    return done.returncode, done.stdout


def test_the_new_rule_passes_its_cases(project):
    code, output = run(project, "-m", "pytest", "tests/cases/test_cases.py", "-k", "shouted-description")
    assert code == 0, output
    assert "2 passed" in output


def test_the_new_rule_is_in_style(project):
    code, output = run(project, "-m", "ruff", "check", "server/agentls/linter/rules/shouted_description.py")
    assert code == 0, output
    code, output = run(
        project, "-m", "ruff", "format", "--check", "server/agentls/linter/rules/shouted_description.py"
    )
    assert code == 0, output


def test_the_new_rule_is_explained(project):
    code, output = run(project, "-m", "agentls", "explain", "shouted-description")
    assert code == 0
    assert output.startswith("# shouted-description\n\nDescription in capital letters.\n")
    assert "Claude Code shows it to the model as is." in output
    assert (project / "server" / "agentls" / "linter" / "pages" / "shouted-description.md").is_file()
