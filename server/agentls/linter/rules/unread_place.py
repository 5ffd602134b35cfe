"""A file in a folder of its product in which the product does not look.

## Why

Products look for their files at certain depths only: Claude Code for ``SKILL.md`` in the folders directly
below ``skills``, Gemini CLI for agents in ``agents`` itself.
What is sorted into folders of its own, or is not in a folder as it should be, is never loaded, and nobody is
told.
What belongs to a skill, such as its examples, is left alone.

## Example

```markdown .claude/skills/web/deploy/SKILL.md
---
name: deploy
description: Deploys the site
---
```

## Use instead

```markdown .claude/skills/deploy/SKILL.md
---
name: deploy
description: Deploys the site
---
```
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from agentls.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.semantics.file import File
    from agentls.workspace import View

RULE = "unread-place"
GROUPS = ("fields",)


def check(view: View, file: File) -> Iterator[Finding]:
    effect = file.effect(RULE)
    if effect is None or file.identity.is_loaded_from or _is_in_skill(view, file.path):
        return
    span = file.document.opening or file.text.line_span(0)
    yield Finding(RULE, effect.severity, span, f"{file.dialect.product} does not look here. {effect.text}")


def _is_in_skill(view: View, path: str) -> bool:
    """Whether the folder around a skill is a skill itself; while nobody has looked, it may be."""
    around = os.path.dirname(os.path.dirname(path))
    return os.path.basename(path) == "SKILL.md" and view.exists(os.path.join(around, "SKILL.md")) is not False
