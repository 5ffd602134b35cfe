"""Invalid hook.

A hook that the product cannot read: an unknown type, a missing or wrong value, a list where a map belongs.

## Why

The product drops the hook, usually silently.
A broken hook of an event that guards, such as ``PreToolUse``, keeps everything around it from loading.

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
          timeout: "5"
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

from agentls.linter.api import Context, Effects, Finding, Fix, Iterator
from agentls.outcome import hook_shape
from agentls.text.similar_words import did_you_mean

GROUPS = ("hooks",)
ABOUT = "value"
FIELDS = ("hooks",)
CASES = {
    "guard": "a hook of an event that guards, such as `PreToolUse`",
    "list": "a list instead of a map of events",
    "all": "a value that is no map of events",
}


def check(context: Context, effects: Effects) -> Iterator[Finding]:
    for one in hook_shape.of(context.file):
        if one.rule == hook_shape.INVALID and (effect := effects.get(one.case)):
            guess = did_you_mean(one.data[1] if one.data[:1] == ("word",) else None)
            yield effect.finding(one.span, f"{one.message} {effect.text}{guess}", one.data)


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    match finding.data:
        case ("word", word):
            spelled = file.dialect.format.in_place(file.text.source, finding.span, word)
            yield Fix.replacing(file.path, finding.span, word, spelled)
        case ("key", name):
            yield Fix.replacing(file.path, finding.span, name)
        case ("plain",):
            value = file.text.slice(finding.span)[1:-1]
            yield Fix.replacing(file.path, finding.span, value)
