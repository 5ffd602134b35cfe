"""The ``.vsix``: what it holds, and that its server runs anywhere and takes nothing from where it runs."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import pytest

import cases
import vscode_manifest
import vscode_package
from patience import PATIENCE_WITH_PROGRAMS

pytestmark = pytest.mark.skipif(bool(vscode_package.why_not()), reason=vscode_package.why_not())

# Most of it is the server, its rule pages and the libraries that it needs.
_LARGEST = 2_500_000
_CASES = cases.load("rules", "dialects", "suppression")
# Rules that speak in the cases as they lie on a disk.
_MANY = 30
# As the extension does it: src/server.ts.
_ISOLATED = ("-I", "-S")
_AGENT = """\
---
name: reviewer
description: Reviews code â€” and prose
tools: Read, Gerp
color: teal
---
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The folder of the bundled server."""
    return vscode_package.unpack(tmp_path_factory.mktemp("extension")) / "server"


def start(server, *arguments, folder, input="", **environment):  # noqa: A002  as subprocess calls it
    return subprocess.run(
        [sys.executable, *_ISOLATED, str(server), *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        input=input,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=PATIENCE_WITH_PROGRAMS,
        check=False,
    )


def test_it_is_small():
    assert vscode_package.path().stat().st_size < _LARGEST


def test_it_holds_nothing_that_fits_one_machine_only():
    compiled = re.compile(r"\.(so|pyd|dylib|dll|exe|pyc)$|__pycache__|node_modules")
    assert [name for name in vscode_package.names() if compiled.search(name)] == []


def test_it_holds_the_licence_of_everything_in_it():
    names = vscode_package.names()
    assert "extension/LICENSE.txt" in names
    assert "extension/NOTICES.txt" in names
    pinned = re.findall(
        r"^([\w-]+)==", (vscode_manifest.EXTENSION / "requirements.txt").read_text(), re.MULTILINE
    )
    assert pinned
    for library in pinned:
        name = library.replace("-", "_")
        licence = re.compile(
            rf"extension/server/{name}-[^/]*/(licenses/)?(LICEN[CS]E|COPYING)", re.IGNORECASE
        )
        assert any(licence.match(held) for held in names), library


def test_its_server_finds_what_the_installed_one_finds(server, tmp_path):
    """In all literate cases: with PyYAML's Python part and the older jsonschema, whichever are installed."""
    for number, case in enumerate(_CASES):
        for source in case.sources:
            # A user's own files are no part of a workspace.
            if not source.path.startswith("~"):
                write(tmp_path / "cases" / str(number) / source.path, source.content)
    home = {"HOME": str(tmp_path), "USERPROFILE": str(tmp_path)}
    command = ("check", "--format", "json", "cases")
    bundled = start(server, *command, folder=tmp_path, **home)
    installed = subprocess.run(
        [sys.executable, "-P", "-m", "agentls", *command],
        cwd=tmp_path,
        env={**os.environ, **home},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=PATIENCE_WITH_PROGRAMS,
        check=False,
    )
    found = json.loads(bundled.stdout)
    assert len({finding["rule"] for finding in found}) > _MANY
    assert found == json.loads(installed.stdout)


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))


def test_nothing_of_the_workspace_is_imported(server, tmp_path):
    """Neither from the working folder nor from where the environment points."""
    for name in ("yaml", "jsonschema", "pygls", "json", "agentls", "sitecustomize"):
        (tmp_path / f"{name}.py").write_text(f"open('imported-{name}', 'w').close()\n")
    (tmp_path / "agent.md").write_text(_AGENT, encoding="utf-8")
    done = start(server, "check", "agent.md", folder=tmp_path, PYTHONPATH=str(tmp_path))
    assert "unknown-tool" in done.stdout
    assert list(tmp_path.glob("imported-*")) == []


def test_it_serves_an_editor_with_no_library_installed(server, tmp_path):
    """Without ``site`` there is no site-packages: the Python may well be an empty one."""
    asked = [
        {"id": 1, "method": "initialize", "params": {"capabilities": {}, "processId": None, "rootUri": None}},
        {"id": 2, "method": "shutdown"},
        {"method": "exit"},
    ]
    bodies = [json.dumps({"jsonrpc": "2.0", **message}) for message in asked]
    sent = "".join(f"Content-Length: {len(body)}\r\n\r\n{body}" for body in bodies)
    done = start(server, "--stdio", folder=tmp_path, input=sent)
    assert done.stderr == ""
    assert done.returncode == 0
    assert '"serverInfo": {"name": "agentls"' in done.stdout
