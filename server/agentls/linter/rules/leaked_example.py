"""Lines of an example that became fields of their own.

A description often holds a short dialogue with lines like ``Context:``, ``user:`` and ``assistant:``.
Without indentation such a line is a field for YAML, not a part of the description.

## Why

The description ends where the dialogue begins, and the lines of the dialogue are unknown fields.
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

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agentls.findings import Change, Edit, Finding, Fix
from agentls.linter.leaked_examples import leaked
from agentls.syntax.document import Scalar
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.semantics.file import File
    from agentls.workspace import View

RULE = "leaked-example"
GROUPS = ("front-matter",)

_LINE_BREAK = re.compile(r"\r\n?|\n")


def check(view: View, file: File) -> Iterator[Finding]:
    effect = file.effect(RULE)
    fields = leaked(file)
    if fields and effect:
        covers = Span(fields[0].span.start, fields[-1].span.end)
        message = (
            f"This line of an example is a field to YAML and no longer part of the description. {effect.text}"
        )
        yield Finding(RULE, effect.severity, fields[0].key, message, covers=covers)


def fix(view: View, file: File, finding: Finding) -> Iterator[Fix]:
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
        "Put the example back into the description",
        Change.of(file.path, edit),
        is_safe=True,
        is_preferred=True,
    )
