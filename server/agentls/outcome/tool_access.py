"""What an agent can really do: its tools after inheritance, denial and the limits of subagents.

What a product says of its own file; whether the file loads at all is the affair of ``explain.verdict``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from agentls.outcome import tool_entries
from agentls.outcome.tool_entries import EntryStatus
from agentls.workspace import symbols

if TYPE_CHECKING:
    from agentls.products import Word
    from agentls.semantics.file import File
    from agentls.workspace import View

# What denies, or grants, the tools of all servers.
_EVERY_SERVER = ("mcp__*", "mcp__*__*")


class Capabilities(NamedTuple):
    """``inherits``: no tool list, or one with ``*``, so that every tool a subagent may have is there.

    ``tools`` are what is left after denial and the limits of subagents; ``servers`` those whose tools are
    there, with the names that they have inside the names of tools, and ``unknown_servers`` those of them
    that no configuration names. ``denied`` are the entries of the fields that take tools away.
    ``dropped`` pairs each entry that has no effect with the reason.
    ``lost_in_background`` are the tools that are there only while somebody waits for the agent.
    ``skills`` are in its context from the start. ``starts_agents``: whether it has the tool for that.
    """

    inherits: bool
    tools: tuple[str, ...]
    servers: tuple[str, ...]
    unknown_servers: frozenset[str]
    denied: tuple[str, ...]
    dropped: tuple[tuple[str, str], ...]
    lost_in_background: tuple[str, ...]
    skills: tuple[str, ...]
    starts_agents: bool


def of(view: View, file: File) -> Capabilities:
    """The account for an agent file."""
    view = view.seen_from(file.standpoint)
    field = file.document.field("tools")
    entries = tool_entries.entries(file, field) if field and "tools" in file.dialect.fields else []
    inherits = field is None or any(entry.standing is EntryStatus.EVERYTHING for entry in entries)
    denial = _Denial(file)
    tools: dict[str, Word | None] = {}
    servers: dict[str, None] = {}
    dropped: dict[str, str] = {}
    for entry in entries:
        if reason := _why_dropped(file, entry, denial):
            dropped[entry.item.text] = reason
        elif entry.standing is EntryStatus.SERVER:
            servers[file.dialect.tools.server_of(entry.item.name) or "*"] = None
        elif entry.standing is not EntryStatus.EVERYTHING:
            tools[entry.item.text] = entry.tool
    spelt = file.dialect.tools.servers.spelt
    own = {spelt(definition.name) for definition in view.own} if file.scope != "plugin" else set()
    configured = {spelt(definition.name): None for definition in view.all("server")}
    if inherits:
        words = file.dialect.tools.tools
        there = {name: word for name, word in words.items() if not _why_out(file, word, denial)}
        tools = {**there, **tools}
        servers = {name: None for name in (*configured, *own, "*") if not denial.takes_server(name)} | servers
    unknown = servers.keys() - configured.keys() - own - {"*"}
    skills, left_out = _skills(view, file)
    return Capabilities(
        inherits,
        tuple(tools),
        tuple(servers),
        frozenset(name for name in unknown if not file.dialect.tools.servers.is_elsewhere(name)),
        denial.entries,
        (*dropped.items(), *left_out),
        tuple(name for name, word in tools.items() if word and word.facts.get("background") is False),
        skills,
        any(word.name == "Agent" for word in tools.values() if word),
    )


class _Denial:
    """What the fields take away that take tools away; it counts before what is granted."""

    def __init__(self, file: File) -> None:
        found = [e for field in tool_entries.denial_fields(file) for e in tool_entries.entries(file, field)]
        self.entries = tuple(dict.fromkeys(entry.item.text for entry in found))
        # An entry with a specifier takes away some uses of the tool and not the tool.
        whole = [entry for entry in found if entry.item.specifier in (None, "", "*")]
        self._names = {entry.tool.name if entry.tool else entry.item.name for entry in whole}
        self._takes_all = any(entry.standing is EntryStatus.EVERYTHING for entry in whole)

    def takes(self, name: str) -> bool:
        return self._takes_all or name in self._names

    def takes_server(self, server: str) -> bool:
        return any(self.takes(name) for name in (f"mcp__{server}", f"mcp__{server}__*", *_EVERY_SERVER))


def _why_dropped(file: File, entry: tool_entries.ToolEntry, denial: _Denial) -> str:
    if not entry.is_usable:
        return "removed" if entry.standing is EntryStatus.REMOVED else "unknown"
    if entry.tool:
        return _why_out(file, entry.tool, denial)
    server = file.dialect.tools.server_of(entry.item.name)
    is_denied = denial.takes(entry.item.name) or (server and denial.takes_server(server))
    return _DENIED if is_denied else ""


_DENIED = "denied by `disallowedTools`"


def _why_out(file: File, tool: Word, denial: _Denial) -> str:
    if denial.takes(tool.name):
        return _DENIED
    if variant := tool_entries.is_out_of_reach(file, tool):
        return "only with `permissionMode: plan`" if variant.endswith(".plan") else "never in a subagent"
    if tool.facts.get("background") is False and file.values.get("background") in (True, "true"):
        return "not in a background agent"
    return ""


def _skills(view: View, file: File) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """The skills that are there from the start, and those that are left out with the reason."""
    there: dict[str, None] = {}
    left_out: dict[str, str] = {}
    for name in [reference.name for reference in file.references if reference.kind == "skill"]:
        found = view.resolve("skill", name)
        if view.is_complete and not symbols.has_skill(view, file, name):
            left_out[name] = "a skill that is nowhere to be found"
        elif found and all(definition.is_for_users for definition in found):
            left_out[name] = f"a {found[0].kind} that only a person may call"
        else:
            there[name] = None
    return tuple(there), tuple(left_out.items())
