r"""Replacement character (U+FFFD).

It marks text that a program could not read.

## Why

The original text is lost: the bytes are gone, so no tool can restore them.
The model reads a question mark in a box in the middle of its instructions.

## Example

```markdown agents/reviewer.md escaped
---
name: reviewer
description: Reviews code
---

Read the caf\u{fffd} menu first.
```

## Use instead

```markdown agents/reviewer.md escaped
---
name: reviewer
description: Reviews code
---

Read the café menu first.
```
"""

import re

from agentls.linter.api import Context, Effect, Finding, Iterator, Span

GROUPS = ("encoding",)
CHARACTERS = "\ufffd"
_RUN = re.compile("\ufffd+")
# In code or quotation marks of its own it is being talked about.
_MENTION = frozenset(("``", '""', "''", "“”", "()"))


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file = context.file
    source = file.text.source
    echoes = file.origin.echoes if file.origin else frozenset()
    for match in _RUN.finditer(source):
        start, end = match.span()
        around = source[max(start - 1, 0) : start] + source[end : end + 1]
        if around not in _MENTION and not echoes.issuperset(range(start, end)):
            count = end - start
            says = "Lost text: U+FFFD" if count == 1 else f"Lost text: {count} times U+FFFD"
            yield effect.finding(Span(start, end), f"{says}. {effect.text}")
