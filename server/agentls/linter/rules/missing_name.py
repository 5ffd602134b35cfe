"""An agent without a name.

The front matter has no ``name``, or an empty one.

## Why

The name is what an agent is called by; its file name plays no part.
A file without one is taken for documentation and never loaded, which nobody is told.
If it is documentation, remove the front matter and the finding is gone.

## Example

```markdown
---
description: Reviews code
---
```

## Use instead

```markdown
---
name: reviewer
description: Reviews code
---
```
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from agentls.findings import Change, Edit, Finding, Fix
from agentls.linter.field_names import stands_in
from agentls.syntax.document import Scalar
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.semantics.file import File
    from agentls.workspace import ScopedView

RULE = "missing-name"
GROUPS = ("fields",)


def check(view: ScopedView, file: File) -> Iterator[Finding]:
    effect = file.effect(RULE)
    document = file.document
    if effect is None or document.opening is None or not document.fields:
        return
    field = document.field("name")
    if field is None:
        if stands_in(file, "name") or view.declaration(file.path):
            return
        at = document.opening if document.opening.length else document.fields[0].key
        yield Finding(RULE, effect.severity, at, f"There is no `name`. {effect.text}")
    elif isinstance(field.value, Scalar) and field.value.plain in (None, ""):
        message = f"The `name` is empty. {effect.text}"
        yield Finding(RULE, effect.severity, field.key, message, covers=field.span)


def fix(view: ScopedView, file: File, finding: Finding) -> Iterator[Fix]:
    name = re.sub(r"[^a-z0-9]+", "-", os.path.splitext(os.path.basename(file.path))[0].lower()).strip("-")
    if not name:
        return
    field = file.document.field("name")
    if field:
        edit = Edit(field.span, file.dialect.entry("name", name))
    else:
        start = file.document.content.start
        edit = Edit(Span(start, start), f"{file.dialect.entry('name', name)}{file.text.newline}")
    yield Fix(f"Name it `{name}`, after its file", Change.of(file.path, edit), is_preferred=True)
