"""A file without front matter, where its product needs some.

## Why

Front matter says what the file is and when to use it.
Without it there is only a text.

## Example

```markdown .agents/skills/code-review/SKILL.md
# How to review code

Read the change, then the tests.
```

## Use instead

```markdown .agents/skills/code-review/SKILL.md
---
name: code-review
description: How to review code
---

# How to review code

Read the change, then the tests.
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentls.findings import Change, Edit, Finding, Fix
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.semantics.file import File
    from agentls.workspace import View

RULE = "missing-front-matter"
GROUPS = ("front-matter",)


def check(view: View, file: File) -> Iterator[Finding]:
    effect = file.effect(RULE)
    text = file.text.source.strip()
    if text and file.document.opening is None and effect:
        line = file.text.line_around(file.text.source.index(text))
        yield Finding(RULE, effect.severity, line, f"The file has no front matter. {effect.text}")


def fix(view: View, file: File, finding: Finding) -> Iterator[Fix]:
    newline = file.text.newline
    about = f"What this {file.dialect.kind} does, and when to use it"
    lines = ("---", f"name: {file.name}", f"description: {about}", "---", "", "")
    start = 1 if file.text.source.startswith("\ufeff") else 0
    edit = Edit(Span(start, start), newline.join(lines))
    yield Fix("Add front matter to fill in", Change.of(file.path, edit), is_preferred=True)
