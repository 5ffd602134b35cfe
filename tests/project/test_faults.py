"""When the world fails, the rest goes on: rules, features, disks, clocks; and nothing pops up."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest

import made
from agentls import batch, disk
from agentls.linter import engine
from command_line import AGENTLS, BROKEN, HEALTHY, posix_only, write
from patience import PATIENCE, until
from raw_client import RawClient

pytestmark = pytest.mark.slow

_SUPPORT = Path(__file__).parents[1] / "support"
_COLON = HEALTHY.replace("Reviews code", "Reviews code: style")
_SAD = (
    "---\nname: reviewer\ndescription: Reviews code: style\ntools: Read, Gerp, LS\nskills: x\ncolor: teal\n"
    "flavour: sweet\n---\n\nâ€” and [a](./none.md)\n"
)
_PATH = ".claude/agents/reviewer.md"


def _fail(*_arguments):
    raise RuntimeError("sesame-4711")


@pytest.fixture
def project(tmp_path, monkeypatch):
    folder = tmp_path / "drive"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("CLAUDE_CONFIG_DIR", str(tmp_path / "user"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return folder


# --- a rule ---


@pytest.mark.parametrize("code", sorted(engine.rules()))
def test_a_rule_that_fails_costs_its_own_findings_and_nobody_elses(code, caplog):
    caplog.set_level(logging.ERROR)
    rule = engine.rules()[code]
    whole = made.make({_PATH: _SAD})
    ran = []

    def check(*_arguments):
        ran.append(code)
        _fail()

    with mock.patch.dict(engine.rules(), {code: rule._replace(check=check, fix=_fail)}):
        broken = made.make({_PATH: _SAD})
        path = made.locate(_PATH)
        for finding in whole.findings[path]:
            if finding.rule == code:
                assert engine.fixes(broken.context(broken.files[path]), finding) == []
    said = {finding.rule for finding in broken.findings[path]}
    assert {finding.rule for finding in whole.findings[path]} - {code} <= said
    assert code not in said
    # One that is off, or has nothing to do with agents, did not run.
    assert caplog.text.count(f"rule {code} failed") == len(ran)
    assert ran or code not in {finding.rule for finding in whole.findings[path]}


# --- a feature ---

_WORD = {"line": 3, "character": 14}
_ASKS = {
    "textDocument/completion": {"position": _WORD},
    "textDocument/hover": {"position": _WORD},
    "textDocument/definition": {"position": _WORD},
    "textDocument/references": {
        "position": {"line": 4, "character": 8},
        "context": {"includeDeclaration": True},
    },
    "textDocument/documentHighlight": {"position": _WORD},
    "textDocument/documentSymbol": {},
    "textDocument/foldingRange": {},
    "textDocument/selectionRange": {"positions": [_WORD]},
    "textDocument/documentLink": {},
    "textDocument/documentColor": {},
    "textDocument/colorPresentation": {
        "color": {"red": 1, "green": 0, "blue": 0, "alpha": 1},
        "range": {"start": {"line": 5, "character": 7}, "end": {"line": 5, "character": 11}},
    },
    "textDocument/codeAction": {"range": {"start": _WORD, "end": _WORD}, "context": {"diagnostics": []}},
    "textDocument/prepareCallHierarchy": {"position": {"line": 1, "character": 8}},
    "textDocument/prepareRename": {"position": {"line": 1, "character": 8}},
    "workspace/symbol": {"query": ""},
}
_FEATURES = {
    "code_actions": {"textDocument/codeAction"},
    "call_hierarchy": {"textDocument/prepareCallHierarchy"},
    "completion": {"textDocument/completion"},
    "definition": {"textDocument/definition"},
    "folding_ranges": {"textDocument/foldingRange"},
    "hover": {"textDocument/hover"},
    "document_links": {"textDocument/documentLink"},
    "workspace_symbols": {"workspace/symbol"},
    "document_symbols": {"textDocument/documentSymbol"},
    "references": {"textDocument/references", "textDocument/documentHighlight"},
    "selection_ranges": {"textDocument/selectionRange"},
    "document_colors": {"textDocument/documentColor", "textDocument/colorPresentation"},
}


def _about(uri: str, params: dict) -> dict:
    return {"textDocument": {"uri": uri}, **params}


def _serve(fault: str, project: Path, **more: object) -> RawClient:
    client = RawClient([sys.executable, "-P", str(_SUPPORT / "faulty_server.py"), fault], cwd=project)
    client.initialize({}, rootUri=project.as_uri(), initializationOptions={"debounce": 0}, **more)
    return client


def _open(client: RawClient, project: Path) -> str:
    uri = (project / _PATH).as_uri()
    item = {"uri": uri, "languageId": "markdown", "version": 1, "text": _SAD}
    client.notify("textDocument/didOpen", {"textDocument": item})
    return uri


def _published(client: RawClient, uri: str) -> list[dict]:
    message = client.receive(
        lambda m: m.get("method") == "textDocument/publishDiagnostics" and m["params"]["uri"] == uri
    )
    return message["params"]["diagnostics"]


def _popups(client: RawClient) -> list[dict]:
    return [
        m for m in client.notifications if m["method"] in ("window/showMessage", "window/showMessageRequest")
    ]


def test_a_feature_that_fails_is_an_error_for_its_own_requests_and_a_trace_in_the_log(project):
    write(project, "reviewer.md", _SAD)
    with _serve("features", project) as client:
        uri = _open(client, project)
        assert _published(client, uri)
        seen = {}
        for name in _FEATURES:
            client.request("test/fail", [name])
            answers = {
                method: client.request(method, _about(uri, params)) for method, params in _ASKS.items()
            }
            seen[name] = {method for method, answer in answers.items() if "error" in answer}
            codes = {answer["error"]["code"] for answer in answers.values() if "error" in answer}
            assert codes == {-32603}, name
        for name, methods in _FEATURES.items():
            assert methods <= seen[name], name
            # `hover` and others use no feature but their own.
            assert len(seen[name]) <= len(methods) + 2, seen[name]
        client.request("test/fail", [])
        assert not [m for m, params in _ASKS.items() if "error" in client.request(m, _about(uri, params))]
        assert client.logged("RuntimeError")
        assert "sesame-4711" not in client.stderr
        assert _popups(client) == []


# --- the disk ---


def test_a_server_that_cannot_work_ends_and_says_why_in_the_log(project):
    with RawClient([sys.executable, "-P", str(_SUPPORT / "faulty_server.py"), "work"], cwd=project) as client:
        assert "result" in client.request("initialize", {"capabilities": {}})
        assert client.process.wait(PATIENCE) == 1
        assert client.logged("cannot start")
        assert client.logged("RuntimeError")
        assert "sesame" not in client.stderr


def test_a_look_at_the_disk_that_fails_is_an_error_for_who_waits_for_it(project):
    write(project, "reviewer.md", HEALTHY)
    with _serve("disk", project) as client:
        uri = _open(client, project)
        assert _published(client, uri)
        asked = {"position": {"line": 1, "character": 8}, "newName": "critic"}
        for name, method, more in (
            ("documents", "textDocument/rename", asked),
            ("file_content", "textDocument/rename", asked),
            ("paths_exist", "textDocument/documentLink", {}),
        ):
            client.request("test/fail", [name])
            answer = client.request(method, _about(uri, more))
            assert answer["error"]["code"] == -32603, name
            client.request("test/fail", [])
            assert "result" in client.request(method, _about(uri, more)), name
        assert client.logged("a job failed")
        assert client.logged("RuntimeError")
        assert "sesame-4711" not in client.stderr


@posix_only
def test_a_drive_that_never_answers_stops_nobody(project):
    write(project, "reviewer.md", _SAD)
    with _serve("drive", project) as client:
        uri = _open(client, project)
        assert {"unknown-color", "mojibake"} <= {one["code"] for one in _published(client, uri)}
        ask = {"textDocument": {"uri": uri}, "position": {"line": 3, "character": 8}}
        for method in ("hover", "completion", "definition"):
            assert "result" in client.request(f"textDocument/{method}", ask)
        assert client.request("textDocument/completion", ask)["result"]["isIncomplete"]
        assert client.close() == 0
        assert "the loop asked the disk" not in client.stderr
        assert _popups(client) == []


def _hover(client: RawClient, uri: str) -> None:
    ask = {"textDocument": {"uri": uri}, "position": {"line": 1, "character": 8}}
    client.send({"jsonrpc": "2.0", "id": "hover", "method": "textDocument/hover", "params": ask})


@posix_only
def test_a_server_that_holds_the_lock_ends_once_its_input_is_closed_and_not_before(project):
    """No thread of it can run, so none could see that the editor has gone."""
    write(project, "reviewer.md", HEALTHY)
    with _serve("lock", project) as client:
        uri = _open(client, project)
        _hover(client, uri)
        assert client.logged("held")
        with pytest.raises(subprocess.TimeoutExpired):
            client.process.wait(3)  # three times the grace
        client.close_stdin()
        assert client.wait() == -signal.SIGKILL


@posix_only
def test_a_watchdog_does_not_outlive_a_server_that_is_killed(project):
    write(project, "reviewer.md", HEALTHY)
    with _serve("lock", project) as client:
        _open(client, project)
        client.process.kill()
        client.process.wait(PATIENCE)
        # Whoever holds the other end of the input would keep this from failing.
        until(lambda: _is_refused(client), "nobody reads any more")


def _is_refused(client: RawClient) -> bool:
    try:
        client.send_bytes(b" " * 1000)
    except BrokenPipeError:
        return True
    return False


def test_a_server_whose_handler_never_returns_ends_after_exit(project):
    write(project, "reviewer.md", HEALTHY)
    with _serve("hang", project) as client:
        uri = _open(client, project)
        _hover(client, uri)
        assert client.logged("hanging")
        client.send({"jsonrpc": "2.0", "id": "s", "method": "shutdown"})
        client.notify("exit")
        assert client.wait() == 0


def _no_space() -> None:
    import resource  # noqa: PLC0415  there is none on Windows

    resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))


@posix_only
def test_where_no_more_can_be_written_the_file_is_left_as_it_is(project):
    path = write(project, "reviewer.md", _COLON)
    done = subprocess.run(
        [*AGENTLS, "fix"], capture_output=True, text=True, check=False, preexec_fn=_no_space
    )
    assert done.returncode == 2
    assert "is left as is: File too large" in done.stderr
    assert path.read_text("utf-8") == _COLON
    assert os.listdir(path.parent) == ["reviewer.md"]


@posix_only
def test_where_no_more_can_be_written_it_still_checks(project):
    write(project, "reviewer.md", BROKEN)
    done = subprocess.run(
        [*AGENTLS, "check"], capture_output=True, text=True, check=False, preexec_fn=_no_space
    )
    assert done.returncode == 1, done.stderr
    assert "Gerp" in done.stdout
    assert done.stderr == ""


@posix_only
@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no /dev/full")
def test_a_log_that_cannot_be_written_stops_nobody(project):
    command = [*AGENTLS, "--stdio", "--log-level", "debug", "--log-file", "/dev/full"]
    with RawClient(command, cwd=project) as client:
        client.initialize({}, rootUri=project.as_uri())
        assert _published(client, _open(client, project))
        assert _popups(client) == []


def _without_root_powers() -> None:
    """Root may read and write everywhere; without these two capabilities the mode of a file counts."""
    if os.getuid() == 0:
        import ctypes  # noqa: PLC0415

        for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
            ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP


@pytest.mark.skipif(sys.platform != "linux", reason="capabilities are Linux's")
def test_what_may_not_be_read_or_written_is_told_and_the_others_are_mended(project):
    secret = write(project, "secret.md", _COLON)
    secret.chmod(0)
    closed = write(project, "closed/.claude/agents/other.md", _COLON)
    closed.parent.chmod(0o500)
    free = write(project, "free/.claude/agents/other.md", _COLON)
    shut = project / ".claude" / "skills" / "shut"
    shut.mkdir(parents=True)
    shut.chmod(0)

    def run(*arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [*AGENTLS, *arguments],
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=_without_root_powers,
        )

    try:
        check, fix = run("check", "--format", "json"), run("fix")
    finally:
        for path in (secret, closed.parent, shut):
            path.chmod(0o700)
    assert check.returncode in (0, 1)
    assert "secret.md: Permission denied" in check.stderr
    assert "closed/.claude/agents/other.md is left as is: Permission denied" in fix.stderr
    assert closed.read_text("utf-8") == _COLON
    assert free.read_text("utf-8") != _COLON
    assert "Traceback" not in check.stderr + fix.stderr


def test_a_file_that_vanishes_between_scan_and_read_is_left_out(project, monkeypatch):
    gone, stays = write(project, "gone.md", BROKEN), write(project, "stays.md", BROKEN)
    read = disk.files.read_or_raise

    def vanish(path, limit):
        if path == str(gone):
            gone.unlink(missing_ok=True)
        return read(path, limit)

    monkeypatch.setattr(disk.files, "read_or_raise", vanish)
    found = batch.read([str(project)])
    assert [file.path for file in found.files] == [str(stays)]
    assert found.unreadable == ()


def test_a_folder_that_vanishes_in_a_search_is_left_out(project, monkeypatch):
    gone, stays = write(project, "a/.claude/agents/x.md", BROKEN), write(project, "stays.md", BROKEN)
    scandir = os.scandir

    def vanish(path):
        if str(path) == str(gone.parent):
            gone.unlink(missing_ok=True)
            gone.parent.rmdir()
        return scandir(path)

    monkeypatch.setattr(os, "scandir", vanish)
    assert [file.path for file in batch.read([str(project)]).files] == [str(stays)]


# --- the clock ---


def test_a_clock_that_jumps_stops_nobody(project):
    write(project, "reviewer.md", _SAD)
    with _serve("clock", project) as client:
        uri = _open(client, project)
        for version, color in enumerate(("red", "teal", "blue", "pinkish"), 2):
            text = _SAD.replace("teal", color)
            change = {"textDocument": {"uri": uri, "version": version}, "contentChanges": [{"text": text}]}
            client.notify("textDocument/didChange", change)
            message = client.receive(lambda m, v=version: m.get("params", {}).get("version") == v)
            codes = {one["code"] for one in message["params"]["diagnostics"]}
            assert ("unknown-color" in codes) == (color in ("teal", "pinkish"))
        assert client.close() == 0


def test_a_file_whose_time_goes_back_is_read_again(project):
    path = write(project, "reviewer.md", BROKEN)
    stamp = (path.stat().st_mtime_ns, path.stat().st_size)
    write(project, "reviewer.md", BROKEN.replace("Gerp", "Grap"))
    os.utime(path, ns=(0, 0))
    plan = disk.Scan((str(project),), known={str(path): stamp})
    assert [path for piece in disk.scan(plan) for path in piece.changed] == [str(path)]
