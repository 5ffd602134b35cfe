"""What must hold for the server: whatever is sent, each request is answered once, and nothing pops up."""

from __future__ import annotations

import asyncio
import json
from unittest import mock

from hypothesis import given
from hypothesis import strategies as st

import texts
from agentls.cli.main import begin
from agentls.lsp import server_capabilities, stdio
from agentls.lsp.connection import Connection
from agentls.lsp.handlers import lifecycle
from material_of_laws import NAMES, any_json, no_home, sources, unbroken
from patience import PATIENCE

_URIS = (
    "file:///project/.claude/agents/a.md",
    "file:///project/.claude/agents/%61.md",
    "file:///project/.claude/skills/deploy/SKILL.md",
    "file:///project/.mcp.json",
    "file:///other/notes.md",
    "untitled:Untitled-1",
    "vscode-notebook-cell:/x#1",
    "git:/project/.claude/agents/a.md?x",
    "file://host/share/.claude/agents/a.md",
    "",
    "no uri",
)
_numbers = st.one_of(st.integers(0, 30), st.sampled_from([-1, 2**31 - 1, 2**31, 2**53]))
_positions = st.fixed_dictionaries({"line": _numbers, "character": _numbers})
_ranges = st.fixed_dictionaries({"start": _positions, "end": _positions})
_documents = st.fixed_dictionaries(
    {"uri": st.sampled_from(_URIS), "version": _numbers, "text": sources, "languageId": st.just("markdown")}
)
_item = st.fixed_dictionaries(
    {
        "name": texts.anything,
        "kind": st.integers(1, 26),
        "uri": st.sampled_from(_URIS),
        "range": _ranges,
        "selectionRange": _ranges,
        "data": st.one_of(any_json, st.just(["agent", "a", "/project/.claude/agents/a.md"])),
    }
)
# One object with what any method may want; a method takes what it knows.
_params = st.fixed_dictionaries(
    {
        "textDocument": _documents,
        "position": _positions,
        "positions": st.lists(_positions, max_size=3),
        "range": _ranges,
        "contentChanges": st.lists(
            st.one_of(
                st.fixed_dictionaries({"text": sources}),
                st.fixed_dictionaries({"text": sources, "range": _ranges}),
            ),
            max_size=2,
        ),
        "context": st.one_of(
            st.just({"includeDeclaration": True, "diagnostics": []}),
            st.just({"triggerKind": 1}),
            st.just({"diagnostics": [], "only": ["source.fixAll", "quickfix"]}),
        ),
        "newName": st.one_of(st.sampled_from(NAMES), texts.anything),
        "query": texts.anything,
        "color": st.just({"red": 0.1, "green": 1, "blue": 0, "alpha": 1}),
        "item": _item,
        "command": st.sampled_from(["agentls.applyFix", "none"]),
        "arguments": st.lists(st.one_of(any_json, st.sampled_from(_URIS)), max_size=5),
        "settings": st.one_of(any_json, st.just({"agentls": {"debounce": 0}})),
        "event": st.fixed_dictionaries(
            {
                "added": st.lists(st.just({"uri": "file:///other", "name": "o"}), max_size=1),
                "removed": st.lists(st.just({"uri": "file:///project", "name": "p"}), max_size=1),
            }
        ),
        "changes": st.lists(
            st.fixed_dictionaries({"uri": st.sampled_from(_URIS), "type": st.integers(1, 3)}), max_size=2
        ),
        "token": st.one_of(st.integers(), texts.anything),
        "value": st.sampled_from(["off", "verbose", 5]),
        "id": st.integers(0, 20),
    }
)
_METHODS = sorted({*server_capabilities.CAPABILITIES, "initialize"})
_FINAL = {"shutdown", "exit", "initialize"}
_calls = st.builds(
    lambda method, params, damage: {"method": method, "params": damage if damage is not None else params},
    st.one_of(
        st.sampled_from([method for method in _METHODS if method not in _FINAL]),
        st.sampled_from(["textDocument/didOpen", "textDocument/didChange"]),
        st.sampled_from(["$/cancelRequest", "$/setTrace", "$/no", "workspace/executeCommand", "no/such", ""]),
    ),
    _params,
    st.one_of(st.none(), st.none(), st.none(), any_json),
)
_NOTIFICATIONS = ("textDocument/did", "workspace/did", "initialized", "$/", "notebookDocument/")


class _Wire:
    """Takes what the server writes and cuts it into messages."""

    def __init__(self) -> None:
        self.frames = stdio.Frames()
        self.messages: list[dict] = []

    def write(self, data: bytes) -> None:
        self.messages += [json.loads(body) for body in self.frames.feed(data)]

    def close(self) -> None:
        pass


@given(
    sent=st.lists(_calls, max_size=12),
    cuts=st.lists(st.integers(1, 400), max_size=6),
    together=st.booleans(),
    capabilities=st.sampled_from([{}, {"workspace": {"configuration": True}}]),
)
def every_request_is_answered_once_and_nothing_pops_up(sent, cuts, together, capabilities):
    with no_home(), unbroken(), mock.patch.object(lifecycle, "_warm_up"):
        asyncio.run(_dialogue(sent, cuts, capabilities, together=together))


async def _dialogue(sent, cuts, capabilities, *, together):
    wire, own = _Wire(), Connection(begin)
    own.protocol.set_writer(wire)
    wanted = {"initialize", "shutdown"}
    initial = {"processId": None, "rootUri": "file:///project", "capabilities": capabilities}
    messages = [
        {"id": "initialize", "method": "initialize", "params": initial},
        {"method": "initialized", "params": {}},
    ]
    for number, call in enumerate(sent):
        if not call["method"].startswith(_NOTIFICATIONS) or call["method"] == "$/no":
            wanted.add(number)
            call = {"id": number, **call}  # noqa: PLW2901
        messages.append(call)
    data = b"".join(_framed({"jsonrpc": "2.0", **message}) for message in messages)
    frames, start = stdio.Frames(), 0
    for cut in [*cuts, len(data)]:
        own.protocol.receive(list(frames.feed(data[start : start + cut])))
        start += cut
        if not together:
            await asyncio.sleep(0)
    await _answered(wire, wanted - {"shutdown"})
    own.protocol.receive([json.dumps({"jsonrpc": "2.0", "id": "shutdown", "method": "shutdown"}).encode()])
    await _answered(wire, wanted)
    answers = [message["id"] for message in wire.messages if "method" not in message]
    assert sorted(map(str, answers)) == sorted(map(str, wanted))
    assert not [
        m for m in wire.messages if m.get("method") == "window/showMessage" and "setting" not in str(m)
    ]


def _framed(message: object) -> bytes:
    body = json.dumps(message).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


async def _answered(wire: _Wire, wanted: set[object]) -> None:
    end = asyncio.get_running_loop().time() + PATIENCE
    while missing := wanted - {message.get("id") for message in wire.messages if "method" not in message}:
        assert asyncio.get_running_loop().time() < end, f"no answer to {sorted(map(str, missing))}"
        await asyncio.sleep(0.001)
