"""Matcher of an event that has none.

## Why

The product ignores the matcher, so the hook runs each time.

## Example

```markdown
---
name: reviewer
description: Reviews code
hooks:
  Stop:
    - matcher: Bash
      hooks:
        - type: command
          command: echo checked
---
```

## Use instead

```markdown
---
name: reviewer
description: Reviews code
hooks:
  Stop:
    - hooks:
        - type: command
          command: echo checked
---
```
"""

from agentls.linter.api import Context, Effect, Finding, Iterator
from agentls.outcome import idle_hooks

GROUPS = ("hooks",)
ABOUT = "value"
FIELDS = ("hooks",)


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    for one in idle_hooks.of(context.file):
        if one.cause == idle_hooks.IGNORED:
            yield effect.finding(one.span, f"{one.message} {effect.text}", is_unnecessary=True)
