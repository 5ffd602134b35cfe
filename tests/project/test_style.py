"""The style of the house is checked like everything else. By hand: the command that each test runs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from patience import PATIENCE_WITH_PROGRAMS

_ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "command",
    ["ruff check", "ruff format --check --diff", pytest.param("mypy", marks=pytest.mark.slow)],
)
def test_style(command: str):
    pytest.importorskip(command.split(maxsplit=1)[0], reason="the extra `test` installs it")
    done = subprocess.run(
        [sys.executable, "-m", *command.split()],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=PATIENCE_WITH_PROGRAMS,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
