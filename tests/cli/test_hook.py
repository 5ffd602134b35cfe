"""``agentls hook``: each product is answered in its own protocol, and no agent is ever stopped."""

from __future__ import annotations

import json
import time

import pytest

from agentls.cli.commands.hook import ENDINGS
from agentls.cli.hook_protocols import written_files
from agentls.products import load
from command_line import BROKEN, HEALTHY, HINTED, run, write

_NAME = ".claude/agents/reviewer.md"


def _tool(event, tool, **arguments):
    return {"session_id": "x", "hook_event_name": event, "tool_name": tool, "tool_input": arguments}


def _nested(event):
    return lambda answer: (
        answer["hookSpecificOutput"].pop("hookEventName") == event
        and answer.pop("hookSpecificOutput")["additionalContext"]
    )


_PATCH = f"*** Begin Patch\n*** Update File: {_NAME}\n@@\n-a\n+b\n*** End Patch\n"
# What products send for a file, and where in their answer the text for the model is.
_PRODUCTS = {
    "Claude Code": (lambda path: _tool("PostToolUse", "Edit", file_path=path), _nested("PostToolUse")),
    "Codex": (lambda _: _tool("PostToolUse", "apply_patch", command=_PATCH), _nested("PostToolUse")),
    "Qwen Code": (lambda path: _tool("PostToolUse", "write_file", file_path=path), _nested("PostToolUse")),
    "VS Code": (
        lambda path: _tool("PostToolUse", "editFiles", files=[{"filePath": path}]),
        _nested("PostToolUse"),
    ),
    "Gemini CLI": (lambda path: _tool("AfterTool", "replace", file_path=path), _nested("AfterTool")),
    "Cursor": (
        lambda path: _tool("postToolUse", "Write", file_path=path),
        lambda answer: answer.pop("additional_context"),
    ),
    "Cursor's edit": (
        lambda path: {"hook_event_name": "afterFileEdit", "file_path": path, "edits": []},
        lambda answer: answer.pop("additional_context"),
    ),
    "Copilot CLI": (
        lambda path: {"toolName": "edit", "toolArgs": json.dumps({"path": path}), "toolResult": {}},
        lambda answer: answer.pop("additionalContext"),
    ),
}


def _hook(payload, **more):
    done = run("hook", stdin=payload if isinstance(payload, bytes) else json.dumps(payload).encode(), **more)
    assert done.returncode == 0
    return done


@pytest.mark.parametrize("product", _PRODUCTS)
def test_a_product_is_answered_in_its_own_protocol(project, product):
    path = write(project, "reviewer.md", BROKEN)
    sent, text_of = _PRODUCTS[product]
    done = _hook({**sent(str(path)), "cwd": str(project)})
    answer = json.loads(done.stdout)
    text = text_of(answer)
    assert answer == {}
    assert done.stdout.count("\n") == 1
    lines = text.splitlines()
    assert lines[0] == "agentls found 1 problem in what was written:"
    assert lines[1].startswith(f"{_NAME}:4:14: warning[unknown-tool] `Gerp` is not a tool of Claude Code.")
    assert lines[2] == "To learn more, run `agentls explain unknown-tool`."
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("reviewer.md", HEALTHY),
        ("reviewer.md", HINTED),
        ("README.md", "# Title\n"),
        ("main.py", "tools: Gerp\n"),
        ("agents.json", "{"),
        ("agents.md", b"\xff\x00"),
    ],
)
def test_nothing_is_said_of_other_files(project, name, text):
    path = write(project, name if name == "reviewer.md" else f"docs/{name}", text)
    done = _hook(_tool("PostToolUse", "Write", file_path=str(path)))
    assert (done.stdout, done.stderr) == ("", "")


def test_a_file_that_is_gone_a_folder_and_a_device_are_passed_over(project):
    (project / ".claude" / "agents" / "folder.md").mkdir(parents=True)
    for path in (_NAME, ".claude/agents/folder.md", "/dev/zero.md", "a\0b.md", "x" * 5000 + ".md"):
        assert _hook(_tool("PostToolUse", "Write", file_path=path)).stdout == ""


_OTHERS = {
    "another event": _tool("PreToolUse", "Write", file_path=_NAME),
    "another tool": _tool("PostToolUse", "Bash", command="ls"),
    "a list": [_tool("PostToolUse", "Write", file_path=_NAME)],
    "nothing of it": {"hook_event_name": 1, "tool_input": []},
    "wrong types": {
        "hook_event_name": "PostToolUse",
        "tool_input": {"file_path": [1], "edits": 3, "files": [1]},
    },
    "no object": None,
    "wrong folder": {"hook_event_name": "PostToolUse", "cwd": 7, "workspace_roots": [7], "tool_input": "["},
}


@pytest.mark.parametrize("payload", _OTHERS.values(), ids=_OTHERS)
def test_what_is_no_hook_of_ours_gets_no_answer(payload):
    found = written_files(payload, "/project")
    assert found is None or found.paths == ()


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"a": ' + b"9" * 9000 + b"}"])
def test_what_is_no_json_is_told_and_stops_nobody(project, data):
    write(project, "reviewer.md", BROKEN)
    done = _hook(data)
    assert done.stdout == ""
    assert done.stderr.startswith("agentls: standard input is not the JSON of a hook")
    assert done.stderr.count("\n") == 1


def test_more_than_anybody_sends_is_passed_over(project):
    path = write(project, "reviewer.md", BROKEN)
    done = _hook(_tool("PostToolUse", "Write", file_path=str(path), content="x" * (17 << 20)))
    assert (done.stdout, done.stderr) == ("", "")


def test_a_failure_of_our_own_stops_no_agent(project, monkeypatch, capsys):
    from agentls.cli import feedback, main  # noqa: PLC0415

    def fail(*_arguments):
        raise LookupError("secret")

    class Input:
        def isatty(self):
            return False

        @property
        def buffer(self):
            return self

        def read(self, _size):
            return json.dumps(_tool("PostToolUse", "Write", file_path=_NAME)).encode()

    write(project, "reviewer.md", BROKEN)
    monkeypatch.setattr(feedback, "feedback", fail)
    monkeypatch.setattr("sys.stdin", Input())
    assert main.run(["hook"]) == 0
    assert capsys.readouterr().err == (
        "agentls: internal error (LookupError): what was written is not checked\n"
    )


def test_many_findings_are_cut(project):
    path = write(project, "reviewer.md", BROKEN.replace("Gerp", ", ".join(f"Tool{n}" for n in range(30))))
    text = json.loads(_hook(_tool("PostToolUse", "Write", file_path=str(path))).stdout)
    lines = text["hookSpecificOutput"]["additionalContext"].splitlines()
    assert lines[0].startswith("agentls found 30 problems")
    assert len(lines) == 1 + 20 + 2
    assert lines[-2] == "and 10 others."


def test_every_file_of_a_product_ends_in_one_of_these_ways():
    globs = [place.glob for dialect in load().dialects.values() for place in dialect.files]
    assert {glob[glob.rindex(".") :] for glob in globs} <= set(ENDINGS)


@pytest.mark.slow
def test_an_agent_does_not_wait(project):
    """Processor time, since others may use this machine; 300 milliseconds are the limit on an idle one."""
    import resource  # noqa: PLC0415  there is none on Windows

    path = write(project, "reviewer.md", BROKEN)
    for payload in (
        _tool("PostToolUse", "Write", file_path=str(path)),
        _tool("PostToolUse", "Write", file_path="a.py"),
    ):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        began = time.monotonic()
        _hook(payload)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        assert min(used, time.monotonic() - began) < 1
