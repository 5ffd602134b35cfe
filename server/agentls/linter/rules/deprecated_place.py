"""File in a deprecated folder.

## Why

The product still reads such files to support older projects; a later version may not.

## Example

```markdown .github/chatmodes/reviewer.chatmode.md
---
description: Reviews code
---
```

## Use instead

```markdown .github/agents/reviewer.agent.md
---
description: Reviews code
---
```
"""

from agentls.linter.api import Context, Effect, Finding, Iterator

GROUPS = ("fields",)


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file = context.file
    if file.identity.is_deprecated:
        span = file.document.opening or file.text.line_span(0)
        message = f"This location is deprecated. {effect.text}"
        yield effect.finding(span, message, is_deprecated=True)
