"""Navigation as an editor sees it: three real clients' capabilities, three position encodings."""

from __future__ import annotations

from itertools import pairwise

import pytest
import pytest_asyncio
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pytest_lsp import client_capabilities

from agentls.findings import Edit, apply
from agentls.lsp import convert
from agentls.text.source import Text
from editor import ALL, SERVERS, Editor, actions, started

LEAD = "---\nname: lead\ndescription: leads\ntools: Agent(🚀, écrivain)\nskills: [🚀, clean-code]\n---\n"


@pytest_asyncio.fixture(params=["neovim@0.11.0", "visual_studio_code", "emacs"])
async def editor(request, tmp_path):
    async with started(
        client_capabilities(request.param), tmp_path, {"team/.claude/agents/lead.md": LEAD}
    ) as found:
        found.open()
        await found.findings(ALL)
        yield found


def places(editor: Editor, locations: list[types.Location], texts: dict[str, str]) -> list[tuple[str, str]]:
    """Each location as file name and the text under it."""
    found = []
    for location in locations:
        name = location.uri.rpartition("/")[2]
        text = Text(texts[name])
        found.append((name, text.slice(convert.span(text, location.range, editor.encoding))))
    return found


async def references(editor: Editor, needle: str, *, declaration: bool = True) -> list[types.Location]:
    return await editor.client.text_document_references_async(
        types.ReferenceParams(types.ReferenceContext(declaration), **editor.at(needle, 1))
    )


async def test_references_reach_into_closed_files(editor):
    texts = {"writer.md": editor.text, "lead.md": LEAD, "SKILL.md": "---\nname: clean-code\n"}
    assert places(editor, await references(editor, "clean-code"), texts) == [
        ("SKILL.md", "clean-code"),
        ("writer.md", "clean-code"),
        ("lead.md", "clean-code"),
    ]


async def test_references_without_the_declaration(editor):
    found = await references(editor, "écrivain", declaration=False)
    assert places(editor, found, {"lead.md": LEAD}) == [("lead.md", "écrivain")]


async def test_an_open_file_beats_the_disk(editor):
    editor.change(editor.text.replace("clean-code, ", "🚀, clean-code, "))
    texts = {"writer.md": editor.text, "lead.md": LEAD, "SKILL.md": "---\nname: clean-code\n"}
    found = await references(editor, "clean-code")
    assert ("writer.md", "clean-code") in places(editor, found, texts)


async def test_references_from_the_servers_own_entry(editor):
    path = editor.root / ".mcp.json"
    document = types.TextDocumentItem(path.as_uri(), "json", 1, SERVERS)
    editor.client.text_document_did_open(types.DidOpenTextDocumentParams(document))
    position = types.Position(0, SERVERS.index("search"))
    found = await editor.client.text_document_references_async(
        types.ReferenceParams(
            types.ReferenceContext(include_declaration=False),
            types.TextDocumentIdentifier(path.as_uri()),
            position,
        )
    )
    assert places(editor, found, {"writer.md": editor.text}) == [("writer.md", "mcp__search__find")]


async def test_highlights_stand_at_their_words(editor):
    editor.change(editor.text + "`clean-code`\n")
    found = await editor.client.text_document_document_highlight_async(
        types.DocumentHighlightParams(**editor.at("clean-code", 3))
    )
    assert [editor.under(highlight.range) for highlight in found] == ["clean-code", "clean-code"]


async def test_symbols_of_the_document_as_the_client_takes_them(editor):
    editor.change(editor.text + "\n# 🚀 One\n\n## Two\n")
    identifier = types.TextDocumentIdentifier(editor.uri)
    found = await editor.client.text_document_document_symbol_async(types.DocumentSymbolParams(identifier))
    names = ["name", "description", "tools", "skills", "color"]
    if isinstance(found[0], types.DocumentSymbol):
        assert [child.name for child in found[0].children] == names
        assert [editor.under(child.selection_range) for child in found[0].children] == names
        assert [(one.name, [child.name for child in one.children]) for one in found[1:]] == [
            ("🚀 One", ["Two"])
        ]
    else:
        containers = [(one.name, one.container_name) for one in found]
        assert containers[1:] == [
            *((name, "front matter") for name in names),
            ("🚀 One", None),
            ("Two", "🚀 One"),
        ]


async def test_symbols_of_the_workspace_tell_their_scope(editor):
    found = await editor.client.workspace_symbol_async(types.WorkspaceSymbolParams("ea"))
    assert [(one.name, one.container_name, one.kind) for one in found] == [
        ("lead", "project agent", types.SymbolKind.Class),
        ("clean-code", "project skill", types.SymbolKind.Module),
        ("search", "project server", types.SymbolKind.Interface),
    ]


async def test_the_front_matter_folds(editor):
    identifier = types.TextDocumentIdentifier(editor.uri)
    found = await editor.client.text_document_folding_range_async(types.FoldingRangeParams(identifier))
    assert [(fold.start_line, fold.end_line) for fold in found] == [(0, 6)]


async def test_a_selection_grows_from_the_item_to_the_file(editor):
    (found,) = await editor.client.text_document_selection_range_async(
        types.SelectionRangeParams(types.TextDocumentIdentifier(editor.uri), [editor.place("Gerp", 2)])
    )
    grown = []
    while found:
        grown.append(editor.under(found.range))
        found = found.parent
    assert grown[:2] == ["Gerp", "Read, 🚀, Gerp, MultiEdit, mcp__search__find"]
    assert grown[-1] == editor.text
    assert all(inner in outer for inner, outer in pairwise(grown))


async def test_a_poor_client_gets_symbols_as_a_list(tmp_path):
    async with started(types.ClientCapabilities(), tmp_path) as editor:
        editor.open(editor.text + "\n# One\n\n## Two\n")
        identifier = types.TextDocumentIdentifier(editor.uri)
        found = await editor.client.text_document_document_symbol_async(
            types.DocumentSymbolParams(identifier)
        )
        assert [(one.name, one.container_name) for one in found][-2:] == [("One", None), ("Two", "One")]


async def rename(editor: Editor, needle: str, new: str) -> types.WorkspaceEdit:
    return await editor.client.text_document_rename_async(
        types.RenameParams(new_name=new, **editor.at(needle, 1))
    )


def renamed_texts(editor: Editor, edit: types.WorkspaceEdit, texts: dict[str, str]) -> dict[str, str]:
    """The texts after the edits that need no second look, by the names of their files."""
    changes: dict[str, list] = dict(edit.changes or {})
    for change in edit.document_changes or ():
        if isinstance(change, types.TextDocumentEdit):
            sure = [each for each in change.edits if not isinstance(each, types.AnnotatedTextEdit)]
            changes.setdefault(change.text_document.uri, []).extend(sure)
    found = {}
    for uri, edits in changes.items():
        name = uri.rpartition("/")[2]
        text = Text(texts[name])
        ours = [Edit(convert.span(text, each.range, editor.encoding), each.new_text) for each in edits]
        found[name] = apply(texts[name], ours)
    return found


async def test_a_rename_reaches_every_file_that_says_the_name(editor):
    editor.change(editor.text + "`clean-code`\n")
    edit = await rename(editor, "clean-code", "tidy-code")
    skill = "---\nname: clean-code\ndescription: Keeps code clean\n---\n\n# Clean code\n"
    texts = {"writer.md": editor.text, "lead.md": LEAD, "SKILL.md": skill}
    after = renamed_texts(editor, edit, texts)
    front, prose, _ = editor.text.partition("`clean-code`")
    assert after == {
        "writer.md": front.replace("clean-code", "tidy-code") + prose + "\n",
        "lead.md": LEAD.replace("clean-code", "tidy-code"),
        "SKILL.md": skill.replace("clean-code", "tidy-code"),
    }
    folder = editor.root / ".claude" / "skills"
    moves = [change for change in edit.document_changes or () if isinstance(change, types.RenameFile)]
    expected = [((folder / "clean-code").as_uri(), (folder / "tidy-code").as_uri())]
    if moves or not editor.client.messages:
        assert [(move.old_uri, move.new_uri) for move in moves] == expected
    else:
        assert "please move" in editor.client.messages[0].message


async def test_prose_is_renamed_only_where_the_user_is_asked(tmp_path):
    capabilities = client_capabilities("visual_studio_code")
    async with started(capabilities, tmp_path) as editor:
        editor.open(editor.text + "`clean-code`\n")
        await editor.findings(ALL)
        edit = await rename(editor, "clean-code", "tidy-code")
        offered = [
            each
            for change in edit.document_changes
            if isinstance(change, types.TextDocumentEdit)
            for each in change.edits
            if isinstance(each, types.AnnotatedTextEdit)
        ]
        assert [editor.under(each.range) for each in offered] == ["clean-code"]
        assert {edit.change_annotations[each.annotation_id].needs_confirmation for each in offered} == {True}


async def test_what_is_renamed_is_told_beforehand(editor):
    answer = await editor.client.text_document_prepare_rename_async(
        types.PrepareRenameParams(**editor.at("clean-code", 2))
    )
    assert (editor.under(answer.range), answer.placeholder) == ("clean-code", "clean-code")
    assert (
        await editor.client.text_document_prepare_rename_async(
            types.PrepareRenameParams(**editor.at("Read,"))
        )
        is None
    )


@pytest.mark.parametrize("new", ["lead", "general-purpose", "two words"])
async def test_a_rename_that_would_do_harm_is_refused_with_the_reason(editor, new):
    with pytest.raises(JsonRpcException) as refused:
        await rename(editor, "écrivain", new)
    assert refused.value.code == types.LSPErrorCodes.RequestFailed
    assert f"`{new}`" in refused.value.message


async def test_a_poor_client_gets_text_edits_and_is_told_to_move_the_folder(tmp_path):
    async with started(types.ClientCapabilities(), tmp_path) as editor:
        editor.open()
        await editor.findings(ALL)
        edit = await rename(editor, "clean-code", "tidy-code")
        assert edit.document_changes is None
        assert {uri.rpartition("/")[2] for uri in edit.changes} == {"writer.md", "SKILL.md"}
        (message,) = [shown.message for shown in editor.client.messages]
        assert "clean-code to " in message


async def test_the_call_hierarchy_goes_from_agent_to_skill_and_back(editor):
    (root,) = await editor.client.text_document_prepare_call_hierarchy_async(
        types.CallHierarchyPrepareParams(**editor.at("écrivain", 2))
    )
    out = await editor.client.call_hierarchy_outgoing_calls_async(
        types.CallHierarchyOutgoingCallsParams(root)
    )
    found = [(call.to.name, call.to.detail, editor.under(call.from_ranges[0])) for call in out]
    assert found == [
        ("search", "project server", "mcp__search__find"),
        ("clean-code", "project skill", "clean-code"),
    ]
    back = await editor.client.call_hierarchy_incoming_calls_async(
        types.CallHierarchyIncomingCallsParams(out[1].to)
    )
    assert [call.from_.name for call in back] == ["lead", "écrivain"]


async def test_a_name_in_prose_is_explained_and_leads_to_its_file(editor):
    editor.change(editor.text + "Ask `lead`.\n")
    hover = await editor.client.text_document_hover_async(types.HoverParams(**editor.at("`lead`", 2)))
    assert "leads" in str(hover.contents)
    assert editor.under(hover.range) == "lead"


async def test_files_are_told_as_seen_from_the_workspace(editor):
    hover = await editor.client.text_document_hover_async(types.HoverParams(**editor.at("clean-code", 3)))
    assert hover.contents.value.endswith("\n\n`.claude/skills/clean-code/SKILL.md`")


async def test_a_path_is_completed_from_the_disk(editor):
    editor.change(f"{editor.text}\nSee [it](../skills/).\n")
    place = editor.at("skills/)", len("skills/"))
    found = await editor.client.text_document_completion_async(types.CompletionParams(**place))
    assert [(item.label, item.kind) for item in found.items] == [
        ("clean-code/", types.CompletionItemKind.Folder)
    ]


async def test_a_missing_skill_is_created_where_the_client_can(editor):
    found = {action.title: action for action in await actions(editor, "no-such-skill", ["quickfix"])}
    created = found.get("Create the skill `no-such-skill`")
    operations = editor.client.capabilities.workspace.workspace_edit.resource_operations or ()
    assert (created is not None) == (types.ResourceOperationKind.Create in operations)
    if created:
        create, content = created.edit.document_changes
        uri = (editor.root / ".claude/skills/no-such-skill/SKILL.md").as_uri()
        assert (create.kind, create.uri) == ("create", uri)
        assert content.text_document.uri == uri
        assert content.edits[0].new_text.startswith("---\nname: no-such-skill\ndescription: ")
