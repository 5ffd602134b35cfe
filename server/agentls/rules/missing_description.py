"""An agent without a description.

The front matter has a ``name`` but no ``description``, or an empty one.

## Why

The description is what the main agent chooses by, and a file without one is not loaded.

## Example

```markdown
---
name: reviewer
---
```

## Use instead

```markdown
---
name: reviewer
description: Reviews code. Use it after every change.
---
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentls.document import Scalar
from agentls.findings import Finding
from agentls.spelling import stands_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.file import File
    from agentls.workspace import View

RULE = "missing-description"
GROUPS = ("fields",)


def check(view: View, file: File) -> Iterator[Finding]:  # noqa: ARG001
    effect = file.effect(RULE)
    document = file.document
    name = document.field("name")
    if not effect or not effect.severity or name is None:
        return
    field = document.field("description")
    if field is None:
        if stands_in(file, "description"):
            return
        yield Finding(RULE, effect.severity, name.key, f"There is no `description`. {effect.text}")
    elif isinstance(field.value, Scalar) and (field.value.plain is None or not field.value.value.strip()):
        message = f"The `description` is empty. {effect.text}"
        yield Finding(RULE, effect.severity, field.key, message, covers=field.span)
