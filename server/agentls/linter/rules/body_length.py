"""Instructions that are missing, or longer than the product takes.

## Why

What stands below the front matter is the agent's prompt.
Some products do not load an agent without one, or one whose prompt is very long.

## Example

```markdown .qwen/agents/reviewer.md
---
name: reviewer
description: Reviews code
---
```

## Use instead

```markdown .qwen/agents/reviewer.md
---
name: reviewer
description: Reviews code
---

You review code.
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentls.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.semantics.file import File
    from agentls.workspace import View

RULE = "body-length"
GROUPS = ("text",)
CASES = {
    "short": "too short",
    "long": "too long",
}


def check(view: View, file: File) -> Iterator[Finding]:
    limits = file.dialect.facts.get("body", {})
    length = len(file.text.slice(file.document.body).strip())
    if length < limits.get("least", 0):
        variant, says = "short", f"{length} characters, and at least {limits['least']} are needed"
    elif length > limits.get("most", length):
        variant, says = "long", f"{length:,} characters, more than {limits['most']:,}"
    else:
        return
    effect = file.effect(f"{RULE}.{variant}")
    if effect and (closing := file.document.closing):
        message = f"The text below the front matter has {says}. {effect.text}"
        yield Finding(RULE, effect.severity, closing, message)
