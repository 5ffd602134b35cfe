"""Overridden user agent.

A project agent with the same name overrides this user agent.

## Why

In that project, the user agent is never started.
This may be intended, so it is only information.

## Example

```markdown agents/reviewer.md
---
name: reviewer
description: Reviews code as the project wants it
---
```

```markdown ~/.claude/agents/reviewer.md
---
name: reviewer
description: Reviews code my way
---
```

## Use instead

```markdown ~/.claude/agents/reviewer.md
---
name: my-reviewer
description: Reviews code my way
---
```
"""

from agentls.linter.api import Context, Effect, Finding, Iterator, Related

GROUPS = ("references",)
FIELDS = ("name",)


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file, view = context.file, context.view
    if not file.document.string("name"):
        return
    nearer = [d for d in view.lookup("agent", file.name) if d.scope == "project" and d.name == file.name]
    if nearer:
        message = f"This project defines its own agent `{file.name}`. {effect.text}"
        related = tuple(Related(d.path, d.location, "This one is used in its project") for d in nearer)
        yield effect.finding(file.name_span, message, related=related)
