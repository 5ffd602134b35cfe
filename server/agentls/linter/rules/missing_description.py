"""An agent without a description.

The front matter has a ``name`` but no ``description``, or an empty one.

## Why

The description is what the main agent chooses by, and a file without one is not loaded.

## Example

```markdown
---
name: reviewer
---
```

## Use instead

```markdown
---
name: reviewer
description: Reviews code. Use it after every change.
---
```
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agentls.findings import Change, Edit, Finding, Fix
from agentls.linter.field_names import stands_in
from agentls.syntax.document import Scalar
from agentls.syntax.yaml_retry import double_quoted
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.semantics.file import File
    from agentls.workspace import ScopedView

RULE = "missing-description"
GROUPS = ("fields",)

# Words that were meant as a value and start with a number sign.
_COMMENT = re.compile(r":[^\S\r\n]+(?P<words>#(?:[^\S\r\n]*+\S)*+)")


def check(view: ScopedView, file: File) -> Iterator[Finding]:
    effect = file.effect(RULE)
    document = file.document
    if effect is None or not document.fields:
        return
    name = document.field("name")
    # Without the name that it needs, it is no agent that lacks a description.
    if name is None and "name" in file.dialect.required:
        return
    field = document.field("description")
    if field is None:
        declared = view.declaration(file.path)
        if stands_in(file, "description") or (declared and declared.doc):
            return
        fence = document.opening if document.opening and document.opening.length else document.fields[0].key
        at = name.key if name else fence
        yield Finding(RULE, effect.severity, at, f"There is no `description`. {effect.text}")
    elif isinstance(field.value, Scalar) and (field.value.plain is None or not field.value.value.strip()):
        message = f"The `description` is empty. {effect.text}"
        yield Finding(RULE, effect.severity, field.key, message, covers=field.span)


def fix(view: ScopedView, file: File, finding: Finding) -> Iterator[Fix]:
    words = f"What this {file.dialect.kind} does, and when to use it"
    field, name = file.document.field("description"), file.document.field("name")
    if field and (comment := _COMMENT.match(file.text.source, field.key.end)):
        edit = Edit(Span(*comment.span("words")), double_quoted(comment["words"]))
        yield Fix("Put the comment between quotes", Change.of(file.path, edit), is_preferred=True)
        return
    if field:
        edit = Edit(field.span, file.dialect.entry("description", words))
    elif name:
        end = file.document.lines_of(name).end
        edit = Edit(Span(end, end), f"{file.dialect.entry('description', words)}{file.text.newline}")
    else:
        start = file.document.content.start
        edit = Edit(Span(start, start), f"{file.dialect.entry('description', words)}{file.text.newline}")
    yield Fix("Add a description to fill in", Change.of(file.path, edit), is_preferred=True)
