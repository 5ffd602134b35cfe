"""What an agent may use in the end: its tools after inheritance, denial and the limits of subagents.

What a product does about that is data of its schema (``powers``): each step here is one that a schema
switches on, and where it is silent, the account says so.
What the product says of its own file; whether the file loads at all is the affair of ``explain.loading``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from agentls.findings import Severity
from agentls.outcome import permission_maps, preloaded_skills, tool_entries
from agentls.outcome.tool_denial import ToolDenial
from agentls.outcome.tool_entries import EntryStatus
from agentls.products.effects import invalid_effect
from agentls.semantics.file_references import OWN_SERVER
from agentls.syntax.nodes import Scalar
from agentls.text import globs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from agentls.outcome.tool_entries import ToolEntry
    from agentls.products import Word
    from agentls.semantics.file import File
    from agentls.syntax.document import Field
    from agentls.workspace import Context, ScopedView


class ToolAccess(NamedTuple):
    """``basis`` says in words what is there without a name; empty where the names say it all.

    ``tools`` pairs what is left after denial and the limits of subagents with the tools that are known to be
    in it, where it is a group. ``servers`` are those whose tools are there, ``*`` for all others, and
    ``unknown_servers`` those of them that no configuration names. ``asks`` are used only after a question,
    ``limited`` for some purposes only, ``denied`` are the entries that take tools away.
    ``unsure`` are names that only the product can know, ``dropped`` pairs the others that grant nothing with
    the reason. ``lost_in_background`` are there only while somebody waits for the agent.
    ``skills`` are in its context from the start. ``starts_agents``: it is known to have the tool for that.
    ``notes`` tell of other fields that count. ``unknown``: what about its tools is not known, in words.
    """

    basis: str = ""
    tools: tuple[tuple[str, tuple[str, ...]], ...] = ()
    servers: tuple[str, ...] = ()
    unknown_servers: frozenset[str] = frozenset()
    asks: tuple[str, ...] = ()
    limited: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    dropped: tuple[tuple[str, str], ...] = ()
    lost_in_background: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    starts_agents: bool = False
    notes: tuple[str, ...] = ()
    unknown: str = ""


def of(context: Context) -> ToolAccess:
    """The account for an agent file."""
    file, view = context.file, context.view
    powers = file.dialect.powers
    if type_error := _type_error(file):
        found = ToolAccess(unknown=type_error)
    elif powers.switches:
        found = _switched(file)
    else:
        found = _listed(view, file)
    if powers.skills:
        skills, left_out = preloaded_skills.of(context)
        found = found._replace(skills=skills, dropped=(*found.dropped, *left_out))
    return found._replace(notes=tuple(_notes(file)))


def approvals(file: File) -> list[str]:
    """The entries of a skill or command that need no permission while it runs; none if no field is read."""
    if not file.document.is_recovered:
        return []
    denial, is_checked = ToolDenial(file), _is_checked(file)
    return [
        entry.item.text
        for field in tool_entries.tool_fields(file)
        for entry in tool_entries.entries(file, field)
        if not _why_dropped(file, entry, denial, is_checked=is_checked)
        and not tool_entries.never_matches(entry, file.dialect.fields[field.name].entries)
    ]


def _is_checked(file: File) -> bool:
    """Whether a name that is not known is known to be none."""
    effect = file.effect("unknown-tool")
    return effect is not None and effect.severity <= Severity.WARNING


def _type_error(file: File) -> str:
    """What the product does about a value that says nothing about tools, though it should."""
    powers = file.dialect.powers
    # Such a value may be as good as an empty one.
    names = () if powers.misfit else ("tools", *powers.switches)
    for error in file.dialect.errors(file.values):
        if error.field in names:
            effect = invalid_effect(error.invalid, file.scope)
            return f"`{error.field}` expects {error.expected}. {effect.text}"
    return ""


def _notes(file: File) -> Iterator[str]:
    """What the schema says about other fields that count."""
    for name, note in file.dialect.powers.fields.items():
        value = file.values.get(name)
        is_there = value not in (None, "", [], {})
        if is_there if note.value is None else str(value).lower() == note.value:
            yield note.text


# Lists: one grants tools, another one takes tools away.


def _listed(view: ScopedView, file: File) -> ToolAccess:
    powers = file.dialect.powers
    denial = ToolDenial(file)
    found = _without_own_servers(view, file, denial)
    if not powers.servers:
        return found
    # They are there beside any list.
    own = (name for name in own_servers(file) if not denial.of_server(name))
    servers = tuple(dict.fromkeys((*own, *found.servers)))
    return found._replace(servers=servers, unknown_servers=_unknown(view, file, servers))


def _without_own_servers(view: ScopedView, file: File, denial: ToolDenial) -> ToolAccess:
    spec, field = file.dialect.fields.get("tools"), file.document.field("tools")
    is_list = field and spec and spec.holds == "tool"
    if not field or not is_list or (denial.entries and file.dialect.powers.denial_beats_list):
        return _inherited(view, file, denial)
    if word := _word(file, field):
        return ToolAccess(tools=((word, _inside(file, word)),))
    if not file.items(field):
        return _empty(view, file, denial)
    entries = tool_entries.entries(file, field)
    if any(entry.status is EntryStatus.EVERYTHING for entry in entries):
        return _inherited(view, file, denial, entries)
    return _granted(file, denial, entries)


def _inherited(
    view: ScopedView, file: File, denial: ToolDenial, entries: Sequence[ToolEntry] = ()
) -> ToolAccess:
    """Without a list, or with one that means everything."""
    powers = file.dialect.powers
    basis = powers.without
    unknown = "" if basis or entries else "the tools of an agent without a list are unknown"
    found = _granted(file, denial, entries)
    found = found._replace(basis=basis or ("all available tools" if entries else ""), unknown=unknown)
    if not powers.expands:
        return found
    words = {
        name: word for name, word in file.dialect.tools.tools.items() if not _why_out(file, word, denial)
    }
    tools = dict.fromkeys(words, ()) | dict(found.tools)
    servers = {name: None for name in (*_configured(view, file), "*") if not denial.of_server(name)}
    return found._replace(
        tools=tuple(tools.items()),
        servers=tuple(servers | dict.fromkeys(found.servers)),
        lost_in_background=tuple(dict.fromkeys((*_background(words), *found.lost_in_background))),
        starts_agents=any(word.argument == "agent" for word in words.values()) or found.starts_agents,
    )


def _empty(view: ScopedView, file: File, denial: ToolDenial) -> ToolAccess:
    meaning = file.dialect.powers.empty
    if meaning == "all":
        return _inherited(view, file, denial)
    unknown = "" if meaning == "none" else "the effect of an empty list is unknown"
    return ToolAccess(denied=tuple(denial.entries), unknown=unknown)


def _word(file: File, field: Field) -> str:
    """One word that stands for a group of tools."""
    value = file.values[field.name]
    words = [word.name for word in file.dialect.fields[field.name].words]
    return value if isinstance(field.value, Scalar) and isinstance(value, str) and value in words else ""


def _inside(file: File, name: str) -> tuple[str, ...]:
    """The tools that are known to be in a group."""
    spec = file.dialect.fields["tools"]
    own = next((word.grants for word in spec.words if word.name == name), ())
    # Copilot's groups are the first part of the names of their tools.
    return (*own, *(tool for tool in file.dialect.tools.tools if tool.startswith(f"{name}/")))


def _granted(file: File, denial: ToolDenial, entries: Sequence[ToolEntry]) -> ToolAccess:
    """What the entries of a list grant."""
    is_checked = _is_checked(file)
    by_name = file.dialect.powers.servers
    tools: dict[str, tuple[str, ...]] = {}
    words: dict[str, Word] = {}
    servers: dict[str, None] = {}
    unsure: dict[str, None] = {}
    dropped: dict[str, str] = {}
    for entry in entries:
        name = entry.item.text
        if reason := _why_dropped(file, entry, denial, is_checked=is_checked):
            dropped[name] = reason
        elif entry.status is EntryStatus.SERVER:
            servers[_shown(file, entry.item.name) if by_name else name] = None
        elif entry.status is EntryStatus.UNKNOWN:
            unsure[name] = None
        elif entry.status is not EntryStatus.EVERYTHING:
            is_narrowed = tool_entries.is_narrowed(entry, file.dialect.fields["tools"].entries)
            name = name if is_narrowed else entry.item.name
            tools[name] = _inside(file, entry.item.name)
            if entry.tool:
                words[name] = entry.tool
    return ToolAccess(
        tools=tuple(tools.items()),
        servers=tuple(servers),
        denied=tuple(denial.entries),
        unsure=tuple(unsure),
        dropped=tuple(dropped.items()),
        lost_in_background=tuple(_background(words)),
        starts_agents=any(word.argument == "agent" for word in words.values()),
    )


def own_servers(file: File) -> dict[str, None]:
    """The servers that the file brings along or asks for, as they are called inside the names of tools."""
    spelt = file.dialect.tools.servers.spelt
    found = (r for r in file.references if r.kind in (OWN_SERVER, "server") and r.field)
    fields = file.dialect.fields
    return {
        spelt(r.name): None for r in found if r.field and file.scope not in fields[r.field.name].ignored_in
    }


def _configured(view: ScopedView, file: File) -> dict[str, None]:
    """The servers that are there for the agent, as they are called inside the names of tools."""
    spelt = file.dialect.tools.servers.spelt
    own = () if file.scope == "plugin" else view.own
    return {spelt(definition.name): None for definition in (*view.all("server"), *own)}


def _shown(file: File, name: str) -> str:
    """A server whose tools are all meant, or the one tool."""
    servers = file.dialect.tools.servers
    server = servers.guessed(name)
    return (
        server if server and servers.tools_named(name) == servers.tools_named(servers.whole(server)) else name
    )


def _unknown(view: ScopedView, file: File, names: Iterable[str]) -> frozenset[str]:
    """Those of servers that no configuration names."""
    tools, configured = file.dialect.tools, _configured(view, file)
    servers = {name: tools.server_of(name) or name for name in names if name != "*"}
    return frozenset(
        name
        for name, server in servers.items()
        if server not in configured and not tools.servers.is_elsewhere(server)
    )


def _background(words: dict[str, Word]) -> Iterator[str]:
    return (name for name, word in words.items() if word.background is False)


def _why_dropped(file: File, entry: ToolEntry, denial: ToolDenial, *, is_checked: bool) -> str:
    match entry.status:
        case EntryStatus.REMOVED:
            return "removed"
        case EntryStatus.UNMATCHABLE:
            return "a pattern that matches no tool"
        case EntryStatus.SPECIFIED:
            return "no tool with its parentheses"
        case EntryStatus.UNKNOWN if is_checked:
            return "unknown"
    if entry.tool:
        return _why_out(file, entry.tool, denial)
    return _denied(denial.of_name(entry.item.name))


def _denied(by: str) -> str:
    return f"denied by `{by}`" if by else ""


def _why_out(file: File, tool: Word, denial: ToolDenial) -> str:
    """Why the agent does not have a tool, in words; empty for one that it may have."""
    if by := denial.of_tool(tool):
        return _denied(by)
    if variant := tool_entries.is_out_of_reach(file, tool):
        return (
            "only with `permissionMode: plan`"
            if variant.endswith(".plan")
            else "never available to subagents"
        )
    if tool.background is False and file.values.get("background") in (True, "true"):
        return "not available to background agents"
    return ""


# Maps: each tool, or pattern of names, is allowed, asked for or denied.


def _switched(file: File) -> ToolAccess:
    powers = file.dialect.powers
    rules = permission_maps.read(file)
    basis = powers.without
    if not rules.rules:
        return ToolAccess(basis, unknown="" if basis else "the tools of an agent without a list are unknown")
    defaults, together = powers.defaults, powers.together
    found: dict[str, dict[str, None]] = {action: {} for action in ("allow", "ask", "deny", "limited", "")}
    names = {name: together.get(name, name) for name in file.dialect.tools.tools}
    for name, permission in names.items():
        is_named = any(globs.matches(rule.permission, permission) for rule in rules.rules)
        default = defaults.get(permission, defaults.get("*", "")) if is_named else ""
        found[permission_maps.action_for(rules.alive, permission, default)][name] = None
    unsure: dict[str, None] = {}
    for rule in rules.alive:
        name = rule.permission
        if any(globs.matches(name, permission) for permission in (*names.values(), *defaults)):
            continue
        # What means no tool of the product's means a server's, or nothing.
        is_of_server = file.dialect.tools.is_of_server(name) and name not in together
        (found[permission_maps.action_for(rules.alive, name)] if is_of_server else unsure)[name] = None
    return ToolAccess(
        basis if found[""] else "",
        tuple((name, ()) for name in found["allow"]),
        asks=tuple(found["ask"]),
        limited=tuple(found["limited"]),
        denied=tuple(found["deny"]),
        unsure=tuple(unsure),
    )
