"""Where the products are, and how they get there."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

VERSIONS = {
    "@anthropic-ai/claude-code": "2.1.332",
    "@github/copilot": "1.0.102",
    "@google/gemini-cli": "0.61.0",
    "@openai/codex": "0.171.0",
    "@qwen-code/qwen-code": "0.24.4",
    "opencode-ai": "1.18.33",
}
# The programs, each below ``node_modules``; those of other platforms lie in packages beside these.
PROGRAMS = {
    "claude": "@anthropic-ai/claude-code-linux-x64/claude",
    "codex": "@openai/codex-linux-x64/vendor/x86_64-unknown-linux-musl/bin/codex",
    "copilot": "@github/copilot-linux-x64/copilot",
    "gemini": "@google/gemini-cli/bundle/gemini.js",
    "opencode": "opencode-linux-x64/bin/opencode",
    "qwen": "@qwen-code/qwen-code/cli.js",
}


class NotInstalledError(Exception):
    """The product is not on this machine."""


def folder() -> Path:
    """``AGENTLS_JUDGES``, or a folder in the user's cache."""
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(os.environ.get("AGENTLS_JUDGES") or Path(cache, "agentls-judges"))


def install() -> None:
    """No script of a package is run, so nothing is fetched but the packages."""
    into = folder()
    into.mkdir(parents=True, exist_ok=True)
    package = {"name": "agentls-judges", "private": True, "dependencies": VERSIONS}
    Path(into, "package.json").write_text(json.dumps(package, indent=2), "utf-8")
    command = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run(command, cwd=into, check=True)


def command(product: str) -> list[str]:
    """How the program is started."""
    program = Path(package(PROGRAMS[product]))
    return ["node", str(program)] if program.suffix == ".js" else [str(program)]


def package(name: str) -> Path:
    """A file or folder of a package."""
    path = folder() / "node_modules" / name
    if not path.exists():
        raise NotInstalledError(f"{name} is not in {folder()}: run `python -m judges install`")
    return path
