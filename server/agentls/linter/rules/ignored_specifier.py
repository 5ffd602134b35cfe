"""Parentheses behind a tool that restrict nothing.

In ``tools`` and ``disallowedTools`` of an agent, Claude Code goes by the name alone; only the agents in
``Agent(…)`` mean something.
Elsewhere, a rule for paths belongs to ``Edit`` or ``Read``.

## Why

``Bash(git log *)`` in an agent's ``tools`` gives it all of ``Bash``, and ``Bash(git push *)`` in its
``disallowedTools`` takes all of ``Bash`` away, both without a word.

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
    "denied": "among the tools that are denied",
    "path": "a rule for paths at a tool that has none",
}


def check(context: Context, effects: Effects) -> Iterator[Finding]:
    for one in entry_problems.specifiers(context.file):
        if effect := effects.get(one.cause.partition(".")[2]):
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
            yield Fix(f"Remove `{own.text}`, since `{new}` is there", change, is_preferred=True)
        elif own:
            yield Fix(f"Change to `{new}`", Change.of(file.path, Edit(own.span, new)), is_preferred=True)
