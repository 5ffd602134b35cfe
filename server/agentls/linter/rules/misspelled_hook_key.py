"""Misspelled key of a hook.

## Why

The product ignores unknown keys of a hook, so what the key says has no effect.

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
          tiemout: 5
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
from agentls.outcome import hook_shape

GROUPS = ("hooks",)
ABOUT = "value"
FIELDS = ("hooks",)


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    for one in hook_shape.of(context.file):
        if one.cause == hook_shape.MISSPELLED:
            yield effect.finding(one.span, f"{one.message} {effect.text}", one.data)


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    for name in finding.data:
        yield Fix.replacing(context.file.path, finding.span, name)
