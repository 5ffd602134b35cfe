"""A real VS Code without a window: its server, in a browser, with the packaged extension and nothing else.

``tests/editors/vscode/install.sh`` brings what it needs, all but the browser.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import real_editor
import vscode_package
from patience import PATIENCE, PATIENCE_WITH_PROGRAMS

_HERE = Path(__file__).parents[1] / "editors" / "vscode"
# Wherever else the modules may have been installed.
MODULES = Path(os.environ.get("AGENTLS_VSCODE_MODULES") or _HERE / "node_modules")
_NODE = MODULES / "node" / "bin" / "node"
# So much of what VS Code prints is told of a failure: characters.
_TOLD = 5_000

SETTINGS: dict[str, Any] = {
    "telemetry.telemetryLevel": "off",
    "workbench.startupEditor": "none",
    "workbench.tips.enabled": False,
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    "chat.disableAIFeatures": True,
    "git.enabled": False,
    "editor.minimap.enabled": False,
    # The browser's VS Code saves by itself otherwise.
    "files.autoSave": "off",
}


@dataclass(frozen=True)
class Seen:
    """What a program in VS Code recorded, and what the window showed at its end."""

    facts: dict[str, Any]
    messages: list[str]
    buttons: list[str]
    status: list[str]
    left: list[str]


def chromium() -> str:
    return shutil.which("chromium") or shutil.which("chromium-browser") or ""


def why_not() -> str:
    """Why there is no VS Code to drive; empty when there is one."""
    if not _NODE.is_file() or not (MODULES / "code-server").is_dir():
        return "there is no code-server: tests/editors/vscode/install.sh brings it"
    if not chromium():
        return "there is no Chromium on PATH"
    return vscode_package.why_not()


def run(program: str, workspace: Path, scratch: Path, settings: dict[str, Any], **environment: str) -> Seen:
    """Run a program of ``tests/editors/vscode`` in a VS Code with ``workspace`` open."""
    extension = vscode_package.unpack(scratch / "unpacked")
    pictures = real_editor.pictures(scratch)
    own = {"HOME": str(scratch), "AGENTLS_FACTS": str(scratch)}
    plan = {
        "modules": str(MODULES),
        "chromium": chromium(),
        "extension": str(extension),
        "program": str(_HERE / f"{program}.js"),
        "workspace": str(workspace),
        "scratch": str(scratch),
        "pictures": str(pictures),
        "settings": SETTINGS | settings,
        "environment": {**_clean_environment(), **own, **environment},
        "trusts": "security.workspace.trust.startupPrompt" not in settings,
        "patience": PATIENCE_WITH_PROGRAMS,
    }
    path = scratch / "plan.json"
    path.write_text(json.dumps(plan))
    output = _drive(path)
    facts = scratch / "facts.json"
    if not facts.is_file():
        # Nothing was done in it yet: its port may have been taken, or the browser was out of breath.
        output += _drive(path)
    recorded = json.loads(facts.read_text(encoding="utf-8")) if facts.is_file() else "VS Code did not start"
    assert "finished" in recorded, f"{recorded}\n{output[-_TOLD:]}"
    seen = json.loads((scratch / "seen.json").read_text(encoding="utf-8"))
    return Seen(recorded, seen["messages"], seen["buttons"], seen["status"], real_editor.left_in(extension))


def _clean_environment() -> dict[str, str]:
    """Without what tells a VS Code that it runs inside of another."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("VSCODE_", "NODE_"))}


def _drive(plan: Path) -> str:
    driver = subprocess.Popen(
        [str(_NODE), str(_HERE / "drive.mjs"), str(plan)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )
    try:
        # The driver has the same patience, and needs a moment to begin and to end.
        return driver.communicate(timeout=PATIENCE_WITH_PROGRAMS + 3 * PATIENCE)[0]
    finally:
        # Only what was started here: its own session, and only if it is still there.
        if driver.poll() is None:
            os.killpg(driver.pid, signal.SIGKILL)
            driver.wait()
