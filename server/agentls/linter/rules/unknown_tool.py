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

import re
from collections.abc import Container

from agentls.linter.api import (
    Change,
    Context,
    Edit,
    Effect,
    Effects,
    File,
    Finding,
    Fix,
    Iterator,
    Span,
    apply,
)
from agentls.outcome import tool_entries
from agentls.outcome.tool_entries import EntryStatus, ToolEntry
from agentls.products import FieldSpec
from agentls.refactoring import tool_names
from agentls.syntax.document import Field
from agentls.syntax.name_lists import ListItem
from agentls.text.similar_letters import explanation
from agentls.text.similar_words import did_you_mean, equal_ignoring_style
from agentls.workspace import server_tool_names

GROUPS = ("tools",)
ABOUT = "tool"
CASES = {
    "pattern": "a pattern that matches no tool, or parentheses that the product does not know",
}
ENTRIES = (EntryStatus.UNKNOWN, EntryStatus.UNMATCHABLE, EntryStatus.SPECIFIED)

_LONGEST_SHOWN = 60


def check(context: Context, effects: Effects) -> Iterator[Finding]:
    file = context.file
    for spec, entries in tool_entries.lists(file):
        listed = {entry.item.name for entry in entries}
        for entry in entries:
            if entry.status is EntryStatus.UNKNOWN and (effect := effects.get("")):
                meant = _closed(file, entry, spec) or _meant(context, entry, listed)
                says = f"{_complaint(file, entry.item)} {effect.text}"
                if meant in listed:
                    # To write it twice would mend nothing.
                    yield effect.finding(entry.item.name_span, f"{says}{tool_entries.already_listed(meant)}")
                else:
                    message = f"{says}{tool_entries.instead(file.dialect.tools, entry.item.name, meant)}"
                    yield effect.finding(entry.item.name_span, message, (meant,) if meant else ())
            elif entry.status in _PATTERNS and (effect := effects.get("pattern") or effects.get("")):
                yield _of_pattern(file, entry, spec, effect, listed)


def _meant(context: Context, entry: ToolEntry, listed: Container[str]) -> str | None:
    """A tool of a configured server comes first: nothing else begins with its name by chance."""
    whole = server_tool_names.whole_name(context, entry.item.name)
    if whole:
        return None if whole in listed else whole
    return tool_entries.suggestion(context.file.dialect.tools, entry.item.name, listed)


_PATTERNS = (EntryStatus.UNMATCHABLE, EntryStatus.SPECIFIED)


def _of_pattern(
    file: File, entry: ToolEntry, spec: FieldSpec, effect: Effect, listed: Container[str]
) -> Finding:
    item, tools = entry.item, file.dialect.tools
    shown = f"`{item.text:.{_LONGEST_SHOWN}}`"
    server = tools.servers.guessed(item.name)
    meant = ""
    if entry.status is EntryStatus.SPECIFIED:
        complaint = (
            f"{shown} is not a tool of {file.dialect.product}: names with parentheses are not allowed here."
        )
        meant = item.name
    elif server and server != tools.servers.spelt(server):
        complaint = f"{shown} matches no tool: in such names, letters beyond A to Z and signs become `_`."
        meant = item.name.replace(server, tools.servers.spelt(server), 1)
    else:
        complaint = f"{shown} matches no tool. {spec.entries.doc}"
        meant = tools.servers.whole(server) if server else ""
    is_tool = tool_entries.classify(tools, ListItem(meant, item.span), spec.entries).is_usable
    suggestions = (meant,) if is_tool and meant not in listed else ()
    return effect.finding(item.span, f"{complaint} {effect.text}{did_you_mean(*suggestions)}", suggestions)


def _closed(file: File, entry: ToolEntry, spec: FieldSpec) -> str:
    """A tool with parentheses of which the last one was forgotten; not where more may be in them."""
    closed = ListItem(f"{entry.item.text})", entry.item.span)
    meant = tool_entries.classify(file.dialect.tools, closed, spec.entries)
    is_one = meant.is_usable and re.fullmatch(r"[^(),]+", closed.specifier or "")
    return closed.text if is_one and not tool_entries.is_widened(meant, spec.entries) else ""


def _complaint(file: File, item: ListItem) -> str:
    if item.text.count("(") != item.text.count(")"):
        return f"The parentheses in `{item.text:.{_LONGEST_SHOWN}}` are not balanced."
    if owners := file.dialect.tools.foreign.get(item.name):
        return f"`{item.name}` is a tool of {_and(owners)}, not of {file.dialect.product}."
    return f"`{item.name:.{_LONGEST_SHOWN}}` is not a tool of {file.dialect.product}.{explanation(item.name)}"


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
    if field and not finding.data and (item := _twice(file, field, finding)):
        span = file.removal(field, item)
        if span:
            yield Fix(f"Remove `{item.text}`", Change.of(file.path, Edit(span, "")), is_preferred=True)
        return
    own = tool_names.translation(file, field) if field else None
    if own is None or not own.edits or finding.span not in own.names:
        return
    # One name that is the same as the one above needs no second action.
    if own.after not in [apply(file.text.source, [Edit(finding.span, word)]) for word in finding.data]:
        yield Fix(f"Use the tool names of {file.dialect.product}", Change.of(file.path, *own.edits))


def _twice(file: File, field: Field, finding: Finding) -> ListItem | None:
    """The entry at a finding if the tool that was meant stands in the same list."""
    listed, by_place = file.derive(("listed", field.span), lambda: _listed(file, field))
    found = by_place.get(finding.span)
    meant = tool_entries.suggestion(file.dialect.tools, found.name, listed) if found else None
    return found if meant in listed else None


def _listed(file: File, field: Field) -> tuple[set[str], dict[Span, ListItem]]:
    """The names of a list, and its entries by the places of these."""
    items = file.items(field)
    return {item.name for item in items}, {item.name_span: item for item in items}
