"""Deprecated field.

## Why

A deprecated field works today, but only in some places, and may stop working in a later version.

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

from agentls.linter.api import Context, Effect, Finding, Iterator

GROUPS = ("fields",)


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file = context.file
    for field, spec in file.specified_fields:
        if advice := spec.deprecated:
            message = f"`{field.name}` is deprecated. {effect.text} {advice}"
            yield effect.finding(field.key, message, is_deprecated=True)
