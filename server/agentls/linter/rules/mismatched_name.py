"""Skill name differs from folder name.

## Why

Some products call the skill by its name, others by its folder.
A reference to one name does not work in products that use the other.

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

import os

from agentls.linter.api import Context, Effect, File, Finding, Fix, Iterator

GROUPS = ("fields",)
FIELDS = ("name",)


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file = context.file
    name = file.document.string("name")
    folder = _folder(file)
    if name and name != folder and file.identity.is_loaded_from:
        message = f"The {file.dialect.kind} is named `{name}`, but its folder `{folder}`. {effect.text}"
        yield effect.finding(file.name_span, message, (folder,))


def _folder(file: File) -> str:
    return os.path.basename(os.path.dirname(file.path))


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    yield Fix.replacing(file.path, finding.span, _folder(file))
