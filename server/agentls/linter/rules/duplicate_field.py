"""The same field twice.

## Why

YAML readers keep the last of several fields of one name and drop the others without a word.

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

from __future__ import annotations

from typing import TYPE_CHECKING

from agentls.findings import Change, Edit, Finding, Fix, Related

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.semantics.file import File
    from agentls.syntax.document import Field
    from agentls.workspace import View

RULE = "duplicate-field"
GROUPS = ("fields",)


def check(view: View, file: File) -> Iterator[Finding]:
    effect = file.effect(RULE)
    last: dict[str, Field] = {field.name: field for field in file.document.fields}
    # Each place is made once: it holds its line, which may be long, and the duplicates may be many.
    places: dict[str, tuple[Related]] = {}
    for field in file.document.fields:
        kept = last[field.name]
        if field is not kept and effect:
            message = f"`{field.name}` stands here and again further down. {effect.text}"
            if kept.name not in places:
                places[kept.name] = (Related(file.path, file.text.locate(kept.key), "This one counts"),)
            related = places[kept.name]
            yield Finding(RULE, effect.severity, field.key, message, is_unnecessary=True, related=related)


def fix(view: View, file: File, finding: Finding) -> Iterator[Fix]:
    field = file.document.field_at(finding.span.end)
    if field and field.key == finding.span:
        change = Change.of(file.path, Edit(file.document.lines_of(field), ""))
        yield Fix("Remove this one, which has no effect", change)
