"""Invalid name of an MCP server.

The product keeps the name for itself, does not accept it, or cannot tell it from another one.

## Why

A name of a server is part of the names of its tools, so not every text can be one.

## Example

```json .mcp.json
{
  "mcpServers": {
    "workspace": {"command": "workspace-server"}
  }
}
```

## Use instead

```json .mcp.json
{
  "mcpServers": {
    "files": {"command": "workspace-server"}
  }
}
```
"""

import re
from fnmatch import translate

from agentls.linter.api import Context, Effects, Finding, Iterator, Related
from agentls.semantics.server_entries import server_entries

GROUPS = ("servers",)
CASES = {
    "reserved": "a name that the product keeps for itself",
    "form": "a name that it does not accept",
    "collision": "two names that are one in the names of tools",
}


def check(context: Context, effects: Effects) -> Iterator[Finding]:
    file, table = context.file, context.file.dialect.servers
    spelt = file.dialect.tools.servers.spelt
    first: dict[str, Related] = {}
    for entry in server_entries(file) if table else ():
        span, name = entry.key.inner, entry.name
        kept = any(re.match(translate(pattern), name) for pattern in table.reserved) if table else False
        if kept and (effect := effects.get("reserved")):
            yield effect.finding(span, f"`{name}` is a reserved name. {effect.text}")
        elif table and table.names and (effect := effects.get("form")):
            if not re.fullmatch(table.names, name):
                yield effect.finding(span, f"`{name}`: a name may have {table.names_are} here. {effect.text}")
        elif effect := effects.get("collision"):
            if other := first.get(spelt(name)):
                message = f"`{name}` and another server are both `{spelt(name)}` in the names of tools."
                yield effect.finding(span, f"{message} {effect.text}", related=(other,))
            else:
                place = file.text.locate(span)
                first[spelt(name)] = Related(file.path, place, f"`{name}` is spelled so as well")
