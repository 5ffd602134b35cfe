"""Unused argument.

A declared argument that the text never uses.

## Why

What the user types for it reaches the model only at the end of the text, or not at all.

## Example

```markdown commands/compare.md
---
description: Compares two branches
arguments: [base, head]
---

Compare $base with the current branch.
```

## Use instead

```markdown commands/compare.md
---
description: Compares two branches
arguments: [base, head]
---

Compare $base with $head.
```
"""

from agentls.linter.api import Context, Effect, Finding, Iterator
from agentls.outcome.body_text import unused_names

GROUPS = ("text",)


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file = context.file
    field = file.document.field(file.dialect.text.names_field)
    unused = unused_names(file) if field else []
    if field and unused:
        names = ", ".join(f"`${name}`" for name in unused)
        yield effect.finding(field.value.span, f"The text never uses {names}. {effect.text}")
