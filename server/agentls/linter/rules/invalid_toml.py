"""A file that is not TOML.

## Why

A reader of TOML reads all of a file or nothing.

## Example

```toml .codex/agents/reviewer.toml
name = "reviewer"
description = Reviews code
developer_instructions = "You review code."
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

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.semantics.file import File
    from agentls.workspace import View

RULE = "invalid-toml"
GROUPS = ("front-matter",)


def check(view: View, file: File) -> Iterator[Finding]:
    effect = file.effect(RULE)
    for problem in file.document.problems:
        if problem.kind == "toml" and effect:
            message = f"This is not TOML: {problem.detail}. {effect.text}"
            yield Finding(RULE, effect.severity, problem.span, message, covers=problem.entry)
