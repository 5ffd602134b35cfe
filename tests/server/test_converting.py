"""Conversion and other readers in an editor, with three kinds of clients."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio
from lsprotocol import types
from pygls.exceptions import JsonRpcException

import clients

if TYPE_CHECKING:
    from clients import Desk

AGENT = ".claude/agents/lead.md"
NEW = ".cursor/agents/lead.md"
TEXTS = {
    AGENT: "---\nname: lead\ndescription: Leads\ntools: Read, Gerp\nmaxTurns: 3\n---\n\nLead them 😀.\n",
    "agentls.toml": 'also-check = ["opencode"]\n',
}


@pytest.fixture(params=clients.KINDS)
def kind(request):
    return request.param


@pytest_asyncio.fixture
async def desk(kind, tmp_path):
    async with clients.desk(kind, tmp_path, TEXTS) as found:
        found.open(AGENT)
        await found.until(AGENT, ["unknown-tool", "invalid-value", "deprecated-field", "unknown-field"])
        yield found


async def titles(desk: Desk, line: int, only: list[str] | None = None) -> list[str]:
    place = types.Position(line, 0)
    context = types.CodeActionContext([], only=only)
    document = types.TextDocumentIdentifier(desk.uri(AGENT))
    params = types.CodeActionParams(document, types.Range(place, place), context)
    found = await desk.client.text_document_code_action_async(params)
    return [action.title for action in found or () if action.title.startswith("Convert")]


async def convert(desk: Desk, **wishes: object) -> Any:
    def applied(params: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
        made, text = params.edit.document_changes
        assert isinstance(made, types.CreateFile)
        assert made.uri == desk.uri(NEW)
        desk.write({NEW: text.edits[0].new_text})
        return types.ApplyWorkspaceEditResult(applied=True)

    desk.client.feature(types.WORKSPACE_APPLY_EDIT)(applied)
    argument = {"uri": desk.uri(AGENT), "to": "Cursor", **wishes}
    params = types.ExecuteCommandParams("agentls.convert", [argument])
    return await desk.client.workspace_execute_command_async(params)


async def test_the_first_line_offers_every_product(desk, kind):
    products = ["Antigravity", "Augment", "Codex", "Cursor", "Factory", "Kiro", "opencode"]
    offered = await titles(desk, 0)
    if kind == "rich":
        assert {f"Convert to {product}" for product in products} <= set(offered)
        assert len(offered) == 10
        assert not await titles(desk, 1), "nobody is offered ten products at every word"
        assert len(await titles(desk, 1, ["refactor"])) == 10
        assert not await titles(desk, 0, ["quickfix"])
    else:
        assert not offered, "this client cannot create files"


async def test_the_file_is_made_where_the_product_looks_and_losses_are_told(desk, kind):
    answer = await convert(desk)
    assert answer["uri"] == desk.uri(NEW)
    assert answer["text"].startswith("---\nname: lead\ndescription: Leads\ntools: Read\n---\n")
    assert [loss["range"]["start"]["line"] for loss in answer["losses"]] == [3, 4]
    assert answer["applied"] == (kind == "rich")
    told = desk.client.messages[-1].message
    assert "line 5: Cursor has no equivalent of `maxTurns`." in told
    assert NEW.rpartition("/")[2] in told
    if kind == "rich":
        assert desk.path(NEW).read_text("utf-8") == answer["text"]
    else:
        assert "cannot create files" in told
        assert not desk.path(NEW).exists()


async def test_an_editor_may_make_the_file_itself(desk):
    answer = await convert(desk, apply=False)
    assert not answer["applied"]
    assert not desk.client.messages
    assert not desk.path(NEW).exists()


async def test_what_is_there_is_left_alone(desk):
    desk.write({NEW: "mine"})
    with pytest.raises(JsonRpcException, match=r"cursor/agents/lead\.md"):
        await convert(desk)
    assert desk.path(NEW).read_text("utf-8") == "mine"


@pytest.mark.parametrize("wishes", [{"to": "Emacs"}, {"to": 3}, {"uri": "untitled:x"}, {"apply": "yes"}])
async def test_what_makes_no_sense_is_refused(desk, wishes):
    with pytest.raises(JsonRpcException):
        await convert(desk, **wishes)
    assert await desk.hover(AGENT, 3)


async def test_what_is_wrong_for_another_product_is_information_with_its_name(desk, kind):
    found = desk.client.diagnostics[desk.uri(AGENT)]
    others = [one for one in found if one.message.startswith("For opencode: ")]
    assert len(others) == 3
    assert all(one.severity >= types.DiagnosticSeverity.Information for one in others)
    for one in found:
        assert one.data == ({"product": "opencode"} if one in others and kind != "minimal" else None)


async def test_the_first_line_says_who_reads_the_file(desk):
    shown = await desk.hover(AGENT, 0)
    assert "GitHub Copilot" in shown
    assert "Cursor (if allowed to read files of other products)" in shown
