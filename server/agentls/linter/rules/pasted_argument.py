"""Unquoted argument in a command.

The command runs while the text is loaded.

## Why

What the user types is inserted into the command as is: with ``x; rm -r src`` as the argument, both commands
run.

## Example

```markdown commands/show.md
---
description: Shows an issue
argument-hint: "[number]"
allowed-tools: Bash(gh issue view *)
---

The issue: !`gh issue view $ARGUMENTS`
```

## Use instead

```markdown commands/show.md
---
description: Shows an issue
argument-hint: "[number]"
---

Read issue $ARGUMENTS with `gh issue view`.
```
"""

from agentls.linter.api import Context, Effect, Finding, Iterator
from agentls.outcome.body_text import pasted_arguments

GROUPS = ("text",)
WORDS = ("$",)


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    for found in pasted_arguments(context.file):
        written = context.file.text.slice(found.span)
        yield effect.finding(
            found.span, f"`{written}` is inserted into a command without quotes. {effect.text}"
        )
