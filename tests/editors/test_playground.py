"""The page that checks a file in the browser, in a real one: the same engine, and nobody else is asked.

Without Chromium, or without the site, these tests are skipped: the site takes minutes to build, so whoever
works on it builds it first (``python tools/site/build.py dist/site``).
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from patience import PATIENCE_WITH_PROGRAMS

_HERE = Path(__file__).parent
_SITE = _HERE.parents[1] / "dist" / "site"
_MODULES = _HERE / "vscode" / "node_modules"
_CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (_SITE / "playground" / "engine.zip").is_file(),
        reason="the site is not built: python tools/site/build.py dist/site",
    ),
    pytest.mark.skipif(
        not (_MODULES / "playwright-core").is_dir() or _CHROMIUM is None,
        reason="there is no Chromium to drive: tests/editors/install.sh brings what is missing",
    ),
]


@pytest.fixture(scope="module")
def seen() -> dict[str, Any]:
    command = ["node", str(_HERE / "browser" / "drive.mjs"), str(_SITE), f"{_MODULES}/", str(_CHROMIUM)]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=5 * PATIENCE_WITH_PROGRAMS,
        check=True,
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_a_file_is_checked_as_in_an_editor(seen: dict[str, Any]):
    assert any("`" not in text and "Did you mean Grep?" in text for text in seen["first"])
    assert "Gerp" in seen["marks"]


def test_a_fix_changes_the_text(seen: dict[str, Any]):
    assert len(seen["fixed"]) == len(seen["first"]) - 1


def test_the_file_is_shown_for_another_product(seen: dict[str, Any]):
    assert seen["converted"].startswith(".opencode/agents/reviewer.md")


def test_text_of_a_file_is_never_markup(seen: dict[str, Any]):
    assert seen["markup"] == 0


def test_nobody_else_is_asked_and_nothing_fails(seen: dict[str, Any]):
    assert (seen["elsewhere"], seen["missing"], seen["errors"]) == ([], [], [])
