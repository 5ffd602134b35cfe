"""What is in the packages, and that the one for users works where there is no checkout."""

from __future__ import annotations

import email
import os
import re
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from agentls import HOME, __version__
from patience import PATIENCE

pytestmark = pytest.mark.slow

_ROOT = Path(__file__).parents[2]
_PACKAGE = _ROOT / "server" / "agentls"
# Folders that appear by running and building things.
_MADE = {"__pycache__", "node_modules", "dist"}


def build(kind, folder):
    """Build a package with the backend itself, which needs no network; the path of the result."""
    code = f"from hatchling import build; print(build.build_{kind}({str(folder)!r}))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=_ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert done.returncode == 0, done.stderr
    return folder / done.stdout.split()[-1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return build("wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def sdist(tmp_path_factory):
    return build("sdist", tmp_path_factory.mktemp("sdist"))


def files(folder):
    """Everything below a folder that is not made by running it."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and not _MADE.intersection(path.parts)
    }


def test_the_wheel_holds_the_package_with_all_its_data_and_nothing_else(wheel):
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    expected = {f"agentls/{name}" for name in files(_PACKAGE)}
    expected |= {f"agentls/schemas/{name}" for name in files(_ROOT / "schemas")}
    assert held == expected
    for data in (
        "schemas/claude-agent.json",
        "linter/pages/unknown-tool.md",
        "cli/demo/workspace/mcp.json",
        "py.typed",
    ):
        assert f"agentls/{data}" in held


@pytest.mark.parametrize("command", ["demo", "explain", "check"])
def test_the_wheel_works_where_there_is_no_checkout(wheel, tmp_path, command):
    installed = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)
    agent = tmp_path / ".claude" / "agents" / "reviewer.md"
    agent.parent.mkdir(parents=True)
    agent.write_text("---\nname: reviewer\ndescription: Reviews code\ntools: Read, Gerp\n---\n")
    environment = {**os.environ, "PYTHONPATH": str(installed), "HOME": str(tmp_path / "home")}
    done = subprocess.run(
        [sys.executable, "-P", "-m", "agentls", command],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.stderr == b""
    assert done.returncode == (1 if command == "check" else 0)
    assert b"unknown-tool" in done.stdout


def test_the_source_package_holds_everything_that_its_tests_read(sdist):
    with tarfile.open(sdist) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    for folder in ("server", "schemas", "editors", "tests", "tools"):
        assert {f"{folder}/{name}" for name in files(_ROOT / folder)} <= held
    assert {
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "LICENSE",
        "pyproject.toml",
        ".ci/run",
    } <= held


def test_what_pypi_shows_is_complete(wheel):
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        told = email.message_from_bytes(archive.read(name))
    assert {line.split(", ")[1].partition("#")[0] for line in told.get_all("Project-URL")} >= {HOME}
    assert all(line.split(", ")[1].startswith(HOME) for line in told.get_all("Project-URL"))
    assert told["License-Expression"] == "MIT"
    assert told["Requires-Python"] == ">=3.11"
    assert {f"Programming Language :: Python :: 3.{minor}" for minor in (11, 12, 13, 14)} <= set(
        told.get_all("Classifier")
    )
    shown = told.get_payload(decode=True).decode()
    assert f"]({HOME}/raw/main/editors/vscode/images/findings.png)" in shown
    assert re.findall(r"\]\((?!https?:|#)[^)]*\)", shown) == []


@pytest.fixture(scope="module")
def installed(sdist, tmp_path_factory):
    """The command, installed from the source package as a user would; what it needs must be to be had."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=True)
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    done = subprocess.run(
        [scripts / "python", "-m", "pip", "install", "--quiet", sdist],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    if done.returncode and "No matching distribution" in done.stderr:
        pytest.skip("there is no package index")
    assert done.returncode == 0, done.stderr
    return scripts


@pytest.mark.parametrize("command", [["agentls"], ["python", "-P", "-m", "agentls"]])
def test_what_is_installed_is_complete_and_works(installed, tmp_path, command):
    program, *arguments = command
    done = subprocess.run(
        [installed / program, *arguments, "self-check"],
        cwd=tmp_path,
        env={"HOME": str(tmp_path), "PATH": str(installed)},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"agentls {__version__}, package in {installed.parent}" in done.stdout
    assert "failed" not in done.stdout
