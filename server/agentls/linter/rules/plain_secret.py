"""Secret in plain text.

A token or a key stands in the file itself.

## Why

Files of a project are committed and shared, and whoever can read them can use the secret.
Where the product replaces variables, the secret can stay in the environment.

## Example

```json .mcp.json
{
  "mcpServers": {
    "docs": {"command": "docs-server", "env": {"DOCS_API_KEY": "9dK2mQ8xL4vR7tY1wZ3bN6"}}
  }
}
```

## Use instead

```json .mcp.json
{
  "mcpServers": {
    "docs": {"command": "docs-server", "env": {"DOCS_API_KEY": "${DOCS_API_KEY}"}}
  }
}
```
"""

from agentls.linter.api import Context, Effect, Finding, Fix, Iterator
from agentls.semantics.server_entries import server_entries
from agentls.syntax.nodes import Path, Scalar, scalars
from agentls.text import secrets

GROUPS = ("security",)


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    for path, scalar in _values(context) if context.file.scope != "user" else ():
        name = path[-1] if path and isinstance(path[-1], str) else ""
        if found := secrets.find(name, scalar.value):
            span = scalar.source_of(*found)
            if span:
                data = (str(name),) if secrets.is_variable_name(str(name)) else ()
                yield effect.finding(span, f"A secret stands here in plain text. {effect.text}", data)


def _values(context: Context) -> Iterator[tuple[Path, Scalar]]:
    """All that a server gets, and the variables that settings set."""
    file = context.file
    for entry in server_entries(file):
        yield from scalars(entry.node)
    if file.dialect.kind == "settings" and (env := file.document.node(("env",))):
        yield from scalars(env)


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    table = context.file.dialect.servers
    for name in finding.data:
        if table and table.variables and table.variables.form:
            written = table.variables.form.replace("NAME", name)
            title = f"Use `{written}` in its place, and set the variable"
            yield Fix.replacing(context.file.path, finding.span, written)._replace(title=title)
