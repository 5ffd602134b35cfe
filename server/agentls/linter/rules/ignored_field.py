"""Field without effect.

The product knows the field, but ignores it in this kind of file or from this source.
For example, an agent from a plugin cannot define hooks, and a command is always named after its file.

## Why

The field has no effect here.

## Example

```markdown commands/deploy.md
---
name: ship-it
description: Deploys the project
---
```

## Use instead

```markdown commands/deploy.md
---
description: Deploys the project
---
```
"""

from agentls.linter.api import Change, Context, Edit, Effect, File, Finding, Fix, Iterator
from agentls.products import FieldSpec

GROUPS = ("fields",)
SUPERSEDES = ("value", "tool", "name")


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file = context.file
    reasons = file.dialect.ignored
    for field in file.document.fields:
        spec = file.dialect.fields.get(field.name)
        is_ignored = spec is not None and file.scope in spec.ignored_in
        is_ignored = is_ignored or (spec is not None and _is_for_another(file, spec))
        reason = reasons.get(field.name) or (f"`{field.name}` has no effect here." if is_ignored else "")
        if reason:
            message = reason if field.name in reasons else f"{reason} {effect.text}"
            yield effect.finding(field.key, message, is_unnecessary=True, covers=field.span)


def _is_for_another(file: File, spec: FieldSpec) -> bool:
    """Whether another field says that the file is for a place that does not read this one."""
    for name, place in spec.only_for.items():
        chosen = file.document.string(name)
        if chosen and chosen != place:
            return True
    return False


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    field = next((field for field in file.document.fields if field.key == finding.span), None)
    if field:
        edits = (Edit(lines, "") for lines in file.document.lines_of(field))
        yield Fix(f"Remove `{field.name}`", Change.of(file.path, *edits))
