"""The protocol at the real server: documents, positions, URIs; `protocol` has the rest."""

from __future__ import annotations

import itertools
import os
import sys

import pytest

from raw_client import RawClient, answer_like_an_editor

_HEAD = "---\nname: reviewer\ndescription: Reviews code\ntools: Read, Gerp\n---\n"
_ENCODINGS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "a project"
    (folder / ".claude" / "agents").mkdir(parents=True)
    return folder


@pytest.fixture
def start(project, tmp_path):
    """Starts servers that end, without a popup and without a trace, when the test does."""
    clients = []

    def start(capabilities=None, answer=answer_like_an_editor, **more):
        environment = {**os.environ, "CLAUDE_CONFIG_DIR": str(tmp_path / "user")}
        client = RawClient([sys.executable, "-P", "-m", "agentls", "--stdio"], cwd=project, env=environment)
        clients.append(client)
        client.answer = answer
        options = {"debounce": 0}
        client.initialize(capabilities, rootUri=project.as_uri(), initializationOptions=options, **more)
        return client

    yield start
    for client in clients:
        with client:
            assert client.close() == 0
        assert "Traceback" not in client.stderr
        assert not [m for m in client.notifications if m["method"].startswith("window/showMessage")]


def _open(client, uri, text, version=1):
    item = {"uri": uri, "languageId": "markdown", "version": version, "text": text}
    client.notify("textDocument/didOpen", {"textDocument": item})


def _change(client, uri, text, version):
    document = {"uri": uri, "version": version}
    client.notify("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": text}]})


def _codes(client, uri, version):
    """The codes that are published for a version of a document."""

    def fits(message):
        params = message.get("params", {})
        return (
            message.get("method") == "textDocument/publishDiagnostics"
            and params["uri"] == uri
            and params.get("version") == version
        )

    return {one["code"] for one in client.receive(fits)["params"]["diagnostics"]}


def _at(uri, line, character):
    return {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("encoding", _ENCODINGS)
def test_a_position_at_and_beyond_the_end_of_a_line_means_its_end(start, project, encoding, newline):
    client = start({"general": {"positionEncodings": [encoding]}})
    uri = (project / ".claude/agents/reviewer.md").as_uri()
    line = "tools: 🚀é, Bash"
    _open(client, uri, _HEAD.replace("tools: Read, Gerp", line).replace("\n", newline))
    codec, size = _ENCODINGS[encoding]
    end = len(line.encode(codec)) // size
    for character in (end - 1, end, end + 1, 10_000, 2**31 - 1):
        found = client.request("textDocument/hover", _at(uri, 3, character))["result"]
        assert "Bash — Runs shell commands" in str(found["contents"])
        assert found["range"] == {
            "start": {"line": 3, "character": end - 4},
            "end": {"line": 3, "character": end},
        }
    for place in ((5, 0), (99, 0), (2**31 - 1, 2**31 - 1)):
        assert client.request("textDocument/hover", _at(uri, *place))["result"] is None


@pytest.mark.parametrize("encoding", _ENCODINGS)
def test_a_position_inside_a_character_means_its_start(start, project, encoding):
    client = start({"general": {"positionEncodings": [encoding]}})
    uri = (project / ".claude/agents/reviewer.md").as_uri()
    _open(client, uri, _HEAD.replace("Read, Gerp", "Read, 🚀"))
    start_of = len("tools: Read, ")
    for inside in range(4):
        assert "error" not in client.request("textDocument/hover", _at(uri, 3, start_of + inside))


def test_whatever_the_order_of_versions_the_last_text_counts(start, project):
    client = start()
    uri = (project / ".claude/agents/reviewer.md").as_uri()
    _open(client, uri, _HEAD, version=7)
    assert "unknown-tool" in _codes(client, uri, 7)
    _change(client, uri, _HEAD.replace("Gerp", "Grep"), 3)
    assert "unknown-tool" not in _codes(client, uri, 3)
    _change(client, uri, _HEAD, 3)
    assert "unknown-tool" in _codes(client, uri, 3)


def test_documents_that_were_never_opened_are_no_trouble(start, project):
    client = start()
    uri = (project / ".claude/agents/never.md").as_uri()
    client.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
    _change(client, uri, _HEAD, 1)
    client.notify("textDocument/didSave", {"textDocument": {"uri": uri}})
    assert client.request("textDocument/hover", _at(uri, 3, 8))["result"] is None
    _open(client, uri, _HEAD)
    assert "unknown-tool" in _codes(client, uri, 1)


def test_a_document_that_is_opened_twice_has_the_later_text(start, project):
    client = start()
    uri = (project / ".claude/agents/reviewer.md").as_uri()
    _open(client, uri, _HEAD)
    _open(client, uri, _HEAD.replace("Gerp", "LS"), version=2)
    assert _codes(client, uri, 2) == {"removed-tool"}


def test_one_file_in_two_spellings_is_answered_in_each(start, project):
    """Percent signs where none are needed, small and capital hexadecimal letters, an encoded space."""
    client = start()
    plain = (project / ".claude/agents/reviewer.md").as_uri()
    spellings = [
        plain,
        plain.replace("reviewer", "%72eviewer"),
        plain.replace("/.claude", "/%2Eclaude"),
        plain.replace("/.claude", "/%2eclaude"),
    ]
    assert len(set(spellings)) == 4
    for version, uri in enumerate(spellings, 1):
        _open(client, uri, _HEAD, version)
        assert "unknown-tool" in _codes(client, uri, version)
        assert client.request("textDocument/hover", _at(uri, 3, 8))["result"]
        client.notify("textDocument/didClose", {"textDocument": {"uri": uri}})


def test_two_files_that_differ_in_letter_case_are_two_where_the_system_says_so(start, project):
    client = start()
    uris = [(project / f".claude/agents/{name}.md").as_uri() for name in ("reviewer", "Reviewer")]
    _open(client, uris[0], _HEAD)
    _open(client, uris[1], _HEAD.replace("Gerp", "LS"))
    assert "unknown-tool" in _codes(client, uris[0], 1)
    assert "removed-tool" in _codes(client, uris[1], 1)


@pytest.mark.parametrize(
    "uri",
    [
        "untitled:Untitled-1",
        "untitled:/a/.claude/agents/reviewer.md",
        "vscode-notebook-cell:/a/.claude/agents/reviewer.md#W1",
        "git:/a/.claude/agents/reviewer.md?{}",
        "https://example.org/.claude/agents/reviewer.md",
        "file://host/share/.claude/agents/reviewer.md",
        "file:///a%00b/.claude/agents/reviewer.md",
        "file:",
        "no uri at all",
        "",
        "http://[",
    ],
)
def test_what_is_no_file_here_gets_no_findings_and_an_empty_answer(start, uri):
    client = start()
    _open(client, uri, _HEAD)
    _change(client, uri, _HEAD, 2)
    assert client.request("textDocument/hover", _at(uri, 3, 8))["result"] is None
    assert not client.request("textDocument/documentSymbol", {"textDocument": {"uri": uri}})["result"]
    client.notify("textDocument/didSave", {"textDocument": {"uri": uri}})
    client.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
    assert "error" not in client.request("workspace/symbol", {"query": ""})
    assert not [m for m in client.notifications if (m.get("params") or {}).get("diagnostics")]


_DYNAMIC = {
    "workspace": {
        "didChangeWatchedFiles": {"dynamicRegistration": True, "relativePatternSupport": True},
        "didChangeConfiguration": {"dynamicRegistration": True},
        "configuration": True,
    },
    "window": {"workDoneProgress": True},
}


@pytest.mark.parametrize(
    "answer", [{"error": {"code": -32601, "message": "no"}}, {"result": 5}, None], ids=str
)
def test_a_client_that_refuses_what_it_offered_is_served_all_the_same(start, project, answer):
    """Registration, settings and progress are refused, answered with nonsense, or never answered."""
    client = start(_DYNAMIC, answer=lambda _: answer)
    uri = (project / ".claude/agents/reviewer.md").as_uri()
    _open(client, uri, _HEAD)
    assert "unknown-tool" in _codes(client, uri, 1)
    assert {"client/registerCapability", "workspace/configuration"} <= {r["method"] for r in client.requests}
    client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": uri, "type": 1}]})
    assert client.request("textDocument/hover", _at(uri, 3, 8))["result"]


def test_progress_that_the_user_cancels_is_no_trouble(start, project):
    for number in range(300):
        (project / f".claude/agents/a{number}.md").write_text(_HEAD, "utf-8")
    client = start(_DYNAMIC)
    for token in itertools.chain(
        ("never begun", 5), (r["params"]["token"] for r in client.requests if "token" in r["params"])
    ):
        client.notify("window/workDoneProgress/cancel", {"token": token})
    assert "error" not in client.request("workspace/symbol", {"query": "reviewer"})
