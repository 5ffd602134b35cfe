"""Tool both allowed and denied.

## Why

The tool is in both lists, so it is denied: the agent silently runs without it.

## Example

```markdown
---
name: reviewer
description: Reviews code
tools: Read, Bash
disallowedTools: Bash
---
```

## Use instead

```markdown
---
name: reviewer
description: Reviews code
tools: Read
---
```
"""

from agentls.linter.api import Change, Context, Edit, Effect, Finding, Fix, Iterator
from agentls.outcome import entry_problems

GROUPS = ("tools",)
ABOUT = "tool"
FIELDS = ("disallowedTools",)


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    for one in entry_problems.denied(context.file):
        yield effect.finding(one.span, f"{one.message} {effect.text}")


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    field = file.document.field_at(finding.span.start)
    item = file.item_at(field, finding.span) if field else None
    if field and item and (gone := file.removal(field, item)):
        yield Fix(f"Remove `{item.text}` here", Change.of(file.path, Edit(gone, "")), is_preferred=True)
