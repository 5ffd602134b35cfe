"""A tool that does not exist any more, or goes by another name now.

## Why

A removed tool is dropped without a word.
An old name that is still honoured works, and the finding about it is only a hint.

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

from __future__ import annotations

from typing import TYPE_CHECKING

from agentls.findings import Change, Edit, Finding, Fix
from agentls.outcome import tool_entries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.semantics.file import File
    from agentls.syntax.document import Field
    from agentls.syntax.name_lists import ListItem
    from agentls.workspace import View

RULE = "removed-tool"
GROUPS = ("tools",)
CASES = {
    "alias": "the old name still works",
    "denied": "among the tools that are denied",
}


def check(view: View, file: File) -> Iterator[Finding]:
    for field in tool_entries.tool_fields(file):
        yield from _check(file, field, RULE)
    for field in tool_entries.denial_fields(file):
        yield from _check(file, field, f"{RULE}.denied")


def _check(file: File, field: Field, removed: str) -> Iterator[Finding]:
    tools = file.dialect.tools
    for entry in tool_entries.entries(file, field):
        name, span = entry.item.name, entry.item.name_span
        if entry.status is tool_entries.EntryStatus.REMOVED and (effect := file.effect(removed)):
            facts = tools.removed[name]
            instead = tuple(facts.get("instead", ()))
            listed = " or ".join(f"`{tool}`" for tool in instead)
            advice = f" Use {listed}." if listed else ""
            message = f"`{name}` is no longer a tool. {effect.text}{advice}"
            yield Finding(RULE, effect.severity, span, message, instead, is_deprecated=True)
        elif entry.status is tool_entries.EntryStatus.ALIAS and (effect := file.effect(f"{RULE}.alias")):
            new = tools.aliases[name]["of"]
            message = f"`{name}` is called `{new}` now. {effect.text}"
            yield Finding(RULE, effect.severity, span, message, (new,), is_deprecated=True)


def fix(view: View, file: File, finding: Finding) -> Iterator[Fix]:
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
