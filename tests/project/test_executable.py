"""The executable works where there is no Python; building it takes a minute."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from agentls import __version__
from agentls.cli.demo.client import DemoClient
from command_line import BROKEN, write
from patience import PATIENCE

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not importlib.util.find_spec("PyInstaller"), reason="PyInstaller is not installed"),
]
_ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module", params=["as a file", "unpacked"])
def executable(request, built):
    ending = ".exe" if sys.platform == "win32" else ""
    (file,) = (path for path in built.glob("agentls-*"))
    return file if request.param == "as a file" else built / "agentls" / f"agentls{ending}"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("executable")
    command = [sys.executable, _ROOT / "tools" / "build_executable.py", "--out", folder]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stderr
    return folder


def test_it_works_without_python(executable, tmp_path):
    write(tmp_path, "reviewer.md", BROKEN)
    environment = {"HOME": str(tmp_path), "PATH": str(tmp_path)}

    def start(*arguments):
        return subprocess.run(
            [executable, *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    assert start("--version").stdout == f"agentls {__version__}\n"
    assert start("demo").returncode == 0
    done = start("check")
    assert done.returncode == 1
    assert "warning[unknown-tool]" in done.stdout
    assert start("explain", "unknown-tool").stdout.startswith("# unknown-tool\n")
    assert start("schema", "claude-agent").returncode == 0
    with DemoClient([str(executable), "--stdio"], str(tmp_path), environment) as client:
        answer = client.request("initialize", {"processId": None, "rootUri": None, "capabilities": {}})
    assert answer["serverInfo"]["version"] == __version__


def test_it_is_small(built):
    assert sum(path.stat().st_size for path in built.glob("agentls-*")) < 25_000_000
