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

from agentls.linter.api import Change, Context, Edit, Effects, Finding, Fix, Iterator
from agentls.outcome.body_text import language_of_commands, shown_commands

GROUPS = ("text",)
CASES = {"language": "the language of a block of commands, which is the first command"}
WORDS = ("!`", "```!")


def check(context: Context, effects: Effects) -> Iterator[Finding]:
    file = context.file
    if effect := effects.get(""):
        for found in shown_commands(file):
            yield effect.finding(found.span, f"`{found.value}` runs when this text is loaded. {effect.text}")
    if effect := effects.get("language"):
        for found in file.substitutions:
            if span := language_of_commands(file, found):
                yield effect.finding(
                    span,
                    f"`{file.text.slice(span)}` runs as the first command of this block. {effect.text}",
                    ("",),
                )


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    if finding.data:
        file = context.file
        yield Fix("Remove the language", Change.of(file.path, Edit(finding.span, "")), is_safe=True)
