"""An agent of the user whose place a project's agent of the same name takes.

## Why

In that project the user's own agent is never started, however good it is.
This may be meant, so it is information only.

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
        message = f"A project here has an agent `{file.name}` of its own. {effect.text}"
        related = tuple(Related(d.path, d.location, "This one is started in its project") for d in nearer)
        yield effect.finding(file.name_span, message, related=related)
