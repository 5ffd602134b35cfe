"""A tool that a subagent never gets.

## Why

Some tools belong to the main conversation, such as asking the user a question.
Listed in an agent they are dropped without a word.
An agent with an ``initialPrompt`` is meant to be the main conversation itself, so nothing is said there.

## Example

```markdown
---
name: planner
description: Plans work
tools: Read, AskUserQuestion
---
```

## Use instead

```markdown
---
name: planner
description: Plans work and returns open questions in its report
tools: Read
---
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentls.findings import Change, Edit, Finding, Fix
from agentls.outcome import tool_entries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.semantics.file import File
    from agentls.workspace import View

RULE = "unavailable-tool"
GROUPS = ("tools",)
CASES = {
    "plan": "a tool for plan mode",
}


def check(view: View, file: File) -> Iterator[Finding]:
    for field in tool_entries.tool_fields(file):
        for entry in tool_entries.entries(file, field):
            variant = tool_entries.is_out_of_reach(file, entry.tool) if entry.tool else None
            effect = file.effect(variant) if variant else None
            if effect:
                message = f"A subagent never gets `{entry.item.name}`. {effect.text}"
                if variant == f"{RULE}.plan":
                    message = f"A subagent gets `{entry.item.name}` only in plan mode. {effect.text}"
                yield Finding(RULE, effect.severity, entry.item.name_span, message)


def fix(view: View, file: File, finding: Finding) -> Iterator[Fix]:
    for field in tool_entries.tool_fields(file):
        for item in file.items(field):
            if item.name_span == finding.span and (span := file.removal(field, item)):
                change = Change.of(file.path, Edit(span, ""))
                yield Fix(f"Remove `{item.text}`", change, is_preferred=True)
