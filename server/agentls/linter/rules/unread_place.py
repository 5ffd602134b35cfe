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

import os

from agentls.linter.api import Context, Effect, Finding, Iterator

GROUPS = ("fields",)


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file = context.file
    if file.identity.is_loaded_from or _is_in_skill(context):
        return
    span = file.document.opening or file.text.line_span(0)
    yield effect.finding(span, f"{file.dialect.product} does not look here. {effect.text}")


def _is_in_skill(context: Context) -> bool:
    """Whether the folder around a skill is a skill itself; while nobody has looked, it may be."""
    path = context.file.path
    around = os.path.dirname(os.path.dirname(path))
    is_skill = os.path.basename(path) == "SKILL.md"
    return is_skill and context.view.exists(os.path.join(around, "SKILL.md")) is not False
