"""MCP server not configured.

Reported once for each server, at the first of its tools, or where a field lists it.
``ide`` belongs to the editor and is never missing.
Tools of a plugin's own server have the plugin in their names: ``mcp__plugin_team_notes__find``.

## Why

The tools of a server that is not configured are not available when the agent runs.
The server may be configured in a place that agentls cannot see, so this is only information.

## Example

```markdown
---
name: researcher
description: Looks things up
tools: Read, mcp__library__search, mcp__library__open
---
```

## Use instead

Configure the server ``library`` in ``.mcp.json``, or leave its tools out:

```markdown
---
name: researcher
description: Looks things up
tools: Read
---
```
"""

from agentls.linter.api import Change, Context, Edit, Effect, Effects, File, Finding, Fix, Iterator, Span
from agentls.outcome import tool_entries
from agentls.semantics import field_conditions
from agentls.semantics.file_references import Reference
from agentls.syntax.name_lists import ListItem
from agentls.syntax.nodes import Scalar
from agentls.text.similar_words import did_you_mean
from agentls.workspace import close_names, server_tool_names

GROUPS = ("references",)
REFERENCES = ("server", "tool")
CASES = {
    "plugin": "a server of the plugin itself, without the plugin in its name",
}


def check(context: Context, effects: Effects) -> Iterator[Finding]:
    file, view = context.file, context.view
    if not view.is_complete:
        return
    tools = file.dialect.tools.servers
    listed = [reference for reference in file.references if reference.kind == "server"]
    for reference in listed:
        if (effect := effects.get("")) and not _is_configured(context, reference):
            yield _of_field(context, reference, effect)
    known = {tools.spelt(reference.name) for reference in listed}
    for server, items in _by_server(file).items():
        if server in known or tools.is_elsewhere(server):
            continue
        count = f"{len(items)} tools" if len(items) > 1 else "1 tool"
        prefix = _prefix(file, items[0], server)
        if whole := _of_own_plugin(context, server):
            if effect := effects.get("plugin"):
                message = (
                    f"The plugin's own server `{server}` is called `{whole}` in tool names. {effect.text}"
                )
                yield effect.finding(prefix, message, (server, whole))
        elif (effect := effects.get("")) and not view.resolve("tool", items[0].name):
            message = f"MCP server `{server}` is not configured ({count} in this file). {effect.text}"
            part = tools.part(items[0].name, server)
            # `mcp__notes_find` has a line too few, and so no server is called so.
            if part and part.end == len(items[0].name):
                whole = server_tool_names.whole_name(context, items[0].name)
            meant = whole or close_names.closest_name(context, "server", server)
            spelt = whole.removeprefix(part.sign) if whole and part else tools.spelt(meant or "")
            data = (server, spelt) if spelt else ()
            yield effect.finding(prefix, message + did_you_mean(meant), data)


def _is_configured(context: Context, reference: Reference) -> bool:
    """Whether a server in a list of servers is there, or may be; a field that is not read names none."""
    file, view = context.file, context.view
    spec = file.dialect.fields.get(reference.field.name) if reference.field else None
    if reference.field is None or spec is None or field_conditions.is_ignored(file, spec):
        return True
    if isinstance(reference.field.value, Scalar):
        return True  # it is no list, and so nothing is read of it
    tools = file.dialect.tools.servers
    found = view.resolve("server", reference.name)
    return tools.is_elsewhere(tools.spelt(reference.name)) or any(d.name == reference.name for d in found)


def _of_field(context: Context, reference: Reference, effect: Effect) -> Finding:
    meant = close_names.closest_name(context, "server", reference.name)
    message = f"MCP server `{reference.name}` is not configured. {effect.text}{did_you_mean(meant)}"
    return effect.finding(reference.span, message, ("", meant) if meant else ())


def _by_server(file: File) -> dict[str, list[ListItem]]:
    found: dict[str, list[ListItem]] = {}
    for field in tool_entries.tool_fields(file):
        for entry in tool_entries.entries(file, field):
            server = file.dialect.tools.server_of(entry.item.name)
            if server and entry.status is tool_entries.EntryStatus.SERVER:
                found.setdefault(server, []).append(entry.item)
    return found


def _prefix(file: File, item: ListItem, server: str) -> Span:
    """The part of a tool's name that says the server."""
    start, part = item.name_span.start, file.dialect.tools.servers.part(item.name, server)
    return Span(start + part.start, start + part.end) if part else item.name_span


def _of_own_plugin(context: Context, server: str) -> str:
    """How the tools of a server call it that the file's own plugin brings along; empty for any other."""
    file, tools = context.file, context.file.dialect.tools.servers
    if not (plugin := file.identity.plugin):
        return ""
    before = f"plugin:{plugin}:"
    own = (d.name for d in context.view.all("server") if d.name.startswith(before))
    return next((tools.spelt(name) for name in own if tools.spelt(name[len(before) :]) == server), "")


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    if not finding.data:
        return
    server, meant = finding.data
    if not server:
        yield Fix.replacing(file.path, finding.span, meant)
        return
    prefixes = [_prefix(file, item, server) for item in _by_server(file).get(server, ())]
    # Each ends with the server; what is before it says that the tool is of one.
    spans = [Span(prefix.end - len(server), prefix.end) for prefix in prefixes]
    change = Change.of(file.path, *(Edit(span, meant) for span in spans))
    yield Fix(f"Change to `{meant}`", change, is_preferred=True)
