"""Parentheses without effect.

In ``tools`` and ``disallowedTools`` of an agent, Claude Code only looks at the name of the tool; only the
agents in ``Agent(…)`` have an effect.
Elsewhere, path rules belong to ``Edit`` or ``Read``.

## Why

``Bash(git log *)`` in an agent's ``tools`` silently grants all of ``Bash``, and ``Bash(git push *)`` in its
``disallowedTools`` silently removes all of ``Bash``.

## Example

```markdown
---
name: reviewer
description: Reviews code
tools: Read, Bash(git log *)
---
```

## Use instead

```markdown
---
name: reviewer
description: Reviews code
tools: Read, Bash
---
```

What its commands may be is then the affair of permission rules in ``settings.json``, or of a hook.
"""

from agentls.linter.api import Change, Context, Edit, Effects, Finding, Fix, Iterator
from agentls.outcome import entry_problems

GROUPS = ("tools",)
ABOUT = "tool"
HOLDS = ("tool",)
CASES = {
    "denied": "in a list of denied tools",
    "path": "a path rule for a tool that has none",
}


def check(context: Context, effects: Effects) -> Iterator[Finding]:
    for one in entry_problems.specifiers(context.file):
        if effect := effects.get(one.case):
            yield effect.finding(one.span, f"{one.message} {effect.text}", one.data)


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    field = file.document.field_at(finding.span.start)
    if field is None:
        return
    items = file.items(field)
    # The parentheses, or all of an entry, whose other end is the same.
    own = next((item for item in items if item.span.end == finding.span.end), None)
    for new in finding.data if own else ():
        if own and any(item.text == new for item in items) and (gone := file.removal(field, own)):
            change = Change.of(file.path, Edit(gone, ""))
            yield Fix(f"Remove `{own.text}`, because `{new}` is in the list", change, is_preferred=True)
        elif own:
            yield Fix(f"Change to `{new}`", Change.of(file.path, Edit(own.span, new)), is_preferred=True)
