r"""Unescaped dollar sign.

A dollar sign and a number are replaced by an argument, although a shell variable, an awk field or an amount
of money is meant.
In skills and commands, ``$1`` is replaced by a word that the user types, even in code blocks.
What ``argument-hint`` or ``arguments`` declares is not reported.

## Why

``awk '{print $1}'`` becomes a different program as soon as the user types an argument, and ``$0.10`` becomes
a different price.

## Example

```markdown skills/list-files/SKILL.md
---
name: list-files
description: Lists the files of a folder. Use when asked what is there.
---

Run `ls -l | awk '{print $1}'`.
```

## Use instead

```markdown skills/list-files/SKILL.md
---
name: list-files
description: Lists the files of a folder. Use when asked what is there.
---

Run `ls -l | awk '{print \$1}'`.
```
"""

from agentls.linter.api import Change, Context, Edit, Effect, Finding, Fix, Iterator, Span
from agentls.outcome.body_text import unmeant_arguments, unmeant_names

GROUPS = ("text",)
WORDS = ("$",)


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file = context.file
    for found in unmeant_arguments(file):
        written = file.text.slice(found.span)
        meant = "an amount of money" if found.is_money else "code"
        message = f"`{written}` is replaced by an argument, but {meant} is meant. {effect.text}"
        yield effect.finding(found.span, message)
    for name in unmeant_names(file):
        written = file.text.slice(name.span)
        message = (
            f"`{written}` is replaced by an argument, but a variable of this code is meant. {effect.text}"
        )
        yield effect.finding(name.span, message)


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    if "escape" not in context.file.text_grammar.forms:
        return
    start = finding.span.start
    edit = Edit(Span(start, start), "\\")
    yield Fix("Escape the dollar sign", Change.of(context.file.path, edit), is_safe=True, is_preferred=True)
