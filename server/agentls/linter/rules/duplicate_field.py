"""Duplicate field.

## Why

If a field occurs more than once, YAML readers keep the last one and silently drop the others.

## Example

```markdown
---
name: reviewer
description: Reviews code
description: Reviews code and tests
---
```

## Use instead

```markdown
---
name: reviewer
description: Reviews code and tests
---
```
"""

from agentls.linter.api import Change, Context, Edit, Effect, File, Finding, Fix, Iterator, Related
from agentls.syntax.nodes import Mapping, Node, Scalar, Sequence

GROUPS = ("fields",)
ABOUT = "field"


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file = context.file
    last = {field.name: field for field in file.document.fields}
    # Each place is made once: it holds its line, which may be long, and the duplicates may be many.
    places: dict[str, tuple[Related]] = {}
    for field in file.document.fields:
        kept = last[field.name]
        if field is not kept:
            message = f"`{field.name}` is set again further down. {effect.text}"
            if kept.name not in places:
                places[kept.name] = (Related(file.path, file.text.locate(kept.key), "This one is used"),)
            related = places[kept.name]
            yield effect.finding(field.key, message, is_unnecessary=True, related=related)
    for field in last.values():
        yield from _inside(file, field.value, effect)


def _inside(file: File, node: Node, effect: Effect) -> Iterator[Finding]:
    """The same of keys further inside a field."""
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _inside(file, item, effect)
    if not isinstance(node, Mapping):
        return
    keys = [entry.key for entry in node.entries if isinstance(entry.key, Scalar)]
    last = {key.value: key for key in keys}
    places: dict[str, tuple[Related]] = {}
    for key in keys:
        if (kept := last[key.value]) is not key:
            message = f"`{key.value}` is set again further down. {effect.text}"
            if key.value not in places:
                places[key.value] = (Related(file.path, file.text.locate(kept.span), "This one is used"),)
            yield effect.finding(key.inner, message, is_unnecessary=True, related=places[key.value])
    for entry in node.entries:
        yield from _inside(file, entry.value, effect)


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    field = file.document.field_at(finding.span.end)
    # Without its line, JSON would keep a comma too many.
    if field and field.key == finding.span and not file.dialect.format.quotes_keys:
        change = Change.of(file.path, *(Edit(span, "") for span in file.document.removals([field])))
        yield Fix("Remove this field, which has no effect", change)
