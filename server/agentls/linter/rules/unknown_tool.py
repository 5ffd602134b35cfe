"""Unknown tool.

## Why

Tool names are case-sensitive, and unknown names are silently dropped, so the agent runs without the tool.

## Example

```markdown
---
name: reviewer
description: Reviews code
tools: Read, Gerp
---
```

## Use instead

```markdown
---
name: reviewer
description: Reviews code
tools: Read, Grep
---
```
"""

from agentls.linter.api import Change, Context, Edit, Effect, File, Finding, Fix, Iterator, apply
from agentls.outcome import tool_entries
from agentls.refactoring import tool_names
from agentls.syntax.name_lists import ListItem
from agentls.text.similar_words import did_you_mean, equal_ignoring_style

GROUPS = ("tools",)
ABOUT = "tool"
ENTRIES = (tool_entries.EntryStatus.UNKNOWN,)

_LONGEST_SHOWN = 60


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file = context.file
    for entries in tool_entries.lists(file):
        listed = {entry.item.name for entry in entries}
        for entry in entries:
            if entry.status is tool_entries.EntryStatus.UNKNOWN:
                meant = tool_entries.suggestion(file.dialect.tools, entry.item.name, listed)
                message = f"{_complaint(file, entry.item)} {effect.text}{did_you_mean(meant)}"
                yield effect.finding(entry.item.name_span, message, (meant,) if meant else ())


def _complaint(file: File, item: ListItem) -> str:
    if item.text.count("(") != item.text.count(")"):
        return f"The parentheses in `{item.text:.{_LONGEST_SHOWN}}` are not balanced."
    if owners := file.dialect.tools.foreign.get(item.name):
        return f"`{item.name}` is a tool of {_and(owners)}, not of {file.dialect.product}."
    return f"`{item.name:.{_LONGEST_SHOWN}}` is not a tool of {file.dialect.product}."


def _and(products: list[str]) -> str:
    *others, last = products
    return f"{', '.join(others)} and {last}" if others else last


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    name = file.text.slice(finding.span)
    for meant in finding.data:
        is_same = equal_ignoring_style(name, [meant]) is not None
        yield Fix.replacing(file.path, finding.span, meant, is_safe=is_same)
        if is_same:
            return
    field = file.document.field_at(finding.span.start)
    edits = tool_names.edits(file, field, finding.span) if field else ()
    after = apply(file.text.source, edits)
    # One name that is the same as the one above needs no second action.
    if edits and after not in [apply(file.text.source, [Edit(finding.span, word)]) for word in finding.data]:
        yield Fix(f"Use the tool names of {file.dialect.product}", Change.of(file.path, *edits))
