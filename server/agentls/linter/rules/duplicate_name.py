"""Duplicate name in a list.

The second entry has no effect.

## Why

A repeated tool or skill is usually left over from an edit: another name was meant, or the entry can be
removed.

## Example

```markdown
---
name: reviewer
description: Reviews code
tools: Read, Grep, Read
---
```

## Use instead

```markdown
---
name: reviewer
description: Reviews code
tools: Read, Grep
---
```
"""

from agentls.linter.api import Change, Context, Edit, Effect, Finding, Fix, Iterator
from agentls.outcome import tool_entries

GROUPS = ("tools", "references")
ABOUT = "list"


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file = context.file
    for field, spec in file.specified_fields:
        seen: set[str] = set()
        for item in file.items(field) if spec.is_names else ():
            # What is no tool at all has a finding that says so.
            is_usable = (
                spec.holds != "tool"
                or tool_entries.classify(file.dialect.tools, item, spec.entries).is_usable
            )
            if item.text in seen and is_usable:
                message = f"`{item.text}` is already in this list. {effect.text}"
                yield effect.finding(item.span, message, is_unnecessary=True)
            seen.add(item.text)


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    field = file.document.field_at(finding.span.start)
    item = file.item_at(field, finding.span) if field else None
    if field and item and (gone := file.removal(field, item)):
        change = Change.of(file.path, Edit(gone, ""))
        yield Fix(f"Remove the duplicate `{item.text}`", change, is_safe=True, is_preferred=True)
