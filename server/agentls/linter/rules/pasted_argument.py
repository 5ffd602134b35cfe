"""An argument inside a command that is run while the text is loaded.

## Why

What the user types is pasted into the command as it is: with ``x; rm -r src`` as the argument, both are run.

## Example

```markdown commands/show.md
---
description: Shows an issue
argument-hint: "[number]"
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
            found.span, f"`{written}` is pasted into a command without quotes. {effect.text}"
        )
