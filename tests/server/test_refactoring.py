"""Names, files and new ones as three kinds of clients change them; what a client is sent is done on disk."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import frontmatter
import pytest
import pytest_asyncio
from lsprotocol import types
from pygls.exceptions import FeatureAlreadyRegisteredError, JsonRpcException

import clients
from agentls.findings import Edit, apply
from agentls.lsp import convert
from agentls.lsp.position_encoding import PositionEncoding
from agentls.system import paths
from agentls.text.source import Text

if TYPE_CHECKING:
    from clients import Desk

LEAD = ".claude/agents/lead.md"
SKILL = ".claude/skills/deploy/SKILL.md"
TEXTS = {
    LEAD: (
        "---\nname: lead\ndescription: Leads\ntools: Read, Agent(helper, writer), mcp__my_books__find\n"
        "skills: deploy\n---\n\nUse /deploy as in [it](../skills/deploy/SKILL.md), then `writer`.\n"
    ),
    ".claude/agents/writer.md": "---\nname: writer\ndescription: Writes\nmcpServers: [my.books]\n---\n",
    SKILL: (
        "---\nname: deploy\ndescription: Deploys\n---\n\n"
        "Read references/steps.md, ask [her](../../agents/writer.md).\n"
    ),
    ".mcp.json": '{\n  "mcpServers": {\n    "my.books": {"command": "my.books"}\n  }\n}\n',
    "docs/guide.md": "[The skill](../.claude/skills/deploy/SKILL.md) and `deploy`.\n",
}
# What is wrong with the lead: it asks for a helper.
FINDINGS = ["unknown-agent"]


@pytest.fixture(params=clients.KINDS)
def kind(request) -> str:
    return request.param


@pytest_asyncio.fixture
async def desk(kind, tmp_path):
    async with clients.desk(kind, tmp_path, TEXTS) as found:
        found.open(LEAD)
        await found.until(LEAD, FINDINGS)
        yield found


def place(desk: Desk, name: str, needle: str, inside: int = 1) -> dict[str, Any]:
    text = Text(TEXTS[name])
    position = convert.position(text, text.source.index(needle) + inside, PositionEncoding("utf-16"))
    return {"text_document": types.TextDocumentIdentifier(desk.uri(name)), "position": position}


async def rename(desk: Desk, name: str, needle: str, new: str) -> types.WorkspaceEdit:
    params = types.RenameParams(new_name=new, **place(desk, name, needle))
    return await desk.client.text_document_rename_async(params)


def done(desk: Desk, edit: types.WorkspaceEdit) -> None:
    """Make the changes on disk, apart from those that the user has to be asked about."""
    encoding = PositionEncoding("utf-16")

    def change(uri: str, edits: Any) -> None:
        path = desk.root / str(paths.from_uri(uri))
        text = Text(path.read_text("utf-8"))
        sure = [e for e in edits if not isinstance(e, types.AnnotatedTextEdit)]
        path.write_text(
            apply(text.source, [Edit(convert.span(text, e.range, encoding), e.new_text) for e in sure])
        )

    for uri, edits in (edit.changes or {}).items():
        change(uri, edits)
    for one in edit.document_changes or ():
        match one:
            case types.TextDocumentEdit():
                change(one.text_document.uri, one.edits)
            case types.CreateFile():
                path = desk.root / str(paths.from_uri(one.uri))
                path.parent.mkdir(parents=True, exist_ok=True)
                path.touch()
            case types.RenameFile():
                (desk.root / str(paths.from_uri(one.old_uri))).rename(str(paths.from_uri(one.new_uri)))


def on_disk(desk: Desk) -> dict[str, str]:
    found = (path for path in desk.root.rglob("*") if path.is_file())
    return {path.relative_to(desk.root).as_posix(): path.read_text("utf-8") for path in found}


def offered(edit: types.WorkspaceEdit) -> list[str]:
    """What is annotated, by the names of the files."""
    return [
        one.text_document.uri.rpartition("/")[2]
        for one in edit.document_changes or ()
        if isinstance(one, types.TextDocumentEdit)
        for each in one.edits
        if isinstance(each, types.AnnotatedTextEdit)
    ]


# --- servers ---

RENAMED_SERVER = {
    LEAD: TEXTS[LEAD].replace("my_books", "our_books"),
    ".claude/agents/writer.md": TEXTS[".claude/agents/writer.md"].replace("my.books", "our.books"),
    ".mcp.json": TEXTS[".mcp.json"].replace('"my.books": ', '"our.books": '),
}


@pytest.mark.parametrize(
    ("name", "needle"),
    [(LEAD, "mcp__my_books"), (".claude/agents/writer.md", "my.books"), (".mcp.json", "my.books")],
)
async def test_a_server_is_renamed_from_any_mention(desk, name, needle):
    if name != LEAD:
        desk.open(name)
    prepared = await desk.client.text_document_prepare_rename_async(
        types.PrepareRenameParams(**place(desk, name, needle))
    )
    assert prepared.placeholder == "my.books"
    done(desk, await rename(desk, name, needle, "our.books"))
    assert on_disk(desk) == {**TEXTS, **RENAMED_SERVER}


async def test_the_tool_of_a_server_cannot_be_renamed(desk):
    params = types.PrepareRenameParams(**place(desk, LEAD, "find"))
    assert await desk.client.text_document_prepare_rename_async(params) is None


@pytest.mark.parametrize(
    ("new", "reason"), [("ide", "is reserved by the product"), ("a__b", "`__` would end it")]
)
async def test_a_name_that_a_server_cannot_have_is_refused(desk, new, reason):
    with pytest.raises(JsonRpcException) as refused:
        await rename(desk, LEAD, "mcp__my_books", new)
    assert reason in refused.value.message


# --- what a rename reaches ---


async def test_a_skill_is_renamed_in_documents_too_and_prose_where_the_user_is_asked(desk, kind):
    edit = await rename(desk, LEAD, "deploy\n", "release")
    done(desk, edit)
    if kind != "rich":
        (message,) = [shown.message for shown in desk.client.messages]
        assert "please move" in message
        desk.move(".claude/skills/deploy", ".claude/skills/release")
    assert offered(edit) == (["lead.md"] if kind == "rich" else [])
    assert on_disk(desk) == {
        LEAD: TEXTS[LEAD]
        .replace("skills: deploy", "skills: release")
        .replace("skills/deploy", "skills/release"),
        ".claude/skills/release/SKILL.md": TEXTS[SKILL].replace("name: deploy", "name: release"),
        "docs/guide.md": TEXTS["docs/guide.md"].replace("skills/deploy", "skills/release"),
        ".claude/agents/writer.md": TEXTS[".claude/agents/writer.md"],
        ".mcp.json": TEXTS[".mcp.json"],
    }


async def test_a_document_that_is_open_counts_as_edited(desk):
    changed = "New first line.\n" + TEXTS["docs/guide.md"]
    desk.open("docs/guide.md", changed)
    edit = await rename(desk, LEAD, "deploy\n", "release")
    edits = dict(edit.changes or {})
    for one in edit.document_changes or ():
        if isinstance(one, types.TextDocumentEdit):
            edits.setdefault(one.text_document.uri, one.edits)
    (link,) = edits[desk.uri("docs/guide.md")]
    assert link.range.start.line == 1


# --- files that move ---


async def will_rename(desk: Desk, **moves: str) -> types.WorkspaceEdit | None:
    files = [types.FileRename(desk.uri(old), desk.uri(new)) for old, new in moves.items()]
    return await desk.client.workspace_will_rename_files_async(types.RenameFilesParams(files))


async def test_the_references_follow_before_a_folder_is_moved(desk, kind):
    edit = await will_rename(desk, **{".claude/skills/deploy": ".claude/skills/release"})
    assert not [one for one in edit.document_changes or () if isinstance(one, types.RenameFile)]
    assert offered(edit) == (["lead.md"] if kind == "rich" else [])
    done(desk, edit)
    desk.move(".claude/skills/deploy", ".claude/skills/release")
    after = on_disk(desk)
    assert "skills: release" in after[LEAD]
    assert "../skills/release/SKILL.md" in after[LEAD]
    assert "skills/release/SKILL.md" in after["docs/guide.md"]
    assert "name: release" in after[".claude/skills/release/SKILL.md"]


async def test_an_agent_keeps_its_name_when_its_file_moves(desk):
    edit = await will_rename(desk, **{".claude/agents/writer.md": ".claude/agents/team/author.md"})
    done(desk, edit)
    assert on_disk(desk) == {
        **TEXTS,
        SKILL: TEXTS[SKILL].replace("../../agents/writer.md", "../../agents/team/author.md"),
    }


async def test_what_nobody_links_to_moves_without_edits(desk):
    assert await will_rename(desk, src="source") is None
    assert await will_rename(desk, **{"docs/guide.md": "docs/other.md"}) is None


async def test_a_name_that_cannot_follow_is_told(desk):
    done(desk, await will_rename(desk, **{".claude/skills/deploy": ".claude/skills/code-review"}))
    (message,) = [shown.message for shown in desk.client.messages]
    assert "Claude Code has a built-in skill `code-review`" in message
    assert "skills: deploy" in on_disk(desk)[LEAD]


_SENSELESS = (
    ("file:///", "file:///x"),
    ("untitled:1", "file:///x.md"),
    ("", ""),
    ("file:///%ff%00", "file:///x"),
    ("https://example.org/a.md", "https://example.org/b.md"),
)


async def test_moves_that_make_no_sense_change_nothing(tmp_path):
    async with clients.desk("rich", tmp_path, TEXTS) as desk:
        for old, new in _SENSELESS:
            params = types.RenameFilesParams([types.FileRename(old, new)])
            assert await desk.client.workspace_will_rename_files_async(params) is None
            desk.client.workspace_did_rename_files(params)
        desk.open(LEAD)
        await desk.until(LEAD, FINDINGS)


async def test_files_that_were_moved_made_or_deleted_are_looked_at(tmp_path):
    # Without a name of its own the skill is called by its folder.
    texts = {**TEXTS, SKILL: TEXTS[SKILL].replace("name: deploy\n", "")}
    async with clients.desk("rich", tmp_path, texts) as desk:
        told = desk.client
        desk.open(LEAD)
        await desk.until(LEAD, FINDINGS)
        desk.move(".claude/skills/deploy", ".claude/skills/release")
        moved = types.FileRename(desk.uri(".claude/skills/deploy"), desk.uri(".claude/skills/release"))
        told.workspace_did_rename_files(types.RenameFilesParams([moved]))
        await desk.until(LEAD, ["dead-link", "missing-skill", *FINDINGS])
        desk.write({SKILL: texts[SKILL]})
        told.workspace_did_create_files(types.CreateFilesParams([types.FileCreate(desk.uri(SKILL))]))
        await desk.until(LEAD, FINDINGS)
        desk.delete(".claude/skills")
        told.workspace_did_delete_files(
            types.DeleteFilesParams([types.FileDelete(desk.uri(".claude/skills"))])
        )
        await desk.until(LEAD, ["dead-link", "missing-skill", *FINDINGS])


# --- new files ---


async def actions(desk: Desk, name: str, needle: str, only: list[str] | None = None) -> list[Any]:
    start = place(desk, name, needle)
    stretch = types.Range(start["position"], start["position"])
    context = types.CodeActionContext([], only)
    params = types.CodeActionParams(start["text_document"], stretch, context)
    return await desk.client.text_document_code_action_async(params)


async def test_what_is_missing_is_created_where_the_client_can(desk, kind):
    desk.open(SKILL)
    await desk.until(SKILL, ["dead-path"])
    for name, needle, title in (
        (LEAD, "helper", "Create the agent `helper`"),
        (SKILL, "references", "Create `references/steps.md`"),
    ):
        found = {action.title: action for action in await actions(desk, name, needle)}
        assert (title in found) == (kind == "rich")
        if title in found:
            done(desk, found[title].edit)
    if kind == "rich":
        after = on_disk(desk)
        assert frontmatter.loads(after[".claude/agents/helper.md"])["name"] == "helper"
        assert after[".claude/skills/deploy/references/steps.md"] == "# Steps\n"


async def create(desk: Desk, command: str, *arguments: object) -> Any:
    """Run a command; the client does what it is asked to."""

    def applied(params: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
        done(desk, params.edit)
        return types.ApplyWorkspaceEditResult(applied=True)

    with suppress(FeatureAlreadyRegisteredError):
        desk.client.feature(types.WORKSPACE_APPLY_EDIT)(applied)
    params = types.ExecuteCommandParams(command, list(arguments))
    return await desk.client.workspace_execute_command_async(params)


@pytest.mark.parametrize(
    ("command", "name"),
    [
        ("agentls.newAgent", ".claude/agents/new-agent.md"),
        ("agentls.newSkill", ".claude/skills/new-skill/SKILL.md"),
    ],
)
async def test_a_new_file_is_made_by_a_command(desk, kind, command, name):
    answer = await create(desk, command)
    assert answer["uri"] == desk.uri(name)
    assert answer["applied"] == (kind == "rich")
    if kind == "rich":
        assert on_disk(desk)[name] == answer["text"]
        (shown,) = desk.client.shown_documents
        assert (shown.uri, shown.selection.start.line) == (desk.uri(name), 2)
    else:
        assert name not in on_disk(desk)
        assert any(name.rpartition("/")[2] in shown.message for shown in desk.client.messages)
    line = answer["text"].split("\n")[answer["selection"]["start"]["line"]]
    gap = line[answer["selection"]["start"]["character"] : answer["selection"]["end"]["character"]]
    assert gap == frontmatter.loads(answer["text"])["description"]


async def test_a_new_name_is_free(tmp_path):
    async with clients.desk(
        "rich", tmp_path, {**TEXTS, ".claude/agents/new-agent.md": "No agent yet.\n"}
    ) as desk:
        desk.open(LEAD)
        await desk.until(LEAD, FINDINGS)
        for expected in ("new-agent-2", "new-agent-3"):
            assert (await create(desk, "agentls.newAgent"))["uri"] == desk.uri(
                f".claude/agents/{expected}.md"
            )


async def test_a_name_is_free_that_only_another_product_has(tmp_path):
    copilot = {".github/agents/helper.agent.md": "---\ndescription: Helps\n---\n\nHelp.\n"}
    async with clients.desk("rich", tmp_path, {**TEXTS, **copilot}) as desk:
        desk.open(LEAD)
        await desk.until(LEAD, FINDINGS)
        for near, name, expected in (
            (LEAD, "helper", ".claude/agents/helper.md"),
            (".github/agents/helper.agent.md", "lead", ".github/agents/lead.agent.md"),
        ):
            wish = {"name": name, "uri": desk.uri(near), "apply": False}
            assert (await create(desk, "agentls.newAgent", wish))["uri"] == desk.uri(expected)


async def test_a_snippet_offers_the_tools_models_and_skills_that_are_there(desk):
    answer = await create(desk, "agentls.newAgent", {"name": "helper", "apply": False})
    lines = answer["snippet"].split("\n")
    assert lines[:4] == [
        "---",
        "name: helper",
        "description: ${1:What this agent does, and when to use it.}",
        "${2:tools: Read, Grep, Glob}",
    ]
    assert lines[4].startswith("${3|model: ")
    assert "model: sonnet," in lines[4]
    assert lines[5:7] == ["${4:skills: deploy}", "---"]
    assert answer["snippet"].endswith("$0")
    assert not answer["applied"]
    assert ".claude/agents/helper.md" not in on_disk(desk)


async def test_a_new_file_belongs_to_the_project_or_plugin_of_a_file(tmp_path):
    plugin = {"team/.claude-plugin/plugin.json": '{"name": "team"}', "team/agents/a.md": TEXTS[LEAD]}
    web = {"web/.claude/agents/b.md": TEXTS[LEAD]}
    async with clients.desk("rich", tmp_path, {**TEXTS, **plugin, **web}) as desk:
        desk.open(LEAD)
        await desk.until(LEAD, FINDINGS)
        for near, expected in {
            "team/agents/a.md": "team/skills/x/SKILL.md",
            "web/.claude/agents/b.md": "web/.claude/skills/x/SKILL.md",
            "web/.claude/agents": "web/.claude/skills/x/SKILL.md",
            "docs/guide.md": ".claude/skills/x/SKILL.md",
        }.items():
            wishes = {"name": "x", "uri": desk.uri(near), "apply": False}
            assert (await create(desk, "agentls.newSkill", wishes))["uri"] == desk.uri(expected)


_IMPOSSIBLE = (
    ([{"name": "deploy"}], "already exists"),
    ([{"name": "code-review"}], "built-in"),
    ([{"name": "two words"}], "not a valid name"),
    ([{"name": "../up"}], "not a valid name"),
    ([{"name": 1}], "`name`"),
    ([{"apply": "yes"}], "`apply`"),
    (["deploy"], "object"),
    ([{}, {}], "object"),
)


async def test_a_new_file_that_cannot_be_is_refused(tmp_path):
    async with clients.desk("minimal", tmp_path, TEXTS) as desk:
        desk.open(LEAD)
        await desk.until(LEAD, FINDINGS)
        for wishes, reason in _IMPOSSIBLE:
            with pytest.raises(JsonRpcException) as refused:
                await create(desk, "agentls.newSkill", *wishes)
            assert reason in refused.value.message


async def test_new_files_are_source_actions_for_those_who_ask(desk, kind):
    titles = [action.title for action in await actions(desk, LEAD, "lead", ["source"])]
    assert ("New agent" in titles, "New skill" in titles) == (kind == "rich",) * 2
    unasked = [action.title for action in await actions(desk, LEAD, "lead")]
    assert "New agent" not in unasked


async def test_a_plugin_that_is_not_here_is_no_reason_to_refuse(kind, tmp_path):
    """What the team switched on and one of them never installed defines no name of this project."""
    switched_on = {".claude/settings.json": '{"enabledPlugins": {"nowhere@market": true}}'}
    async with clients.desk(kind, tmp_path, TEXTS | switched_on) as desk:
        desk.open(LEAD)
        await desk.until(LEAD, [])
        edit = await rename(desk, LEAD, "writer", "author")
        done(desk, edit)
        assert "Agent(helper, author)" in (desk.root / LEAD).read_text("utf-8")
