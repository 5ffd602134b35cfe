"""The server as an editor sees it: three real clients' capabilities, three position encodings.

pytest-lsp checks every answer against what the client said it can do; its warnings are errors here.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest_asyncio
from lsprotocol import types
from pytest_lsp import client_capabilities

from agentls.lsp import convert
from agentls.system import paths
from agentls.text.source import Text
from editor import AGENT, ALL, SKILL, Editor, actions, started
from patience import PATIENCE, until_async


@pytest_asyncio.fixture(params=["neovim@0.11.0", "visual_studio_code", "emacs"])
async def editor(request, tmp_path):
    capabilities = client_capabilities(request.param)
    async with started(capabilities, tmp_path) as found:
        yield found


async def test_findings_stand_at_their_words_in_every_encoding(editor):
    editor.open()
    found = await editor.findings(ALL)
    assert [(d.code, editor.under(d.range)) for d in found] == [
        ("unknown-tool", "🚀"),
        ("unknown-tool", "Gerp"),
        ("removed-tool", "MultiEdit"),
        ("missing-skill", "no-such-skill"),
        ("unknown-color", '"#ff0000"'),
        ("mojibake", "âœ…"),
        ("dead-path", "./missing.md"),
    ]
    assert all(d.source == "agentls" for d in found)


async def test_a_finding_leads_to_its_documentation(editor):
    editor.open()
    found = await editor.findings(ALL)
    for diagnostic in found:
        if diagnostic.code_description:
            assert str(diagnostic.code) in page_at(diagnostic.code_description.href)


def page_at(address: str) -> str:
    return Path(paths.from_uri(address)).read_text("utf-8")


async def test_findings_follow_the_text(editor):
    editor.open()
    await editor.findings(ALL)
    editor.change(AGENT.replace("🚀, Gerp, ", "").replace('"#ff0000"', "red"))
    await editor.findings(ALL - {"unknown-tool", "unknown-color"})


async def test_closing_takes_the_findings_back(editor):
    editor.open()
    await editor.findings(ALL)
    editor.client.text_document_did_close(
        types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(editor.uri))
    )
    await editor.findings(set())


async def test_tools_are_completed_in_the_middle_of_a_word(editor):
    editor.open()
    await editor.findings(ALL)
    answer = await editor.client.text_document_completion_async(
        types.CompletionParams(**editor.at("Gerp", 2))
    )
    items = {item.label: item for item in answer.items}
    assert "Grep" in items
    assert "Read" not in items, "it is listed already"
    assert "AskUserQuestion" not in items, "a subagent never gets it"
    assert "mcp__search" in items, "a configured server"
    assert editor.under(items["Grep"].text_edit.range) == "Gerp"


async def test_skills_are_completed_with_their_description(editor):
    editor.open(AGENT.replace("clean-code, no-such-skill", "no-"))
    await editor.findings(ALL)
    answer = await editor.client.text_document_completion_async(types.CompletionParams(**editor.at("no-", 3)))
    items = {item.label: item for item in answer.items}
    assert "Keeps code clean" in items["clean-code"].detail
    assert editor.under(items["clean-code"].text_edit.range) == "no-"
    assert not answer.is_incomplete


async def test_a_list_says_that_it_is_incomplete_until_all_is_read(editor):
    """Or the client would go on with the list of the first letter, without the project's skills."""
    editor.open(AGENT.replace("clean-code, no-such-skill", "no-"))
    while True:
        answer = await editor.client.text_document_completion_async(
            types.CompletionParams(**editor.at("no-", 3))
        )
        if not answer.is_incomplete:
            break
        await asyncio.sleep(0.01)
    assert "clean-code" in {item.label for item in answer.items}


async def test_fields_are_completed_as_the_client_can_take_them(editor):
    editor.open(AGENT.replace("skills:", "mod\nskills:"))
    answer = await editor.client.text_document_completion_async(
        types.CompletionParams(**editor.at("mod\n", 3))
    )
    items = {item.label: item for item in answer.items}
    assert "model" in items
    assert "skills" not in items, "it is there already"
    assert items["model"].text_edit.new_text.startswith("model: ")


async def test_hover_explains_a_tool_at_its_exact_range(editor):
    editor.open()
    hover = await editor.client.text_document_hover_async(types.HoverParams(**editor.at("Read,", 1)))
    assert "**Read**" in hover.contents.value
    assert editor.under(hover.range) == "Read"


async def test_hover_tells_what_the_agent_can_do(editor):
    editor.open()
    hover = await editor.client.text_document_hover_async(types.HoverParams(**editor.at("tools:", 1)))
    assert "dropped: `Gerp` (unknown)" in hover.contents.value


async def test_a_skill_leads_to_the_name_line_of_its_file(editor):
    editor.open()
    await editor.findings(ALL)
    answer = await editor.client.text_document_definition_async(
        types.DefinitionParams(**editor.at("clean-code", 3))
    )
    (target,) = answer
    uri, selection = (
        (target.target_uri, target.target_selection_range)
        if isinstance(target, types.LocationLink)
        else (target.uri, target.range)
    )
    assert uri == (editor.root / ".claude/skills/clean-code/SKILL.md").as_uri()
    assert (selection.start.line, selection.start.character) == (1, 6)


async def test_a_relative_link_leads_to_its_file(editor):
    editor.open()
    await editor.findings(ALL)
    links = await editor.client.text_document_document_link_async(
        types.DocumentLinkParams(types.TextDocumentIdentifier(editor.uri))
    )
    assert [(editor.under(link.range), link.target) for link in links] == [
        ("../guide.md", (editor.root / ".claude/guide.md").as_uri())
    ]


def applied(editor: Editor, edit: types.WorkspaceEdit) -> str:
    if edit.document_changes:
        edits = [each for change in edit.document_changes for each in change.edits]
    else:
        edits = list(edit.changes[editor.uri])
    text = editor.text
    for each in sorted(edits, key=lambda e: (e.range.start.line, e.range.start.character), reverse=True):
        span = convert.span(Text(editor.text), each.range, editor.encoding)
        text = text[: span.start] + each.new_text + text[span.end :]
    return text


async def test_a_quick_fix_changes_what_it_names(editor):
    editor.open()
    await editor.findings(ALL)
    found = {action.title: action for action in await actions(editor, "Gerp", ["quickfix"])}
    assert applied(editor, found["Change to `Grep`"].edit) == AGENT.replace("Gerp", "Grep")


async def test_fix_all_makes_only_the_certain_repairs(editor):
    editor.open()
    await editor.findings(ALL)
    (action,) = await actions(editor, "---", ["source.fixAll"])
    assert applied(editor, action.edit) == AGENT.replace("âœ…", "✅")


async def test_a_colour_has_a_swatch_and_the_names_to_choose_from(editor):
    editor.open()
    identifier = types.TextDocumentIdentifier(editor.uri)
    (swatch,) = await editor.client.text_document_document_color_async(types.DocumentColorParams(identifier))
    assert (swatch.color.red, swatch.color.green, swatch.color.blue) == (1, 0, 0)
    names = await editor.client.text_document_color_presentation_async(
        types.ColorPresentationParams(identifier, swatch.color, swatch.range)
    )
    assert names[0].label == "red"


async def test_other_markdown_gets_nothing(editor):
    uri = (editor.root / "README.md").as_uri()
    document = types.TextDocumentItem(uri, "markdown", 1, "---\ntools: Nonsense\n---\nâœ…\n")
    editor.client.text_document_did_open(types.DidOpenTextDocumentParams(document))
    identifier, start = types.TextDocumentIdentifier(uri), types.Position(1, 8)
    assert await editor.client.text_document_hover_async(types.HoverParams(identifier, start)) is None
    assert (
        await editor.client.text_document_completion_async(types.CompletionParams(identifier, start)) is None
    )
    assert uri not in editor.client.diagnostics


async def test_a_new_skill_is_noticed(editor):
    editor.open()
    await editor.findings(ALL)
    skill = editor.root / ".claude" / "skills" / "no-such-skill" / "SKILL.md"
    skill.parent.mkdir()
    skill.write_text(SKILL.replace("clean-code", "no-such-skill"), encoding="utf-8")
    event = types.FileEvent(skill.as_uri(), types.FileChangeType.Created)
    editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
    await editor.findings(ALL - {"missing-skill"})


async def test_an_unsaved_skill_counts_before_the_disk(editor):
    editor.open()
    await editor.findings(ALL)
    uri = (editor.root / ".claude/skills/no-such-skill/SKILL.md").as_uri()
    document = types.TextDocumentItem(uri, "markdown", 1, SKILL)
    editor.client.text_document_did_open(types.DidOpenTextDocumentParams(document))
    await editor.findings(ALL - {"missing-skill"})
    editor.client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))
    await editor.findings(ALL)


async def test_folders_come_and_go(editor, tmp_path):
    editor.open()
    await editor.findings(ALL)
    other = tmp_path.resolve() / "other"
    skill = other / ".claude" / "skills" / "no-such-skill" / "SKILL.md"
    skill.parent.mkdir(parents=True)
    skill.write_text(SKILL, encoding="utf-8")
    folder = types.WorkspaceFolder(other.as_uri(), "other")
    event = types.WorkspaceFoldersChangeEvent(added=[folder], removed=[])
    editor.client.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(event))
    await editor.findings(ALL - {"missing-skill"})
    event = types.WorkspaceFoldersChangeEvent(added=[], removed=[folder])
    editor.client.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(event))
    await editor.findings(ALL)


async def test_a_single_file_knows_the_skills_beside_it(tmp_path):
    async with started(client_capabilities("emacs"), tmp_path, folders=False) as editor:
        editor.open()
        await editor.findings(ALL)


async def test_a_poor_client_gets_everything_in_a_plain_form(tmp_path):
    async with started(types.ClientCapabilities(), tmp_path) as editor:
        editor.open()
        found = await editor.findings(ALL)
        assert not any(d.tags or d.related_information or d.code_description for d in found)
        hover = await editor.client.text_document_hover_async(types.HoverParams(**editor.at("Read,", 1)))
        assert hover.contents.kind is types.MarkupKind.PlainText
        assert hover.contents.value.startswith("Read — ")
        (target,) = await editor.client.text_document_definition_async(
            types.DefinitionParams(**editor.at("clean-code"))
        )
        assert isinstance(target, types.Location)
        commands = await actions(editor, "Gerp")
        assert all(isinstance(command, types.Command) for command in commands)
        asked = asyncio.get_running_loop().create_future()

        @editor.client.feature(types.WORKSPACE_APPLY_EDIT)
        def apply(params: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
            asked.set_result(params.edit)
            return types.ApplyWorkspaceEditResult(applied=True)

        command = next(command for command in commands if command.title == "Change to `Grep`")
        await editor.client.workspace_execute_command_async(
            types.ExecuteCommandParams(command.command, command.arguments)
        )
        edit = await asyncio.wait_for(asked, PATIENCE)
        assert edit.document_changes is None
        assert applied(editor, edit) == AGENT.replace("Gerp", "Grep")


async def test_a_client_that_pulls_gets_its_answer_and_no_publish(tmp_path):
    capabilities = types.ClientCapabilities(
        text_document=types.TextDocumentClientCapabilities(diagnostic=types.DiagnosticClientCapabilities()),
        workspace=types.WorkspaceClientCapabilities(
            diagnostics=types.DiagnosticWorkspaceClientCapabilities(refresh_support=True)
        ),
    )
    async with started(capabilities, tmp_path) as editor:
        editor.open()

        async def is_complete() -> bool:
            params = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(editor.uri))
            report = await editor.client.text_document_diagnostic_async(params)
            return {diagnostic.code for diagnostic in report.items} == ALL

        await until_async(is_complete, "all findings")
        assert editor.client.diagnostic_refresh_count > 0, "the linked paths became known later"
        assert editor.uri not in editor.client.diagnostics


async def test_settings_of_the_wrong_type_are_logged_and_left_out(tmp_path):
    capabilities = client_capabilities("visual_studio_code")
    async with started(capabilities, tmp_path) as editor:
        params = types.DidChangeConfigurationParams({"agentls": {"debounce": "soon"}})
        editor.client.set_configuration({"agentls": {"debounce": "soon", "userScope": 3}})
        editor.client.workspace_did_change_configuration(params)
        editor.open()
        await editor.findings(ALL)


def test_plain_text_keeps_what_stands_in_code():
    assert convert.plain("**tools** are `*`, `a_b` or *none*") == "tools are *, a_b or none"
