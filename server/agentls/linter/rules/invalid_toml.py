"""Invalid TOML.

## Why

A TOML reader reads the whole file or nothing.

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

from agentls.linter.api import Context, Effect, Finding, Iterator

GROUPS = ("front-matter",)
SUPERSEDES = ("value", "missing-field")
PROBLEMS = ("",)


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file = context.file
    for problem in file.document.problems:
        message = f"Invalid TOML: {problem.detail}. {effect.text}"
        # A TOML parser reads the whole file or nothing.
        yield effect.finding(problem.span, message, covers=file.document.content)
