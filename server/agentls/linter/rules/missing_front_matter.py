"""Missing front matter.

## Why

Front matter says what the file is and when to use it.
Without it, the file is only text.

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

from agentls.linter.api import Change, Context, Edit, Effect, Finding, Fix, Iterator, Span
from agentls.syntax.writing import render

GROUPS = ("front-matter",)


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file = context.file
    text = file.text.source.strip()
    if text and file.document.opening is None:
        line = file.text.line_around(file.text.source.index(text))
        yield effect.finding(line, f"The file has no front matter. {effect.text}")


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    about = f"What this {file.dialect.kind} does, and when to use it"
    front = render(file.dialect.format, {"name": file.name, "description": about})
    start = 1 if file.text.source.startswith("\ufeff") else 0
    if front:
        edit = Edit(Span(start, start), file.text.with_line_breaks(f"{front}\n"))
        yield Fix("Add front matter", Change.of(file.path, edit), is_preferred=True)
