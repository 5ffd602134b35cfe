"""Misspelled key further inside a field.

## Why

The product does not know the key and ignores it, usually silently.

## Example

```json .mcp.json
{
  "mcpServers": {
    "docs": {"command": "docs-server", "arg": ["--all"]}
  }
}
```

## Use instead

```json .mcp.json
{
  "mcpServers": {
    "docs": {"command": "docs-server", "args": ["--all"]}
  }
}
```
"""

from agentls.linter.api import Context, Effect, Finding, Fix, Iterator
from agentls.products import nested_values
from agentls.semantics import server_entries
from agentls.syntax.nodes import Mapping, Node, Scalar, Sequence
from agentls.text.similar_words import equal_ignoring_style, is_one_edit_away

GROUPS = ("fields",)
ABOUT = "field"
# Shorter names are one letter away from too many others.
_SHORTEST = 4
# What has rules of its own.
_OTHERS = ("hooks",)


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file = context.file
    for field, _ in file.specified_fields:
        if field.name in _OTHERS:
            continue
        for key, others, known in _keys(context, field.name, (), field.value):
            meant = equal_ignoring_style(key.value, known) or _close(key.value, known)
            if meant and meant not in others:
                message = f"`{key.value}` is not known here; use `{meant}`. {effect.text}"
                yield effect.finding(key.inner, message, (meant,))


def _keys(
    context: Context, field: str, path: tuple[str, ...], node: Node
) -> Iterator[tuple[Scalar, frozenset[str], list[str]]]:
    """Keys that are in no schema, where it names those that there are; with the others, and those."""
    schemas = nested_values.inside(context.file.dialect, field, path)
    if not schemas:
        return
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _keys(context, field, (*path, nested_values.ITEM), item)
    if not isinstance(node, Mapping):
        return
    known = {spec.name for spec in nested_values.keys(schemas)}
    # Of a map with any names each may be meant.
    is_closed = known and not any(isinstance(schema.get("additionalProperties"), dict) for schema in schemas)
    names = frozenset(entry.key.value for entry in node.entries if isinstance(entry.key, Scalar))
    foreign = server_entries.known_elsewhere(context.file.dialect)
    for entry in node.entries:
        if not isinstance(entry.key, Scalar):
            continue
        name = entry.key.value
        if name in known or not is_closed:
            yield from _keys(context, field, (*path, name), entry.value)
        elif name not in foreign:
            yield entry.key, names, sorted(known)


def _close(name: str, known: list[str]) -> str | None:
    if len(name) < _SHORTEST - 1:
        return None
    close = [other for other in known if len(other) >= _SHORTEST and is_one_edit_away(name, other)]
    return close[0] if len(close) == 1 else None


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    for name in finding.data:
        yield Fix.replacing(context.file.path, finding.span, name)
