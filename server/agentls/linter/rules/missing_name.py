"""Missing name.

The front matter has no ``name``, or an empty one.

## Why

An agent is called by its name; its file name plays no role.
A file without a name is treated as documentation and silently skipped.
If it is documentation, remove the front matter, and the finding disappears.

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

import os
import re

from agentls.findings import Severity
from agentls.linter.api import Change, Context, Edit, Effect, File, Finding, Fix, Iterator, Span
from agentls.linter.empty_values import effect_of
from agentls.linter.field_names import stands_in
from agentls.syntax.document import Field
from agentls.syntax.nodes import Scalar

GROUPS = ("fields",)
ABOUT = "value"
SUPERSEDES = ("invalid-value",)


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file, view = context.file, context.view
    document = file.document
    if document.opening is None or not document.fields:
        return
    field = document.field("name")
    if field is None:
        if stands_in(file, "name") or view.declaration(file.path):
            return
        at = document.opening if document.opening.length else document.fields[0].key
        yield effect.finding(at, f"`name` is missing. {effect.text}")
    elif isinstance(field.value, Scalar) and field.value.plain in (None, ""):
        # What needs a name and has none may be meant as documentation.
        effect = effect if effect.severity <= Severity.WARNING else effect_of(file, "name", effect)
        message = f"`name` is empty. {effect.text}"
        yield effect.finding(field.key, message, covers=field.span)


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    name = re.sub(r"[^a-z0-9]+", "-", os.path.splitext(os.path.basename(file.path))[0].lower()).strip("-")
    if not name:
        return
    field, form = file.document.field("name"), file.dialect.format
    if form.quotes_keys and file.document.fields:
        name = os.path.basename(file.identity.root)
        edit = _first_in_braces(file, f'"name": {form.quoted(name)}', field)
    elif field:
        edit = Edit(field.span, form.entry("name", name))
    else:
        start = file.document.content.start
        edit = Edit(Span(start, start), file.text.with_line_breaks(form.entry_line("name", name)))
    after = "folder" if form.quotes_keys else "file"
    yield Fix(f"Name it `{name}`, after its {after}", Change.of(file.path, edit), is_preferred=True)


def _first_in_braces(file: File, entry: str, field: Field | None) -> Edit:
    """The field with a name, in its place or before all others."""
    start = file.document.fields[0].span.start
    return Edit(field.span, entry) if field else Edit(Span(start, start), f"{entry}, ")
