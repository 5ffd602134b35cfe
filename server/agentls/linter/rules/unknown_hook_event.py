"""Unknown hook event.

## Why

The names of events are fixed, and letter case counts.
The hooks of an unknown event never run, so a safeguard is silently lost.

## Example

```markdown
---
name: reviewer
description: Reviews code
hooks:
  PreToolUze:
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
  PreToolUse:
    - matcher: Bash
      hooks:
        - type: command
          command: echo checked
---
```
"""

from agentls.linter.api import Context, Effects, Finding, Fix, Iterator
from agentls.outcome import hook_shape
from agentls.text.similar_words import did_you_mean

GROUPS = ("hooks",)
ABOUT = "value"
FIELDS = ("hooks",)
CASES = {"guard": "an unknown event that contains hooks of an event that guards"}


def check(context: Context, effects: Effects) -> Iterator[Finding]:
    for one in hook_shape.of(context.file):
        if one.rule == hook_shape.UNKNOWN and (effect := effects.get(one.case)):
            guess = did_you_mean(one.data[0] if one.data else None)
            yield effect.finding(one.span, f"{one.message} {effect.text}{guess}", one.data)


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    for name in finding.data:
        yield Fix.replacing(context.file.path, finding.span, name)
