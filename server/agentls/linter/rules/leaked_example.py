"""Example outside the description.

A description often contains a short dialog with lines like ``Context:``, ``user:`` and ``assistant:``.
Without indentation, YAML reads such a line as a field, not as part of the description.

## Why

The description ends where the dialog begins, and the lines of the dialog become unknown fields.
The model that chooses an agent by its description never sees the example.

## Example

```markdown
---
name: reviewer
description: Use after a change.
Context: The user has just written a function.
user: "Is this good?"
assistant: "I will ask the reviewer."
---
```

## Use instead

```markdown
---
name: reviewer
description: |-
  Use after a change.
  Context: The user has just written a function.
  user: "Is this good?"
  assistant: "I will ask the reviewer."
---
```
"""

import re

from agentls.linter.api import Change, Context, Edit, Effect, Finding, Fix, Iterator, Span
from agentls.linter.leaked_examples import leaked
from agentls.syntax.nodes import Scalar

GROUPS = ("front-matter",)
SUPERSEDES = ("field",)
UNKNOWN_FIELDS = True

_LINE_BREAK = re.compile(r"\r\n?|\n")


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file = context.file
    fields = leaked(file)
    if fields:
        covers = Span(fields[0].span.start, fields[-1].span.end)
        message = (
            f"YAML reads this line of an example as a field, not as part of the description. {effect.text}"
        )
        yield effect.finding(fields[0].key, message, covers=covers)


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    description = file.document.field("description")
    fields = leaked(file)
    if description is None or not fields or not isinstance(description.value, Scalar):
        return
    newline = file.text.newline
    end = fields[-1].span.end
    lines = _LINE_BREAK.split(description.value.value.rstrip())
    lines += _LINE_BREAK.split(file.text.source[fields[0].span.start : end])
    body = newline.join(f"  {line.strip()}".rstrip() for line in lines)
    after_colon = file.text.source.index(":", description.key.end) + 1
    edit = Edit(Span(after_colon, end), f" |-{newline}{body}")
    yield Fix(
        "Move the example back into the description",
        Change.of(file.path, edit),
        is_safe=True,
        is_preferred=True,
    )
