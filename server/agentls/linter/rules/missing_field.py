"""A field that the product demands and that is not there.

A name and a description have rules of their own.

## Why

Without it the product has nothing to tell the model.

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

from __future__ import annotations

from typing import TYPE_CHECKING

from agentls.findings import Finding
from agentls.linter.field_names import stands_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.semantics.file import File
    from agentls.workspace import ScopedView

RULE = "missing-field"
GROUPS = ("fields",)
_ELSEWHERE = {"name", "description"}


def check(view: ScopedView, file: File) -> Iterator[Finding]:
    effect = file.effect(RULE)
    if effect is None or view.declaration(file.path):
        return
    fields = file.document.fields
    for name in sorted(file.dialect.required - _ELSEWHERE) if fields else ():
        if file.document.field(name) is None and not stands_in(file, name):
            at = (file.document.field("name") or fields[0]).key
            yield Finding(RULE, effect.severity, at, f"There is no `{name}`. {effect.text}")
