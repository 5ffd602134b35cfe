"""Timeout in milliseconds.

## Why

Some products count the timeout of a hook in milliseconds, this one counts seconds.
A hook that hangs then blocks the session for an hour or more.

## Example

```markdown
---
name: reviewer
description: Reviews code
hooks:
  PreToolUse:
    - matcher: Bash
      hooks:
        - type: command
          command: echo checked
          timeout: 5000
---
```

## Use instead

```markdown
---
name: reviewer
description: Reviews code
hooks:
  PreToolUse:
    - matcher: Bash
      hooks:
        - type: command
          command: echo checked
          timeout: 5
---
```
"""

from agentls.linter.api import Context, Effect, Finding, Fix, Iterator
from agentls.outcome import idle_hooks

GROUPS = ("hooks",)
ABOUT = "value"
FIELDS = ("hooks",)


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    for one in idle_hooks.of(context.file):
        if one.cause == idle_hooks.LONG:
            yield effect.finding(one.span, f"{one.message} {effect.text}", one.data)


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    for seconds in finding.data:
        yield Fix.replacing(context.file.path, finding.span, seconds)
