"""What changes on disk reaches the open files, whatever the client tells of it."""

from __future__ import annotations

import json

import pytest
import pytest_asyncio

import clients
from patience import until_async

WRITER = ".claude/agents/writer.md"
READER = ".claude/agents/reader.md"
TEXTS = {
    WRITER: "---\nname: writer\ndescription: Writes\ntools: Read, mcp__search__find\nskills: deploy\n---\n",
    READER: "---\nname: reader\ndescription: Reads\ntools: Read, Gerp\n---\n",
}


def skill(name: str) -> dict[str, str]:
    """A skill that is called by its folder."""
    return {f".claude/skills/{name}/SKILL.md": f"---\ndescription: Does {name}\n---\n\nDo.\n"}


@pytest_asyncio.fixture(params=clients.KINDS)
async def desk(request, tmp_path):
    async with clients.desk(request.param, tmp_path, TEXTS) as found:
        found.open(WRITER)
        found.open(READER)
        await found.until(WRITER, ["missing-skill", "unconfigured-server"])
        await found.until(READER, ["unknown-tool"])
        yield found


async def test_a_skill_comes_is_renamed_and_goes_and_nobody_else_hears_of_it(desk):
    desk.tell(desk.write(skill("deploy")))
    await desk.until(WRITER, ["unconfigured-server"])
    desk.tell(desk.move(".claude/skills/deploy", ".claude/skills/ship"))
    await desk.until(WRITER, ["missing-skill", "unconfigured-server"])
    desk.tell(desk.move(".claude/skills/ship", ".claude/skills/deploy"))
    await desk.until(WRITER, ["unconfigured-server"])
    desk.tell(desk.delete(".claude/skills"))
    await desk.until(WRITER, ["missing-skill", "unconfigured-server"])
    assert desk.published.order.count(desk.uri(READER)) == 1


async def test_a_server_comes_and_goes(desk):
    desk.tell(desk.write({".mcp.json": '{"mcpServers": {"search": {"command": "search"}}}'}))
    await desk.until(WRITER, ["missing-skill"])
    desk.tell(desk.write({".mcp.json": '{"mcpServers": {"research": {"command": "search"}}}'}))
    await desk.until(WRITER, ["missing-skill", "unconfigured-server"])
    assert desk.published.order.count(desk.uri(READER)) == 1


@pytest.mark.parametrize(
    ("agent", "tool", "servers", "text"),
    [
        (".gemini/agents/one.md", "mcp_books_find", ".gemini/settings.json", '{"mcpServers": {"books": {}}}'),
        (".github/agents/one.md", "books/find", ".vscode/mcp.json", '{"servers": {"books": {},}} // mine'),
        (".opencode/agents/one.md", "books_find", "opencode.jsonc", '{"mcp": {"books": {}}}'),
        (".kiro/agents/one.md", "'@books/find'", ".kiro/settings/mcp.json", '{"mcpServers": {"books": {}}}'),
    ],
)
async def test_the_servers_of_every_product_come_and_go(desk, agent, tool, servers, text):
    tools = f"tools: {{{tool}: true}}" if "opencode" in agent else f"tools: [{tool}]"
    source = f"---\nname: one\ndescription: Looks\n{tools}\n---\n\nLook it up.\n"
    line, column = source[: source.index(tools)].count("\n"), tools.index("books")
    desk.tell(desk.write({agent: source}))
    desk.open(agent)

    async def is_told() -> bool:
        return servers in (await desk.hover(agent, line, column) or "")

    async def is_not_told() -> bool:
        return not await is_told()

    assert await is_not_told()
    desk.tell(desk.write({servers: text}))
    await until_async(is_told, f"the server in {servers}")
    desk.tell(desk.delete(servers))
    await until_async(is_not_told, f"no server in {servers}")


async def test_a_folder_of_agents_goes_with_what_was_in_it(desk):
    text = "---\nname: lead\ndescription: Leads\ntools: Agent(scribe)\n---\n"
    desk.tell(desk.write({".claude/agents/lead.md": text}))
    desk.tell(desk.write({".claude/agents/team/one/scribe.md": "---\nname: scribe\ndescription: S\n---\n"}))
    desk.open(".claude/agents/lead.md")
    await desk.until(".claude/agents/lead.md", [])
    desk.tell(desk.delete(".claude/agents/team"))
    await desk.until(".claude/agents/lead.md", ["unknown-agent"])


async def test_a_file_that_is_made_while_nobody_tells_of_it_is_found_when_somebody_points_at_it(desk):
    guided = ".claude/agents/guided.md"
    text = "---\nname: guided\ndescription: Reads the guide\n---\n\nFollow [the guide](guide.md).\n"
    desk.tell(desk.write({guided: text}))
    desk.open(guided)
    await desk.until(guided, ["dead-link"])
    place = (text.count("\n") - 1, len("Follow [the guide](g"))
    assert "Not found" in (await desk.hover(guided, *place) or "")
    desk.write({".claude/agents/guide.md": "Be kind.\n"})
    assert "Not found" not in (await desk.hover(guided, *place) or "Not found")
    await desk.until(guided, [])


async def test_an_open_skill_counts_before_the_disk_until_it_is_closed(desk):
    (name,) = skill("deploy")
    desk.tell(desk.write(skill("deploy")))
    await desk.until(WRITER, ["unconfigured-server"])
    desk.open(name)
    desk.tell(desk.delete(".claude/skills/deploy"))
    desk.tell(desk.write({".mcp.json": '{"mcpServers": {"search": {"command": "search"}}}'}))
    await desk.until(WRITER, [])
    desk.close(name)
    await desk.until(WRITER, ["missing-skill"])


async def test_a_branch_is_switched(desk):
    """Five hundred files at once; only who asked for one of them hears of it."""
    first = {k: v for n in range(250) for k, v in skill(f"first-{n}").items()}
    second = {k: v for n in range(249) for k, v in skill(f"second-{n}").items()} | skill("deploy")
    desk.tell(desk.write(first))
    users = [f".claude/agents/user-{n}.md" for n in range(3)]
    for n, name in enumerate(users):
        desk.open(name, f"---\nname: user-{n}\ndescription: Uses\nskills: first-{n}, second-{n}\n---\n")
    for name in users:
        await desk.until(name, ["missing-skill"])
    before = {name: desk.published[desk.uri(name)] for name in users}
    desk.published.order.clear()
    gone = [event for name in first for event in desk.delete(name)]
    desk.tell(gone + desk.write(second))
    await desk.until(WRITER, ["unconfigured-server"])
    for name in users:
        await desk.until_not(name, before[name])
        await desk.until(name, ["missing-skill"])
    order = desk.published.order
    assert set(order) == {desk.uri(name) for name in (WRITER, *users)}
    # Once, and once more for a look that was under way while the files were changed; not for each file.
    assert max(map(order.count, order)) < 4


async def test_a_plugin_is_installed_and_switched_off(desk):
    skill = "~/plugins/cache/market/team/1/skills/deploy/SKILL.md"
    listed = {"team@market": [{"scope": "user", "installPath": str(desk.path(skill).parents[2])}]}
    desk.write({skill: "---\ndescription: D\n---\n"})
    desk.tell(desk.write({"~/plugins/installed_plugins.json": json.dumps({"version": 2, "plugins": listed})}))
    await desk.until(WRITER, ["unconfigured-server"])
    desk.tell(desk.write({".claude/settings.json": '{"enabledPlugins": {"team@market": false}}'}))
    await desk.until(WRITER, ["missing-skill", "unconfigured-server"])


async def test_a_plugin_changes_its_name(desk):
    manifest, user = "team/.claude-plugin/plugin.json", ".claude/agents/user.md"
    text = "---\nname: user\ndescription: Uses\nskills: {}\n---\n"
    desk.write({"team/skills/ship/SKILL.md": "---\ndescription: S\n---\n"})
    desk.tell(desk.write({manifest: '{"name": "team"}'}))
    desk.open(user, text.format("team:ship, team:other"))
    await desk.until(user, ["missing-skill"])
    desk.tell(desk.write({manifest: '{"name": "crew"}'}))
    # What a plugin that is not here brings along cannot be known.
    await desk.until(user, [])
    desk.change(user, text.format("crew:ship, crew:other"))
    await desk.until(user, ["missing-skill"])
    desk.tell(desk.delete("team/.claude-plugin"))
    await desk.until(user, [])
