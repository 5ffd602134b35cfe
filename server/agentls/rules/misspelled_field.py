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
from agentls.nearest import is_one_edit_away, same_but_for_spelling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.file import File
    from agentls.workspace import View

RULE = "misspelled-field"
GROUPS = ("fields",)

# Shorter names are one letter away from too many others: `mode` is no `model`.
_SHORTEST = 5


def check(view: View, file: File) -> Iterator[Finding]:  # noqa: ARG001
    effect = file.effect(RULE)
    for field in file.document.fields if effect and effect.severity else ():
        meant = _meant(file, field.name)
        if meant and effect and effect.severity:
            says = f"`{field.name}` is not a field of a {file.dialect.title}; it is called `{meant}`."
            message = f"{says} {effect.text}"
            yield Finding(RULE, effect.severity, field.key, message, (meant,), covers=field.key)


def _meant(file: File, name: str) -> str | None:
    """The field that was meant, if there is no doubt."""
    facts, fields = file.dialect.facts, file.dialect.fields
    if name in fields or name in facts.get("allowed-unknown", ()) or name in facts.get("ignored", ()):
        return None
    if meant := facts.get("misspelled", {}).get(name):
        return str(meant)
    if same := same_but_for_spelling(name, fields):
        return same
    close = [known for known in fields if len(known) >= _SHORTEST and is_one_edit_away(name, known)]
    return close[0] if len(close) == 1 and len(name) >= _SHORTEST else None


def fix(view: View, file: File, finding: Finding) -> Iterator[Fix]:  # noqa: ARG001
    (meant,) = finding.data
    if file.document.field(meant) is None:
        change = Change.of(file.path, Edit(finding.span, meant))
        yield Fix(f"Rename to `{meant}`", change, preferred=True)
