"""Duplicate agent name.

Two agents in the same folder tree have the same name.
The finding is in the file that comes later by path, and links to the other one.
The same name in a different scope is not a mistake: there, one agent overrides the other.

## Why

Only one of the two is loaded; which one is undefined, and the other is silently ignored.
Usually, one of them is a copy that was not renamed.

## Example

```markdown agents/reviewer.md
---
name: reviewer
description: Reviews code
---
```

```markdown agents/team/reviewer.md
---
name: reviewer
description: Reviews the team's code
---
```

## Use instead

```markdown agents/team/reviewer.md
---
name: team-reviewer
description: Reviews the team's code
---
```
"""

from agentls.linter.api import MOST_RELATED, Context, Effect, Finding, Iterator, Related
from agentls.semantics.summary import Definition
from agentls.system import paths

GROUPS = ("references",)
FIELDS = ("name",)


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file, view = context.file, context.view
    if not file.document.string("name"):
        return
    alike = [d for d in view.lookup("agent", file.name) if d.name == file.name]
    own = next((d for d in alike if paths.key(d.path) == paths.key(file.path)), None)
    if own is None:
        return
    tree = _tree(own)
    earlier = sorted((d for d in alike if d.path < own.path and _tree(d) == tree), key=lambda d: d.path)
    if earlier:
        there = view.display_path(earlier[0].path)
        message = f"Agent `{file.name}` is already defined in `{there}`. {effect.text}"
        shown = earlier[:MOST_RELATED]
        related = tuple(Related(d.path, d.location, "The same name is defined here") for d in shown)
        yield effect.finding(file.name_span, message, related=related)


def _tree(definition: Definition) -> tuple[str, str]:
    """The folder in which a name may be given once: of a project's nested folders the nearest one counts."""
    return definition.scope, definition.project if definition.scope == "project" else ""
