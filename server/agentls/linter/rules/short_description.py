"""Short description.

Off by default.
Reports descriptions shorter than 40 characters.

## Why

A model chooses an agent or a skill by its description alone.
A good description says what it does and when to use it.

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

from agentls.linter.api import Context, Effect, Finding, Iterator

GROUPS = ("opt-in",)
FIELDS = ("description",)

_LEAST = 40


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file = context.file
    text = file.document.string("description")
    field = file.document.field("description")
    if text and field and len(text) < _LEAST:
        message = f"This description has only {len(text)} characters. {effect.text}"
        yield effect.finding(field.value.span, message)
