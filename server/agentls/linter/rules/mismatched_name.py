"""A skill whose name is not that of its folder.

## Why

Some products call the skill by its name, others by its folder.
Whoever names it is understood by one of them only.

## Example

```markdown .agents/skills/code-review/SKILL.md
---
name: reviewing
description: Reviews code
---
```

## Use instead

```markdown .agents/skills/code-review/SKILL.md
---
name: code-review
description: Reviews code
---
```
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from agentls.findings import Finding, Fix

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.semantics.file import File
    from agentls.workspace import View

RULE = "mismatched-name"
GROUPS = ("fields",)


def check(view: View, file: File) -> Iterator[Finding]:
    effect = file.effect(RULE)
    name = file.document.string("name")
    folder = _folder(file)
    if name and name != folder and effect:
        message = f"The {file.dialect.kind} is called `{name}`, and its folder `{folder}`. {effect.text}"
        yield Finding(RULE, effect.severity, file.name_span, message, (folder,))


def _folder(file: File) -> str:
    return os.path.basename(os.path.dirname(file.path))


def fix(view: View, file: File, finding: Finding) -> Iterator[Fix]:
    yield Fix.replacing(file.path, finding.span, _folder(file))
