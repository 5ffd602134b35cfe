"""MCP server not configured.

Reported once for each server, at the first of its tools.
``ide`` belongs to the editor and is never missing.

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

from agentls.linter.api import Context, Effect, File, Finding, Iterator, Span
from agentls.outcome import tool_entries
from agentls.syntax.name_lists import ListItem

GROUPS = ("references",)
ENTRIES = (tool_entries.EntryStatus.SERVER,)


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file, view = context.file, context.view
    if not view.is_complete:
        return
    tools = file.dialect.tools.servers
    known = {tools.spelt(reference.name) for reference in file.references if reference.kind == "server"}
    for server, items in _by_server(file).items():
        if server in known or tools.is_elsewhere(server) or view.resolve("tool", items[0].name):
            continue
        start, part = items[0].name_span.start, tools.part(items[0].name, server)
        prefix = Span(start + part.start, start + part.end) if part else items[0].name_span
        count = f"{len(items)} tools" if len(items) > 1 else "1 tool"
        message = f"MCP server `{server}` is not configured ({count} in this file). {effect.text}"
        yield effect.finding(prefix, message)


def _by_server(file: File) -> dict[str, list[ListItem]]:
    found: dict[str, list[ListItem]] = {}
    for field in tool_entries.tool_fields(file):
        for entry in tool_entries.entries(file, field):
            server = file.dialect.tools.server_of(entry.item.name)
            if server and entry.status is tool_entries.EntryStatus.SERVER:
                found.setdefault(server, []).append(entry.item)
    return found
