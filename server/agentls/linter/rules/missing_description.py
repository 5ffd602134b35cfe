"""Missing description.

The front matter has no ``description``, or an empty one.

## Why

The main agent chooses agents by their description, and a file without one is not loaded.

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

import re

from agentls.linter.api import Change, Context, Edit, Effect, Finding, Fix, Iterator, Span
from agentls.linter.empty_values import effect_of
from agentls.linter.field_names import stands_in
from agentls.syntax.nodes import Scalar

GROUPS = ("fields",)
ABOUT = "value"
SUPERSEDES = ("invalid-value",)

# Words that were meant as a value and start with a number sign.
_COMMENT = re.compile(r":[^\S\r\n]+(?P<words>#(?:[^\S\r\n]*+\S)*+)")


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file, view = context.file, context.view
    document = file.document
    if not document.fields:
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
        yield effect.finding(at, f"`description` is missing. {effect.text}")
    elif isinstance(field.value, Scalar) and (field.value.plain is None or not field.value.value.strip()):
        effect = effect_of(file, "description", effect)
        message = f"`description` is empty. {effect.text}"
        yield effect.finding(field.key, message, covers=field.span)


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    words, form = f"What this {file.dialect.kind} does, and when to use it", file.dialect.format
    field, name = file.document.field("description"), file.document.field("name")
    if field and (comment := _COMMENT.match(file.text.source, field.key.end)):
        edit = Edit(Span(*comment.span("words")), form.quoted(comment["words"]))
        yield Fix("Quote the comment", Change.of(file.path, edit), is_preferred=True)
        return
    line = form.entry_line("description", words)
    if field:
        edit = Edit(field.span, form.entry("description", words))
    else:
        start = file.document.lines_of(name)[-1].end if name else file.document.content.start
        is_begun = start > 0 and file.text.source[start - 1] not in "\r\n"
        edit = Edit(Span(start, start), file.text.with_line_breaks(f"\n{line}" if is_begun else line))
    yield Fix("Add a description", Change.of(file.path, edit), is_preferred=True)
