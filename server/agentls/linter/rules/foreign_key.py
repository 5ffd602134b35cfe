"""Key of another product's MCP servers.

## Why

The lists of MCP servers look alike and are copied from product to product, but each one has keys of its own.
A server with ``disabled`` is started by a product that does not know the key.

## Example

```json .mcp.json
{
  "mcpServers": {
    "docs": {"command": "docs-server", "disabled": true}
  }
}
```

## Use instead

```json .mcp.json
{
  "mcpServers": {
    "docs": {"command": "docs-server"}
  }
}
```
"""

from agentls.linter.api import Context, Effect, Finding, Iterator
from agentls.semantics.server_entries import known_elsewhere, known_keys, server_entries

GROUPS = ("servers",)
_MOST_NAMED = 3


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    dialect = context.file.dialect
    own, others = known_keys(dialect), known_elsewhere(dialect)
    for entry in server_entries(context.file):
        for name in entry.keys:
            key, owners = entry.key_of(name), others.get(name, ())
            if key and owners and name not in own:
                whose = " and ".join(owners) if len(owners) < _MOST_NAMED else f"{owners[0]} and others"
                yield effect.finding(key.inner, f"`{name}` is a key of {whose}. {effect.text}")
