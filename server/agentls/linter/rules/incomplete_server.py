"""MCP server without a transport.

The entry says neither which program to start nor which address to reach, or not how, or both at once.

## Why

The product drops such a server, usually silently, and its tools are missing.
Some products tell from ``url`` alone that a server is remote.
Others take every entry without ``type`` for a local program.

## Example

```json .mcp.json
{
  "mcpServers": {
    "docs": {"url": "https://example.org/mcp"}
  }
}
```

## Use instead

```json .mcp.json
{
  "mcpServers": {
    "docs": {"type": "http", "url": "https://example.org/mcp"}
  }
}
```
"""

from agentls.linter.api import Change, Context, Edit, Effects, Finding, Fix, Iterator, Span
from agentls.products.facts import ServerTable
from agentls.semantics.server_entries import ServerEntry, server_entries
from agentls.syntax.nodes import Mapping, Scalar

GROUPS = ("servers",)
CASES = {
    "transport": "a `url` without `type`",
    "nothing": "nothing to start or reach",
    "both": "a program and an address",
    "refused": "a key that the product refuses",
}


def check(context: Context, effects: Effects) -> Iterator[Finding]:
    table = context.file.dialect.servers
    for entry in server_entries(context.file) if table else ():
        if table and isinstance(entry.node, Mapping) and (found := _problem(table, entry)):
            case, span, message, data = found
            if effect := effects.get(case):
                yield effect.finding(span, f"{message} {effect.text}", data)


_Problem = tuple[str, Span, str, tuple[str, ...]]


def _problem(table: ServerTable, entry: ServerEntry) -> _Problem | None:
    name = f"`{entry.name}`"
    for key, instead in table.refused.items():
        if place := entry.key_of(key):
            return "refused", place.inner, f"`{key}` is not accepted in {name}: {instead}.", ()
    command, url = entry.key_of("command"), entry.key_of("url")
    if table.excludes and command and url:
        return "both", url.inner, f"{name} has a `command` and a `url`.", ()
    if any(entry.key_of(key) for key in table.alone):
        return None
    if "type" in entry.keys and table.transports:
        return _typed(table, entry)
    if any(entry.key_of(key) for key in table.untyped):
        return None
    for key in ("url", "command"):
        if (place := entry.key_of(key)) and (usual := _transport(table, key)):
            article = "an" if key[0] in "aeio" else "a"
            return "transport", place.inner, f"{name} has {article} `{key}` and no `type`.", (usual,)
    needed = " nor ".join(f"`{key}`" for key in dict.fromkeys((*table.untyped, *table.transports.values())))
    return "nothing", entry.key.inner, f"{name} has neither {needed}.", ()


def _typed(table: ServerTable, entry: ServerEntry) -> _Problem | None:
    """A ``type`` that is none has a finding of its own."""
    kind, needed = entry.value("type"), table.transports.get(entry.text("type"))
    if needed is None or entry.key_of(needed) or not isinstance(kind, Scalar):
        return None
    return "nothing", kind.inner, f"`{entry.name}` has no `{needed}`, which `{kind.value}` needs.", ()


def _transport(table: ServerTable, key: str) -> str:
    """What ``type`` mostly is beside a key."""
    if table.transports.get(table.usual) == key:
        return table.usual
    return next((name for name, needed in table.transports.items() if needed == key), "")


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    form = file.dialect.format
    for kind in finding.data if form.quotes_keys else ():
        start = finding.span.start - 1
        line = file.text.line_around(start)
        before = file.text.source[line.start : start]
        gap = " " if before.strip() else f"{file.text.newline}{before}"
        new = f"{form.key('type')}{form.separator}{form.quoted(kind)},{gap}"
        change = Change.of(file.path, Edit(Span(start, start), new))
        yield Fix(f"Add `type` with `{kind}`", change, is_preferred=True)
