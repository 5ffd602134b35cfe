"""Unused skill.

Off by default.
Reports skills that nothing references: no agent preloads the skill, no file links to it, and no file
mentions its name in backticks or after a slash.
The model may still choose it by its description.
User-only skills are not reported.

## Why

Its description is part of every conversation, whether the skill is needed or not.

## Example

```markdown skills/deploy/SKILL.md
---
description: Deploys to production
---
```

## Use instead

```markdown skills/deploy/SKILL.md
---
description: Deploys to production
---
```

```markdown
---
name: releaser
description: Prepares a release
skills: deploy
---
```
"""

from agentls.linter.api import Context, Effect, Finding, Iterator
from agentls.semantics.summary import Definition
from agentls.workspace import symbols
from agentls.workspace.symbols import Symbol

GROUPS = ("references", "opt-in")


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file, view = context.file, context.view
    if not view.is_complete:
        return
    span = file.name_span if file.document.field("name") else file.document.opening
    for definition in view.summary(file.path).proper_definitions:
        if span and not definition.is_for_users and not _is_used(context, definition):
            message = f"No other file references the skill `{definition.name}`. {effect.text}"
            yield effect.finding(span, message)


def _is_used(context: Context, skill: Definition) -> bool:
    file, view = context.file, context.view
    symbol = Symbol(skill.kind, skill.name, file.name_span, (skill,))
    if any(path != file.path for path, _ in symbols.mentions(view, symbol)):
        return True
    return bool(symbols.prose_mention_paths(view, skill, skill.name))
