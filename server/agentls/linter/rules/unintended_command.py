"""Example command that runs.

A command that is only shown as an example runs every time the text is loaded.

## Why

The product does not parse Markdown: ``!`command` `` runs even in a code block, a code span or a comment.
If the command fails or is not allowed, nothing of the skill or command reaches the model.

## Example

```markdown skills/write-commands/SKILL.md
---
name: write-commands
description: Explains how commands are written. Use when asked for a new one.
---

A line of a command file:

~~~markdown
Open changes: !`gh pr view --json title`
~~~
```

## Use instead

```markdown skills/write-commands/SKILL.md
---
name: write-commands
description: Explains how commands are written. Use when asked for a new one.
---

A line of a command file begins with an exclamation mark, and the command stands between backticks behind it.
```
"""

from agentls.linter.api import Context, Effect, Finding, Iterator
from agentls.outcome.body_text import shown_commands

GROUPS = ("text",)
WORDS = ("!`",)


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    for found in shown_commands(context.file):
        yield effect.finding(found.span, f"`{found.value}` runs when this text is loaded. {effect.text}")
