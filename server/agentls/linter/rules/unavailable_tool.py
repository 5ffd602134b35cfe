"""Tool unavailable to subagents.

## Why

Some tools belong to the main conversation, such as the one that asks the user a question.
In the tool list of an agent, they are silently dropped.
An agent with an ``initialPrompt`` is meant to be the main conversation itself, so nothing is reported there.

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

from agentls.linter.api import Change, Context, Edit, Effects, Finding, Fix, Iterator
from agentls.outcome import tool_entries

GROUPS = ("tools",)
CASES = {
    "plan": "a tool for plan mode",
}
ABOUT = "tool"
HOLDS = ("tool",)


def check(context: Context, effects: Effects) -> Iterator[Finding]:
    file = context.file
    for field in tool_entries.tool_fields(file):
        for entry in tool_entries.entries(file, field):
            variant = tool_entries.is_out_of_reach(file, entry.tool) if entry.tool else None
            case = variant.partition(".")[2] if variant else None
            if case is not None and (effect := effects.get(case)):
                message = f"`{entry.item.name}` is never available to subagents. {effect.text}"
                if case == "plan":
                    message = (
                        f"`{entry.item.name}` is available to subagents only in plan mode. {effect.text}"
                    )
                yield effect.finding(entry.item.name_span, message)


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    for field in tool_entries.tool_fields(file):
        for item in file.items(field):
            if item.name_span == finding.span and (span := file.removal(field, item)):
                change = Change.of(file.path, Edit(span, ""))
                yield Fix(f"Remove `{item.text}`", change, is_preferred=True)
