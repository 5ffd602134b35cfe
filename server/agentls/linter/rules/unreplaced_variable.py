"""Variable that is not replaced.

A variable in the entry of an MCP server that the product does not replace, or has no value for.

## Why

Each product writes variables in its own way, and passes on all others as is.
A server then gets the text ``${env:TOKEN}`` for its token.

## Example

```json .mcp.json
{
  "mcpServers": {
    "docs": {"command": "docs-server", "env": {"TOKEN": "${env:DOCS_TOKEN}"}}
  }
}
```

## Use instead

```json .mcp.json
{
  "mcpServers": {
    "docs": {"command": "docs-server", "env": {"TOKEN": "${DOCS_TOKEN}"}}
  }
}
```
"""

import re

from agentls.linter.api import Context, Effect, Effects, Finding, Fix, Iterator
from agentls.products.facts import ServerVariables
from agentls.semantics.server_entries import ServerEntry, name_of_variable, server_entries, variables
from agentls.syntax.nodes import Scalar, Sequence, entries_in, scalars

GROUPS = ("servers",)
WORDS = ("$", "{env:")
CASES = {
    "form": "a variable in the form of another product",
    "never": "a variable that has no value there",
    "input": "an input that is not declared",
}
_INPUT = re.compile(r"\$\{input:(?P<id>[^}]{1,256})\}")


def check(context: Context, effects: Effects) -> Iterator[Finding]:
    table = context.file.dialect.servers
    if table is None:
        return
    for entry in server_entries(context.file):
        if table.variables:
            yield from _in_entry(table.variables, entry, effects)
        if effect := effects.get("input"):
            yield from _inputs(context, entry, effect)


def _in_entry(known: ServerVariables, entry: ServerEntry, effects: Effects) -> Iterator[Finding]:
    for found, span in variables(known, entry):
        if (case := _case(known, found)) and (effect := effects.get(case[0])):
            yield effect.finding(span, f"{case[1]} {effect.text}", case[2])


def _case(known: ServerVariables, found: re.Match[str]) -> tuple[str, str, tuple[str, ...]] | None:
    written, name = found[0], name_of_variable(found)
    own = re.fullmatch(known.pattern, written)
    if own is None:
        data = (known.form.replace("NAME", name),) if known.form and ":-" not in written else ()
        return "form", f"`{written}` is not replaced.", data
    if reason := known.never.get(name):
        return "never", f"`{written}` is not replaced: {reason}.", ()
    return None


def _inputs(context: Context, entry: ServerEntry, effect: Effect) -> Iterator[Finding]:
    declared = context.file.document.node(("inputs",))
    items = declared.items if isinstance(declared, Sequence) else ()
    ids = {
        one.value.value
        for item in items
        for one in entries_in(item)
        if isinstance(one.key, Scalar) and one.key.value == "id" and isinstance(one.value, Scalar)
    }
    for _, scalar in scalars(entry.node):
        for found in _INPUT.finditer(scalar.value):
            span = scalar.source_of(*found.span("id"))
            if found["id"] not in ids and span:
                yield effect.finding(span, f"`inputs` has no entry `{found['id']}`. {effect.text}")


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    for written in finding.data:
        yield Fix.replacing(context.file.path, finding.span, written)
