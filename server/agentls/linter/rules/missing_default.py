"""Variable without a default.

A variable in the entry of an MCP server that is no secret and has no default.

## Why

Where the variable is not set, the server gets the text of the variable itself, or nothing.
Secrets are left alone: the environment is where they belong.

## Example

```json .mcp.json
{
  "mcpServers": {
    "docs": {"command": "docs-server", "args": ["${DOCS_FOLDER}"]}
  }
}
```

## Use instead

```json .mcp.json
{
  "mcpServers": {
    "docs": {"command": "docs-server", "args": ["${DOCS_FOLDER:-docs}"]}
  }
}
```
"""

import re

from agentls.linter.api import Context, Effect, Finding, Iterator
from agentls.semantics.server_entries import name_of_variable, server_entries, variables
from agentls.text import secrets

GROUPS = ("servers",)
WORDS = ("${",)


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    table = context.file.dialect.servers
    known = table.variables if table else None
    if known is None:
        return
    for entry in server_entries(context.file):
        for found, span in variables(known, entry):
            own, name = re.fullmatch(known.pattern, found[0]), name_of_variable(found)
            is_told = name in known.never
            if own and not own["default"] and not is_told and not secrets.is_secret_name(name):
                yield effect.finding(span, f"`{name}` has no default. {effect.text}")
