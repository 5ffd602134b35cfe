"""Removed or renamed tool.

## Why

A removed tool is silently dropped.
An old name that still works is only a hint.

## Example

```markdown
---
name: editor
description: Edits many files at once
tools: Read, MultiEdit
---
```

## Use instead

```markdown
---
name: editor
description: Edits many files at once
tools: Read, Edit
---
```
"""

from agentls.linter.api import Change, Context, Edit, Effect, Effects, File, Finding, Fix, Iterator
from agentls.outcome import tool_entries
from agentls.syntax.document import Field
from agentls.syntax.name_lists import ListItem

GROUPS = ("tools",)
CASES = {
    "alias": "the old name still works",
    "denied": "in a list of denied tools",
}
ABOUT = "tool"
ENTRIES = (tool_entries.EntryStatus.REMOVED, tool_entries.EntryStatus.ALIAS)


def check(context: Context, effects: Effects) -> Iterator[Finding]:
    file = context.file
    for field in tool_entries.tool_fields(file):
        yield from _check(file, field, effects.get(""), effects.get("alias"))
    for field in tool_entries.denial_fields(file):
        yield from _check(file, field, effects.get("denied"), effects.get("alias"))


def _check(file: File, field: Field, removed: Effect | None, renamed: Effect | None) -> Iterator[Finding]:
    tools, present = file.dialect.tools, {item.name for item in file.items(field)}
    for entry in tool_entries.entries(file, field):
        name, span = entry.item.name, entry.item.name_span
        if entry.status is tool_entries.EntryStatus.REMOVED and removed:
            instead = tools.removed[name].instead
            listed = " or ".join(f"`{tool}`" for tool in instead)
            advice = f" Use {listed}." if listed else ""
            if there := [tool for tool in instead if tool in present]:
                advice = tool_entries.already_listed(*there)
            message = f"`{name}` is no longer a tool. {removed.text}{advice}"
            yield removed.finding(span, message, instead, is_deprecated=True)
        elif entry.status is tool_entries.EntryStatus.ALIAS and renamed:
            new = tools.aliases[name].of
            message = f"`{name}` was renamed to `{new}`. {renamed.text}"
            yield renamed.finding(span, message, (new,), is_deprecated=True)


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    field, item = _find(file, finding)
    if field is None or item is None:
        return
    present = {other.name for other in file.items(field)}
    missing = [tool for tool in finding.data if tool not in present]
    for tool in missing if len(missing) == len(finding.data) else ():
        is_rename = item.name in file.dialect.tools.aliases
        change = Change.of(file.path, Edit(finding.span, tool))
        yield Fix(f"Change to `{tool}`", change, is_safe=is_rename, is_preferred=tool == finding.data[0])
    if span := file.removal(field, item):
        # The product drops the name anyway, so without it the file means the same.
        is_certain = len(missing) < len(finding.data) or not finding.data
        change = Change.of(file.path, Edit(span, ""))
        yield Fix(f"Remove `{item.text}`", change, is_safe=is_certain, is_preferred=is_certain)


def _find(file: File, finding: Finding) -> tuple[Field | None, ListItem | None]:
    for field in (*tool_entries.tool_fields(file), *tool_entries.denial_fields(file)):
        for item in file.items(field):
            if item.name_span == finding.span:
                return field, item
    return None, None
