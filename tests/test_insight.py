"""What the server tells of a file beyond its findings, to three clients: rich, without much, with nothing."""

from __future__ import annotations

import pytest
import pytest_asyncio
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pytest_lsp import client_capabilities

from test_server import ALL, Editor, started

CLIENTS = {
    "vs code": client_capabilities("visual_studio_code"),
    "neovim": client_capabilities("neovim@0.11.0"),
    "minimal": types.ClientCapabilities(),
}


@pytest_asyncio.fixture(params=CLIENTS)
async def editor(request, tmp_path):
    start = started(CLIENTS[request.param], tmp_path)
    lead = start.root / "team" / ".claude" / "agents" / "lead.md"
    lead.parent.mkdir(parents=True)
    lead.write_text("---\nname: lead\ndescription: Leads\nskills: clean-code\n---\n", encoding="utf-8")
    async with start as found:
        found.open()
        await found.findings(ALL)
        yield found


async def run(editor: Editor, command: str, *arguments: object) -> object:
    params = types.ExecuteCommandParams(command, list(arguments))
    return await editor.client.workspace_execute_command_async(params)


async def test_why_a_file_is_not_loaded(editor):
    loaded = await run(editor, "agentls.whyNotLoading", editor.uri)
    assert "loads this file as the project agent `écrivain`" in loaded
    assert "`Gerp` is not a tool" in loaded
    editor.change("---\nname: écrivain\n---\n")
    assert "There is no `description`" in await run(editor, "agentls.whyNotLoading", editor.uri)


async def test_a_closed_file_is_told_of_and_one_of_no_product(editor):
    lead = (editor.root / "team" / ".claude" / "agents" / "lead.md").as_uri()
    assert "project agent `lead`" in await run(editor, "agentls.whyNotLoading", lead)
    assert "in its context from the start: `clean-code`" in await run(editor, "agentls.capabilities", lead)
    for name in ("guide.md", "none.md"):
        other = (editor.root / ".claude" / name).as_uri()
        assert f"reads `{name}`" in await run(editor, "agentls.whyNotLoading", other)


async def test_what_an_agent_can_do(editor):
    assert "- tools of MCP servers: `search`" in await run(editor, "agentls.capabilities", editor.uri)


@pytest.mark.parametrize("arguments", [[], [1], ["untitled:1"], [None], [{"uri": "file:///x.md"}]])
async def test_a_command_that_makes_no_sense_is_refused(tmp_path, arguments):
    async with started(CLIENTS["minimal"], tmp_path) as editor:
        with pytest.raises(JsonRpcException) as refused:
            await run(editor, "agentls.whyNotLoading", *arguments)
        assert "URI" in refused.value.message


async def test_the_fence_tells_whether_the_file_is_loaded(editor):
    hover = await editor.client.text_document_hover_async(types.HoverParams(**editor.at("---", 1)))
    assert "loads this file as" in str(hover.contents)
