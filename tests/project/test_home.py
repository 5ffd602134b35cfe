"""Where the project lives is said once: all links to it begin with one constant."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import yaml

from agentls import HOME, __version__

_ROOT = Path(__file__).parents[2]
# Links to the project on its own host, and to what is called like it elsewhere.
_ADDRESS = re.compile(r"https?://(?:www\.)?(?:raw\.githubusercontent|github|gitlab)\.com/[\w.-]+/agentls\b")
_OWNER = HOME.removeprefix("https://github.com/")


def _tracked():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=_ROOT, capture_output=True, check=False).stdout
    names = [name for name in listed.decode().split("\0") if name]
    return names or [path.relative_to(_ROOT).as_posix() for path in _ROOT.rglob("*.md")]


def test_no_link_leads_to_another_home():
    allowed = {HOME, f"https://raw.githubusercontent.com/{_OWNER}"}
    for name in _tracked():
        try:
            text = (_ROOT / name).read_text("utf-8")
        except (UnicodeDecodeError, OSError):
            continue
        assert set(_ADDRESS.findall(text)) <= allowed, name


def test_who_installs_by_the_name_of_the_repository_gets_it():
    for name in ("editors/claude-code/README.md", "editors/github/README.md"):
        text = (_ROOT / name).read_text("utf-8")
        assert set(re.findall(r"\b[\w-]+/agentls\b(?=@|$|\n)", text)) <= {_OWNER}, name


def test_every_version_is_that_of_the_package():
    citation = yaml.safe_load((_ROOT / "CITATION.cff").read_text("utf-8"))
    assert str(citation["version"]) == __version__
    for name in ("editors/github/README.md", "editors/gitlab/README.md"):
        assert set(re.findall(r"\bv(\d+\.\d+\.\d+)\b", (_ROOT / name).read_text("utf-8"))) == {__version__}, (
            name
        )


def test_the_urls_of_the_package_begin_with_it():
    project = tomllib.loads((_ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert all(address.startswith(HOME) for address in project["urls"].values())
