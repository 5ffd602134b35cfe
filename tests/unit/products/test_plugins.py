"""Which plugins count, as Claude Code's lists say: from the files on disk to what is missing in an agent."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import agentls.disk.installed_plugins
from agentls import batch
from agentls.disk import scanning
from agentls.explain.report import loading_section
from agentls.products import plugins
from agentls.products.plugins import Installation, Plugin
from agentls.settings.layers import Layer
from agentls.workspace import Context, View

TOOL = "team@market"


class Home:
    """A project with one agent, and a user's folder with one plugin in the cache."""

    def __init__(self, folder: Path) -> None:
        self.project = folder / "work" / "project"
        self.user = folder / "home"
        self.plugin = self.user / "plugins" / "cache" / "market" / "team" / "1.0.0"
        self.write(self.project / ".git" / "HEAD", "")

    def write(self, path: Path, data: Any) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(data if isinstance(data, str) else json.dumps(data), "utf-8")

    def make_plugin(self, folder: Path | None = None, **manifest: Any) -> Path:
        folder = folder or self.plugin
        if manifest:
            self.write(folder / ".claude-plugin" / "plugin.json", manifest)
        self.write(folder / "skills" / "deploy" / "SKILL.md", "---\ndescription: D\n---\n")
        self.write(folder / "agents" / "web" / "tester.md", "---\nname: tester\ndescription: T\n---\n")
        return folder

    def install(self, scope: str = "user", version: int = 2, **entry: Any) -> None:
        entry = {"scope": scope, "installPath": str(self.plugin), "version": "1.0.0", **entry}
        data = {"version": version, "plugins": {TOOL: [entry] if version > 1 else entry}}
        self.write(self.user / "plugins" / "installed_plugins.json", data)

    def switch(self, *, on: bool, where: str = "user") -> None:
        path = {
            "user": self.user / "settings.json",
            "project": self.project / ".claude" / "settings.json",
            "local": self.project / ".claude" / "settings.local.json",
        }[where]
        self.write(path, {"enabledPlugins": {TOOL: on}})

    def missing(self, text: str = "skills: deploy, nowhere", tools: str = "Read") -> list[str]:
        """The names in an agent of the project that are found nowhere."""
        agent = self.project / ".claude" / "agents" / "lead.md"
        self.write(agent, f"---\nname: lead\ndescription: Leads\ntools: {tools}\n{text}\n---\n")
        found = batch.read([str(self.project)])
        return [
            report.text.slice(finding.span)
            for report in batch.check(found)
            if report.path == str(agent)
            for finding in report.findings
            if finding.rule in ("missing-skill", "unknown-agent", "unconfigured-server")
        ]

    def names(self, kind: str) -> list[str]:
        return [d.name for d in batch.read([str(self.project)]).workspace.all(kind) if d.scope == "plugin"]


@pytest.fixture
def home(tmp_path, monkeypatch):
    found = Home(tmp_path)
    for name in ("CLAUDE_CODE_PLUGIN_CACHE_DIR", "CLAUDE_CODE_PLUGIN_SEED_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CLAUDE_CONFIG_DIR", str(found.user))
    monkeypatch.setenv("HOME", str(tmp_path))
    return found


def test_a_plugin_that_only_its_marketplace_describes_is_one(tmp_path):
    def write(path, text):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    listed = [{"name": "tools", "source": "./plugins/tools"}, {"name": "far", "source": {"source": "github"}}]
    write(tmp_path / ".claude-plugin" / "marketplace.json", json.dumps({"plugins": [*listed, 3]}))
    skill = tmp_path / "plugins" / "tools" / "skills" / "deploy" / "SKILL.md"
    write(skill, "---\ndescription: Deploys\n---\n")
    for asked in (tmp_path, skill):
        (file,) = (
            file
            for file in batch.read([str(asked)], Layer({"user-scope": False})).files
            if file.path == str(skill)
        )
        assert (file.dialect.name, file.scope, file.identity.plugin) == ("claude-skill", "plugin", "tools")


@pytest.mark.parametrize("version", [1, 2])
def test_an_installed_plugin_brings_its_skills_and_agents(home, version):
    home.make_plugin(name="crew")
    home.install(version=version)
    home.switch(on=True)
    assert home.names("skill") == ["crew:deploy"]
    assert home.names("agent") == ["crew:web:tester"]
    assert home.missing("skills: deploy, crew:deploy, nowhere, crew:nowhere") == ["nowhere", "crew:nowhere"]


def test_a_plugin_without_a_manifest_is_called_as_the_list_calls_it(home):
    home.make_plugin()
    home.install()
    assert home.names("skill") == ["team:deploy"], "not 1.0.0, as its folder is called"


@pytest.mark.parametrize(
    ("switched", "seen"),
    [
        ({".": True}, {"one", "two"}),
        ({"project/one": True, "project/two": True}, {"one", "two"}),
        ({".": False, "project/one": True}, {"one"}),
        ({".": True, "project/one": False}, {"two"}),
    ],
)
def test_a_plugin_is_seen_from_the_folders_that_enable_it(home, switched, seen):
    home.make_plugin(name="team", mcpServers="./servers.json")
    home.write(home.plugin / "servers.json", {"mcpServers": {"books": {"command": "x"}}})
    home.install()
    for where, on in switched.items():
        folder = home.user if where == "." else home.project.parent / where / ".claude"
        home.write(folder / "settings.json", {"enabledPlugins": {TOOL: on}})
    text = "---\nname: lead\ndescription: Leads\nskills: deploy\ntools: Agent(team:nobody)\n---\n"
    folders = [home.project.parent / "project" / name for name in ("one", "two")]
    for folder in folders:
        home.write(folder / ".claude" / "agents" / "lead.md", text)
    found = batch.read(list(map(str, folders)))
    leads = {Path(f.path).parents[2].name: f for f in found.files if f.path.endswith("lead.md")}
    missing = {
        Path(report.path).parents[2].name: {finding.rule for finding in report.findings}
        for report in batch.check(found)
        if report.path.endswith("lead.md")
    }
    # Of a plugin that is not seen no agent is missed.
    there, not_there = {"unknown-agent"}, {"missing-skill"}
    assert missing == {name: there if name in seen else not_there for name in leads}
    for name, file in leads.items():
        servers = Context(View(found.workspace), file).view.all("server")
        assert [server.name for server in servers] == (["plugin:team:books"] if name in seen else [])


@pytest.mark.parametrize(
    ("user", "project", "local", "counts"),
    [
        (None, None, None, True),
        (True, None, None, True),
        (False, None, None, False),
        (True, False, None, False),
        (False, True, None, True),
        (True, False, True, True),
        (True, True, False, False),
    ],
)
def test_the_nearest_settings_switch_a_plugin(home, user, project, local, counts):
    home.make_plugin()
    home.install()
    for where, on in (("user", user), ("project", project), ("local", local)):
        if on is not None:
            home.switch(on=on, where=where)
    assert home.missing() == (["nowhere"] if counts else ["deploy", "nowhere"])


def test_a_plugin_of_another_project_does_not_count(home):
    home.make_plugin()
    home.install("project", projectPath=str(home.project.parent / "other"))
    assert home.missing() == ["deploy", "nowhere"]
    home.install("local", projectPath=str(home.project))
    assert home.missing() == ["nowhere"]


def test_what_only_lies_in_a_marketplace_or_in_the_cache_does_not_count(home):
    home.make_plugin()
    home.make_plugin(home.user / "plugins" / "marketplaces" / "market" / "plugins" / "team")
    assert home.missing() == ["deploy", "nowhere"]


def test_a_plugin_that_is_switched_on_and_in_no_list_is_found_in_the_cache(home):
    home.make_plugin()
    home.switch(on=True, where="project")
    assert home.missing() == ["nowhere"]


def test_a_plugin_that_is_switched_on_is_found_in_its_marketplace(home, tmp_path):
    market = tmp_path / "market"
    home.make_plugin(market / "some" / "team", name="team")
    entry = {"name": "team", "source": "./some/team"}
    home.write(market / ".claude-plugin" / "marketplace.json", {"name": "market", "plugins": [entry]})
    known = {"market": {"source": {"source": "directory"}, "installLocation": str(market)}}
    home.write(home.user / "plugins" / "known_marketplaces.json", known)
    home.switch(on=True)
    assert home.missing() == ["nowhere"]


def test_where_a_plugin_cannot_be_read_nothing_is_missing(home):
    home.switch(on=True, where="project")
    assert home.missing("skills: deploy, nowhere", "Agent(nobody), mcp__nothing__x") == []
    home.switch(on=False, where="project")
    assert home.missing("skills: deploy", "Agent(nobody), mcp__nothing__x") != []


def test_the_folders_of_plugins_may_lie_elsewhere(home, tmp_path, monkeypatch):
    home.plugin = tmp_path / "elsewhere" / "cache" / "market" / "team" / "2"
    home.make_plugin()
    home.switch(on=True)
    monkeypatch.setenv("CLAUDE_CODE_PLUGIN_CACHE_DIR", str(tmp_path / "elsewhere"))
    assert home.missing() == ["nowhere"]
    monkeypatch.delenv("CLAUDE_CODE_PLUGIN_CACHE_DIR")
    monkeypatch.setenv("CLAUDE_CODE_PLUGIN_SEED_DIR", str(tmp_path / "elsewhere"))
    assert home.missing() == ["nowhere"]


def test_servers_of_a_plugin_are_called_by_it(home):
    home.make_plugin(name="team", mcpServers={"inner": {"command": "x"}})
    home.write(home.plugin / ".mcp.json", {"outer": {"command": "x"}})
    home.install()
    assert home.names("server") == ["plugin:team:inner", "plugin:team:outer"]
    home.make_plugin(name="team", mcpServers="./conf/servers.json")
    home.write(home.plugin / "conf" / "servers.json", {"mcpServers": {"third": {"url": "x"}}})
    assert home.names("server") == ["plugin:team:outer", "plugin:team:third"]


def test_agents_and_commands_lie_where_the_manifest_says(home):
    home.make_plugin(
        name="team", agents=["./special/auditor.md"], commands="./special/", skills=["./more/ship"]
    )
    home.write(home.plugin / "special" / "auditor.md", "---\ndescription: A\n---\n")
    home.write(home.plugin / "special" / "go.md", "Go.\n")
    home.write(home.plugin / "more" / "ship" / "SKILL.md", "---\nname: sail\ndescription: S\n---\n")
    home.install()
    assert home.names("agent") == ["team:auditor"], "and none from the usual folder"
    assert home.names("command") == ["team:go"]
    assert home.names("skill") == ["team:deploy", "team:sail"]


def test_servers_of_the_user_are_those_of_the_project_and_of_the_folders_around_it(home):
    def table(name: str) -> dict[str, Any]:
        return {"mcpServers": {name: {"command": "x"}}}

    projects = {
        str(home.project): table("own"),
        str(home.project.parent): table("around"),
        str(home.project) + "-2": table("other"),
        "": table("odd"),
    }
    home.write(home.user / ".claude.json", {"projects": projects, **table("user")})
    tools = "mcp__own__a, mcp__around__a, mcp__user__a, mcp__other__a, mcp__odd__a"
    assert home.missing("", tools) == ["mcp__other", "mcp__odd"]


def test_an_administrator_has_the_last_word(home, tmp_path, monkeypatch):
    monkeypatch.setattr(agentls.disk.installed_plugins, "managed_folder", lambda: str(tmp_path / "managed"))
    monkeypatch.setattr(scanning, "managed_folder", lambda: str(tmp_path / "managed"))
    home.make_plugin()
    home.install()
    home.switch(on=True, where="local")
    home.write(tmp_path / "managed" / "managed-settings.json", {"enabledPlugins": {TOOL: False}})
    home.write(tmp_path / "managed" / "managed-mcp.json", {"mcpServers": {"search": {"url": "x"}}})
    assert home.missing("skills: deploy", "mcp__search__find, mcp__other__find") == ["mcp__other", "deploy"]


@pytest.mark.parametrize(
    "data",
    [
        "",
        "{",
        "[" * 100_000,
        "[]",
        '{"plugins": []}',
        '{"plugins": {"team@market": 3}}',
        '{"plugins": {"team@market": [{"installPath": 3}, {"installPath": "relative"}, null]}}',
        '{"plugins": {"team@market": [{"installPath": "/no\\u0000where"}]}}',
        '{"plugins": {"team@market": [{"installPath": "/", "scope": "project", "projectPath": 7}]}}',
    ],
)
def test_a_broken_or_hostile_list_harms_nobody(home, data):
    home.write(home.user / "plugins" / "installed_plugins.json", data)
    home.write(home.user / "plugins" / "known_marketplaces.json", data)
    assert home.missing() == ["deploy", "nowhere"]
    home.write(home.user / "settings.json", data)
    assert home.missing() == ["deploy", "nowhere"]


def test_a_manifest_does_not_lead_out_of_its_plugin():
    found = plugins.manifest(
        "x", {"agents": ["../../etc", "/etc", "a/../..", "./in"], "mcpServers": "../x.json"}
    )
    assert found == Plugin("x", {"agents": ("in",)})


@pytest.mark.parametrize(
    ("manifest", "below", "usual"),
    [
        ({}, "agents/a.md", "agents/a.md"),
        ({}, "docs/a.md", "docs/a.md"),
        ({"agents": "./own/"}, "own/in/a.md", "agents/in/a.md"),
        ({"agents": "./own/"}, "agents/a.md", None),
        ({"agents": ["./own/a.md"]}, "own/a.md", "agents/a.md"),
        ({"agents": ["./own/a.md"]}, "own/b.md", "own/b.md"),
        ({"skills": "./own"}, "skills/a/SKILL.md", "skills/a/SKILL.md"),
        ({"skills": "./own"}, "own/a/SKILL.md", "skills/a/SKILL.md"),
        ({"skills": ["./own/a"]}, "own/a/SKILL.md", "skills/a/SKILL.md"),
        ({"skills": "./"}, "a/SKILL.md", "skills/a/SKILL.md"),
        ({"commands": "./", "agents": "./own"}, "own/a.md", "agents/a.md"),
    ],
)
def test_a_part_is_read_as_if_it_were_in_its_usual_folder(manifest, below, usual):
    assert plugins.manifest("x", manifest).usual(below) == usual


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just("./x"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "plugins",
                    "a@b",
                    "installPath",
                    "scope",
                    "enabledPlugins",
                    "agents",
                    "skills",
                    "name",
                    "source",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(_JSON)
def test_json_of_any_shape_is_taken(data):
    plugin = plugins.manifest("x", data)
    assert plugin.name
    plugin.usual("agents/a.md")
    assert all(isinstance(found, Installation) for found in plugins.installations(data))
    assert set(plugins.states([data, data]).values()) <= {True, False}
    plugins.location(data, "a@b")
    plugins.listed(data, "x")


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (True, "loads this file as the plugin agent `team:web:tester`."),
        (False, "does not load the plugin agent `team:web:tester` here: the plugin `team` is not enabled."),
        (None, "loads this file as the plugin agent `team:web:tester` while the plugin is enabled."),
    ],
)
def test_whether_a_plugins_file_is_loaded_depends_on_who_enabled_it(home, on, said):
    home.make_plugin(name="team")
    if on is not None:
        home.install()
        home.switch(on=on)
    found = batch.read([str(home.plugin / "agents" / "web" / "tester.md")])
    context = Context(View(found.workspace), found.files[0])
    assert loading_section(context).startswith(f"**Claude Code {said}")


# --- what a project says is no way out of the cache ---

_WAYS_OUT = [
    "{elsewhere}@x",
    "x@{elsewhere}",
    "team@../../../elsewhere",
    "../../../../elsewhere@market",
    "..@market",
    "team@..",
    ".@market",
    "@market",
    "team@",
    "a/../../../../elsewhere@market",
    "market/team@.",
    "\\\\evil.example\\share@m",
    "share@\\\\evil.example",
    "C:elsewhere@m",
    "nul@m",
    "team\0@market",
]


@pytest.mark.parametrize("plugin", _WAYS_OUT)
def test_a_plugin_that_a_project_names_is_looked_for_in_the_cache_alone(home, tmp_path, monkeypatch, plugin):
    listed = []
    for place in (tmp_path / "elsewhere" / "1.0.0", home.user / "elsewhere" / "1.0.0", home.plugin):
        home.make_plugin(place, name="team")
    enabled = {plugin.format(elsewhere=tmp_path / "elsewhere"): True}
    home.write(home.project / ".claude" / "settings.json", {"enabledPlugins": enabled})
    real = os.scandir
    monkeypatch.setattr(
        agentls.disk.installed_plugins.os, "scandir", lambda path: (listed.append(path), real(path))[1]
    )
    assert home.names("agent") == []
    own = (
        str(home.project),
        str(home.user / "agents"),
        str(home.user / "skills"),
        str(home.user / "commands"),
    )
    assert [path for path in listed if "elsewhere" in path or "evil" in path] == []
    assert [path for path in listed if path.startswith(str(tmp_path)) and not path.startswith(own)] == []


@pytest.mark.parametrize(
    "part",
    [
        "/elsewhere",
        "../elsewhere",
        "C:/Users/me/x",
        "c:..\\x",
        "\\\\evil.example\\x",
        "//evil.example/x",
        "nul",
        "a\0",
    ],
)
def test_a_manifest_names_nothing_outside_its_plugin(part):
    assert (
        plugins.manifest("team", {"agents": part, "skills": [part], "mcpServers": f"{part}.json"}).parts == {}
    )
    assert list(plugins.members({"plugins": [{"name": "team", "source": part}]})) == []
