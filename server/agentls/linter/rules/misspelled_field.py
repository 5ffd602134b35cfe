"""A field name that is almost right.

## Why

The product ignores the field, so what it was to restrict or to say is not in force.

## Example

```markdown
---
name: reviewer
description: Reviews code
allowed-tools: Read, Grep
---
```

## Use instead

```markdown
---
name: reviewer
description: Reviews code
tools: Read, Grep
---
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentls.findings import Change, Edit, Finding, Fix
from agentls.linter.field_names import meant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.semantics.file import File
    from agentls.workspace import View

RULE = "misspelled-field"
GROUPS = ("fields",)


def check(view: View, file: File) -> Iterator[Finding]:
    effect = file.effect(RULE)
    if effect is None:
        return
    for field in file.document.fields:
        known = meant(file, field.name)
        if known:
            # Where a field is missing because it is misspelled, what its lack does is what counts.
            lack = None if file.document.field(known) else file.effect(f"missing-{known}")
            severity = min(effect.severity, lack.severity) if lack else effect.severity
            title = file.dialect.title
            article = "an" if title[0].lower() in "aeiou" else "a"
            says = f"`{field.name}` is not a field of {article} {title}; it is called `{known}`."
            message = f"{says} {(lack or effect).text}"
            yield Finding(RULE, severity, field.key, message, (known,), covers=field.key)


def fix(view: View, file: File, finding: Finding) -> Iterator[Fix]:
    (known,) = finding.data
    if file.document.field(known) is None:
        change = Change.of(file.path, Edit(finding.span, known))
        yield Fix(f"Rename to `{known}`", change, is_preferred=True)
