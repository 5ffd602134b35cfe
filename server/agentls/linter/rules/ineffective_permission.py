"""Permission rule without effect.

The rule comes before one that matches everything, is compared with something else than it looks like, names
a permission that no tool asks for, or allows what is allowed anyway.

## Why

The last matching rule wins, so a rule above ``"*"`` never applies.
Patterns of ``edit`` and ``read`` are matched against paths relative to the project root, and patterns of
``bash`` against each whole command.
What should be denied is then silently allowed.

## Example

```markdown .opencode/agents/reviewer.md
---
description: Reviews code
mode: subagent
permission:
  bash:
    "rm *": deny
    "*": allow
---
```

## Use instead

```markdown .opencode/agents/reviewer.md
---
description: Reviews code
mode: subagent
permission:
  bash:
    "*": allow
    "rm *": deny
---
```
"""

from agentls.linter.api import Change, Context, Edit, Effects, File, Finding, Fix, Iterator, Span
from agentls.outcome import permission_problems
from agentls.syntax.nodes import Entry, Mapping, Node, Scalar

GROUPS = ("tools",)
ABOUT = "tool"
CASES = {
    "overruled": "a rule that a later one overrides",
    "unmatchable": "a pattern that matches nothing",
    "covered": "a tool that uses the permission of another tool",
    "exact": "a command that is denied only without arguments",
    "allowed": "a list that allows what is allowed without it",
}


def check(context: Context, effects: Effects) -> Iterator[Finding]:
    for one in permission_problems.of(context.file):
        if effect := effects.get(one.case):
            yield effect.finding(one.span, f"{one.message} {effect.text}", one.data)


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    match finding.data:
        case ("replace", new):
            yield Fix.replacing(context.file.path, finding.span, new)
        case ("move", name):
            if change := _moved_below(context.file, finding.span, name):
                yield Fix(f"Move it below `{name}`", change, is_preferred=True)


def _moved_below(file: File, span: Span, name: str) -> Change | None:
    """The entry with that key behind the one of that name, where each of the two has lines of its own."""
    field = file.document.field_at(span.start)
    for entries in _maps(field.value) if field else ():
        keys = [entry.key for entry in entries if isinstance(entry.key, Scalar)]
        own = next((index for index, key in enumerate(keys) if key.inner == span), None)
        below = next((index for index, key in enumerate(keys) if key.value == name), None)
        if own is None or below is None or own >= below or len(keys) != len(entries):
            continue
        moved, last = (
            file.text.lines_around(Span(keys[i].span.start, entries[i].value.span.end)) for i in (own, below)
        )
        # The last line of a file may have no end.
        if moved.end <= last.start and file.text.slice(last)[-1:] in ("\r", "\n"):
            place = Span(last.end, last.end)
            return Change.of(file.path, Edit(moved, ""), Edit(place, file.text.slice(moved)))
    return None


def _maps(node: Node) -> Iterator[tuple[Entry, ...]]:
    if isinstance(node, Mapping) and not node.flow:
        yield node.entries
        for entry in node.entries:
            yield from _maps(entry.value)
