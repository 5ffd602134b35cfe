"""A field that has a successor.

## Why

What is deprecated works today and in some places only; in a later version it may not work at all.

## Example

```markdown .github/agents/reviewer.agent.md
---
description: Reviews code
infer: false
---
```

## Use instead

```markdown .github/agents/reviewer.agent.md
---
description: Reviews code
disable-model-invocation: true
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

RULE = "deprecated-field"
GROUPS = ("fields",)


def check(view: View, file: File) -> Iterator[Finding]:
    effect = file.effect(RULE)
    if effect is None:
        return
    for field, spec in file.specified_fields:
        if advice := spec.facts.get("deprecated"):
            message = f"`{field.name}` is deprecated. {effect.text} {advice}"
            yield Finding(RULE, effect.severity, field.key, message, is_deprecated=True)
