"""A file in a folder that a product has given up.

## Why

The product still reads such files for the sake of older projects; in a later version it may not.

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

from __future__ import annotations

from typing import TYPE_CHECKING

from agentls.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.semantics.file import File
    from agentls.workspace import View

RULE = "deprecated-place"
GROUPS = ("fields",)


def check(view: View, file: File) -> Iterator[Finding]:
    effect = file.effect(RULE)
    if file.identity.is_deprecated and effect:
        span = file.document.opening or file.text.line_span(0)
        message = f"This is not where such a file belongs any more. {effect.text}"
        yield Finding(RULE, effect.severity, span, message, is_deprecated=True)
