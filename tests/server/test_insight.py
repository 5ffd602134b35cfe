"""What the server tells of a file beyond its findings, to three clients: rich, without much, with nothing."""

from __future__ import annotations

import asyncio

import pytest
import pytest_asyncio
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pytest_lsp import client_capabilities

from agentls.features import semantic_tokens
from agentls.lsp import server_capabilities
from editor import ALL, Editor, started
from patience import until_async

CLIENTS = {
    "vs code": client_capabilities("visual_studio_code"),
    "neovim": client_capabilities("neovim@0.11.0"),
    "minimal": types.ClientCapabilities(),
}


@pytest_asyncio.fixture(params=CLIENTS)
async def editor(request, tmp_path):
    async with started(
        CLIENTS[request.param],
        tmp_path,
        {"team/.claude/agents/lead.md": "---\nname: lead\ndescription: Leads\nskills: clean-code\n---\n"},
    ) as found:
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
    assert "`description` is missing" in await run(editor, "agentls.whyNotLoading", editor.uri)


async def test_a_closed_file_is_told_of_and_one_of_no_product(editor):
    lead = (editor.root / "team" / ".claude" / "agents" / "lead.md").as_uri()
    assert "project agent `lead`" in await run(editor, "agentls.whyNotLoading", lead)
    assert "preloaded skills: `clean-code`" in await run(editor, "agentls.capabilities", lead)
    for name in ("guide.md", "none.md"):
        other = (editor.root / ".claude" / name).as_uri()
        assert f"reads `{name}`" in await run(editor, "agentls.whyNotLoading", other)


async def test_what_an_agent_can_do(editor):
    able = await run(editor, "agentls.capabilities", editor.uri)
    assert "- tools of MCP servers: `mcp__search__find`" in able


async def test_the_text_that_the_model_gets(editor):
    skill = editor.root / ".claude" / "skills" / "greet" / "SKILL.md"
    skill.parent.mkdir(parents=True)
    skill.write_text("---\ndescription: Greets\n---\n\nGreet $0 and $1.\n", encoding="utf-8")
    shown = await run(editor, "agentls.showText", skill.as_uri(), "'Ada L.' Bob")
    assert shown == f"Base directory for this skill: {skill.parent}\n\nGreet Ada L. and Bob.\n"
    assert (await run(editor, "agentls.showText", skill.as_uri())).endswith("Greet $0 and $1.\n")
    editor.change("---\nname: a\ndescription: d\n---\n\n  $0 stays \n")
    assert await run(editor, "agentls.showText", editor.uri, "x") == "$0 stays"
    with pytest.raises(JsonRpcException) as refused:
        await run(editor, "agentls.showText", (editor.root / ".claude" / "none.md").as_uri())
    assert "reads none.md" in refused.value.message


@pytest.mark.parametrize("commands", [[], ["agentls.showRenderedText"]], ids=["no", "yes"])
async def test_the_text_is_offered_to_editors_that_can_show_it(tmp_path, commands):
    capabilities = client_capabilities("visual_studio_code")
    capabilities.experimental = {"commands": {"commands": commands}}
    async with started(capabilities, tmp_path) as editor:
        editor.open()
        start = types.Position(0, 0)
        params = types.CodeActionParams(
            types.TextDocumentIdentifier(editor.uri), types.Range(start, start), types.CodeActionContext([])
        )
        found = await editor.client.text_document_code_action_async(params) or []
        assert ("Show the text the model gets" in [one.title for one in found]) == bool(commands)


async def test_what_an_agent_of_another_product_can_do(editor):
    agent = editor.root / ".gemini" / "agents" / "reviewer.md"
    agent.parent.mkdir(parents=True)
    agent.write_text("---\nname: reviewer\ndescription: Reviews\n---\n\nReview.\n", encoding="utf-8")
    assert "- tools: those of the session" in await run(editor, "agentls.capabilities", agent.as_uri())


async def test_a_command_that_makes_no_sense_is_refused(tmp_path):
    async with started(CLIENTS["minimal"], tmp_path) as editor:
        for arguments in ([], [1], ["untitled:1"], [None], [{"uri": "file:///x.md"}]):
            with pytest.raises(JsonRpcException) as refused:
                await run(editor, "agentls.whyNotLoading", *arguments)
            assert "URI" in refused.value.message


async def test_the_fence_tells_whether_the_file_is_loaded(editor):
    hover = await editor.client.text_document_hover_async(types.HoverParams(**editor.at("---", 1)))
    assert "loads this file as" in str(hover.contents)


SKILL = ".claude/skills/clean-code/SKILL.md"


def open_skill(editor: Editor) -> str:
    uri = (editor.root / SKILL).as_uri()
    text = (editor.root / SKILL).read_text(encoding="utf-8")
    editor.client.text_document_did_open(
        types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, "markdown", 1, text))
    )
    return uri


async def lenses(editor: Editor, uri: str) -> list[types.CodeLens]:
    params = types.CodeLensParams(types.TextDocumentIdentifier(uri))
    return await editor.client.text_document_code_lens_async(params)


async def test_lenses_say_how_much_a_skill_is_used(editor):
    editor.change(editor.text + "Mind `clean-code`.\n")
    uri = open_skill(editor)
    found = await lenses(editor, uri)
    assert [lens.command.title for lens in found] == ["preloaded by 2 agents", "mentioned by 1 file"]
    assert {lens.command.command for lens in found} == {"agentls.openReferences"}
    uses, mentions = [await run(editor, "agentls.references", *lens.command.arguments) for lens in found]
    assert [use["uri"].rpartition("/")[2] for use in uses] == ["writer.md", "lead.md"]
    (start, end) = (types.Position(**mentions[0]["range"][edge]) for edge in ("start", "end"))
    assert [editor.under(types.Range(start, end)) for _ in mentions] == ["clean-code"]


async def test_the_list_behind_a_lens_opens_as_the_client_can(editor):
    asked: list[types.ShowMessageRequestParams] = []

    @editor.client.feature(types.WINDOW_SHOW_MESSAGE_REQUEST)
    def choose(params: types.ShowMessageRequestParams) -> types.MessageActionItem:
        asked.append(params)
        return params.actions[-1]

    (lens,) = await lenses(editor, open_skill(editor))
    assert await run(editor, lens.command.command, *lens.command.arguments) is None
    window = editor.client.capabilities.window
    if window and window.show_document and window.show_document.support:
        await until_async(lambda: asyncio.sleep(0, editor.client.shown_documents), "a document is shown")
        assert [item.title for item in asked[0].actions] == ["agents/writer.md:5", "agents/lead.md:4"]
        (shown,) = editor.client.shown_documents
        assert (shown.uri.rpartition("/")[2], shown.selection.start.line) == ("lead.md", 3)
    else:
        assert "agents/lead.md:4" in editor.client.messages[-1].message


async def test_a_client_that_shows_lists_itself_gets_its_own_command(tmp_path):
    experimental = {"commands": {"commands": ["agentls.showReferences", 1]}}
    async with started(types.ClientCapabilities(experimental=experimental), tmp_path) as editor:
        editor.open()
        await editor.findings(ALL)
        found = await lenses(editor, editor.uri)
        assert {lens.command.command for lens in found} == {"agentls.showReferences"}


@pytest.mark.parametrize("experimental", [[1], {"commands": 1}, {"commands": {"commands": {}}}])
async def test_what_a_client_says_of_its_experiments_may_be_anything(tmp_path, experimental):
    async with started(types.ClientCapabilities(experimental=experimental), tmp_path) as editor:
        editor.open()
        await editor.findings(ALL)
        found = await lenses(editor, editor.uri)
        assert {lens.command.command for lens in found} == {"agentls.openReferences"}


async def test_a_list_of_nothing_known_is_refused(tmp_path):
    async with started(CLIENTS["minimal"], tmp_path) as editor:
        for rest in ([], [{}], [{}, "all"], [{}, []]):
            with pytest.raises(JsonRpcException):
                await run(editor, "agentls.references", "file:///x.md", *rest)


async def test_the_client_is_told_when_what_is_shown_may_be_another(tmp_path):
    told: list[str] = []
    capabilities = client_capabilities("visual_studio_code")
    capabilities.workspace.inlay_hint = types.InlayHintWorkspaceClientCapabilities(refresh_support=True)
    async with started(capabilities, tmp_path) as editor:

        @editor.client.feature(types.WORKSPACE_CODE_LENS_REFRESH)
        def lenses_again(_: None) -> None:
            told.append("lenses")

        @editor.client.feature(types.WORKSPACE_INLAY_HINT_REFRESH)
        def hints_again(_: None) -> None:
            told.append("hints")

        editor.open()
        await editor.findings(ALL)
        uri = open_skill(editor)
        await lenses(editor, uri)

        async def told_until_it_is_quiet() -> list[str]:
            """What the client is told, until the server has had its moment of quiet and said no more."""
            found: list[str] = []
            while True:
                # The first answer says that what was sent has arrived, the others that its time is over.
                await lenses(editor, uri)
                await asyncio.sleep(0.5)
                for _ in range(2):
                    await lenses(editor, uri)
                if not told:
                    return found
                found += told
                told.clear()

        await told_until_it_is_quiet()
        editor.change(editor.text.replace("\n\n🚀", "\n\nA word.\n🚀"))
        assert await told_until_it_is_quiet() == []
        editor.change(editor.text.replace("skills: clean-code, ", "skills: "))
        assert sorted(await told_until_it_is_quiet()) == ["hints", "lenses"]
        assert not [lens for lens in await lenses(editor, uri) if "preloaded" in lens.command.title]


async def test_tokens_of_all_of_a_part_and_what_has_changed(editor):
    document = types.TextDocumentIdentifier(editor.uri)
    legend = server_capabilities.TOKEN_LEGEND
    assert (legend.token_types, legend.token_modifiers) == (
        list(semantic_tokens.TYPES),
        list(semantic_tokens.MODIFIERS),
    )
    editor.change("---\nname: a\ndescription: 🚀\ntools: Read, Gerp\n---\n")
    ask = editor.client
    whole = await ask.text_document_semantic_tokens_full_async(types.SemanticTokensParams(document))
    function = legend.token_types.index("function")
    assert list(whole.data) == [3, 7, 4, function, 1, 0, 6, 4, function, 4]
    stretch = types.Range(types.Position(3, 14), types.Position(3, 15))
    part = await ask.text_document_semantic_tokens_range_async(
        types.SemanticTokensRangeParams(document, stretch)
    )
    assert list(part.data) == [3, 13, 4, function, 4]
    editor.change("---\nname: a\ndescription: 🚀\ntools: Read, Grep\n---\n")
    delta = types.SemanticTokensDeltaParams(document, whole.result_id)
    changed = await ask.text_document_semantic_tokens_full_delta_async(delta)
    assert [(one.start, one.delete_count, list(one.data)) for one in changed.edits] == [(9, 1, [1])]
    # What is asked about has been answered anew.
    again = await ask.text_document_semantic_tokens_full_delta_async(delta)
    assert list(again.data) == [3, 7, 4, function, 1, 0, 6, 4, function, 1]


async def test_lenses_and_hints_as_the_settings_want_them(editor):
    async def hints() -> list[str]:
        whole = types.Range(types.Position(0, 0), types.Position(20, 0))
        params = types.InlayHintParams(types.TextDocumentIdentifier(editor.uri), whole)
        return [hint.label for hint in await editor.client.text_document_inlay_hint_async(params)]

    editor.change(editor.text.replace("skills:", "model: opusplan\nskills:"))
    assert not await hints()
    assert await lenses(editor, editor.uri)
    settings = {"agentls": {"codeLens": False, "inlayHints": True, "debounce": 0}}
    editor.client.set_configuration(settings)
    editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings))
    found = await until_async(hints, "hints")
    assert found == ["= opus in plan mode, sonnet otherwise"]
    assert not await lenses(editor, editor.uri)
