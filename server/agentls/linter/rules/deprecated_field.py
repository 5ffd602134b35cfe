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

from agentls.linter.api import Context, Effect, Finding, Iterator

GROUPS = ("fields",)


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file = context.file
    for field, spec in file.specified_fields:
        if advice := spec.deprecated:
            message = f"`{field.name}` is deprecated. {effect.text} {advice}"
            yield effect.finding(field.key, message, is_deprecated=True)
