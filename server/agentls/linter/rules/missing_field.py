"""Missing required field.

The name and the description have their own rules.

## Why

Without the field, the product has nothing to pass to the model.

## Example

```toml .codex/agents/reviewer.toml
name = "reviewer"
description = "Reviews code"
```

## Use instead

```toml .codex/agents/reviewer.toml
name = "reviewer"
description = "Reviews code"
developer_instructions = "You review code."
```
"""

from agentls.linter.api import Context, Effect, Finding, Iterator
from agentls.linter.field_names import stands_in

GROUPS = ("fields",)
_ELSEWHERE = {"name", "description"}


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file, view = context.file, context.view
    if view.declaration(file.path):
        return
    fields = file.document.fields
    for name in sorted(file.dialect.required - _ELSEWHERE) if fields else ():
        if file.document.field(name) is None and not stands_in(file, name):
            at = (file.document.field("name") or fields[0]).key
            yield effect.finding(at, f"`{name}` is missing. {effect.text}")
