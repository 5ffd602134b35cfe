"""A description that says too little to be chosen by.

An opinion, silent unless it is asked for: fewer than 40 characters.

## Why

A model chooses an agent or a skill by its description alone; a good one says what it does and when to use it.

## Example

```markdown
---
name: reviewer
description: Reviews code
---
```

## Use instead

```markdown
---
name: reviewer
description: Reviews code for errors and style. Use it after every change, before a commit.
---
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentls.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.semantics.file import File
    from agentls.workspace import View

RULE = "short-description"
GROUPS = ("opinion",)

_LEAST = 40


def check(view: View, file: File) -> Iterator[Finding]:
    effect = file.effect(RULE)
    text = file.document.string("description")
    field = file.document.field("description")
    if effect and text and field and len(text) < _LEAST:
        message = f"This description has {len(text)} characters only. {effect.text}"
        yield Finding(RULE, effect.severity, field.value.span, message)
