"""Tool list without valid tools.

Reported once, instead of one warning for each name.

## Why

An agent whose tools are all unknown would run without any tool, so the product refuses to start it.
Programs are not tools: to run one, the agent needs a shell tool such as ``Bash``.

## Example

```markdown
---
name: builder
description: Builds the project
tools: make, gcc
---
```

## Use instead

```markdown
---
name: builder
description: Builds the project
tools: Bash
---
```
"""

import re

from agentls.linter.api import (
    MOST_RELATED,
    Change,
    Context,
    Edit,
    Effect,
    File,
    Finding,
    Fix,
    Iterator,
    Related,
    Span,
)
from agentls.outcome import tool_entries, tool_refusal
from agentls.outcome.tool_entries import EntryStatus, ToolEntry
from agentls.syntax.document import Field
from agentls.text.similar_letters import explanation
from agentls.text.similar_words import did_you_mean
from agentls.workspace import server_tool_names

GROUPS = ("tools",)
ABOUT = "list"
SUPERSEDES = ("tool",)
FIELDS = ("tools",)


# What a program or package is called; a word for all or no tools is none.
_SHELL = "Bash"
_PROGRAM = re.compile(r"[a-z][a-z0-9.+-]*")
_NO_PROGRAMS = frozenset(
    {"all", "any", "none", "no", "null", "true", "false", "default", "everything", "inherit"}
)


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file = context.file
    field = file.document.field("tools")
    entries = tool_refusal.refused_entries(file)
    if not entries or field is None:
        return
    programs = [entry.item.name for entry in entries if entry.item.name in file.dialect.tools.programs.names]
    meant = {entry.item.text: _meant(context, entry, is_of_programs=bool(programs)) for entry in entries}
    words = list(dict.fromkeys(filter(None, meant.values())))
    complaint = "None of these names is a tool that a subagent can have."
    if all(entry.is_usable and not _is_out_of_reach(file, entry) for entry in entries):
        complaint = "Every tool of this list is denied."
    letters = next(filter(None, (explanation(entry.item.name) for entry in entries)), "")
    is_shell = bool(programs) and words == [_SHELL]
    advice = (
        f" An agent runs programs such as `{programs[0]}` with `{_SHELL}`."
        if is_shell
        else did_you_mean(*words)
    )
    message = f"{complaint}{letters} {effect.text}{advice}"
    # One tool for all of them is in the message.
    related = tuple(
        Related(file.path, file.text.locate(e.item.span), f"`{e.item.text}`: `{meant[e.item.text]}`?")
        for e in (entries[:MOST_RELATED] if len(words) > 1 else ())
        if meant[e.item.text]
    )
    span = Span(entries[0].item.span.start, entries[-1].item.span.end)
    yield effect.finding(span, message, tuple(words), related=related, covers=field.span)


def _is_out_of_reach(file: File, entry: ToolEntry) -> bool:
    return entry.tool is not None and tool_entries.is_out_of_reach(file, entry.tool) is not None


def _meant(context: Context, entry: ToolEntry, *, is_of_programs: bool) -> str:
    """The tool for a name that is none; beside programs, a name that is like nothing is another one."""
    file, tools = context.file, context.file.dialect.tools
    if entry.status is EntryStatus.UNMATCHABLE:
        server = tools.servers.guessed(entry.item.name)
        return tools.servers.whole(server) if server else ""
    if entry.is_usable and not _is_out_of_reach(file, entry):
        return ""
    if removed := tools.removed.get(entry.item.name):
        return next(iter(removed.instead), "")
    if whole := server_tool_names.whole_name(context, entry.item.name):
        return whole
    meant = tool_entries.suggestion(tools, entry.item.name)
    is_reachable = meant and not tool_entries.is_out_of_reach(file, tools.tools[meant])
    if meant and is_reachable:
        return meant
    name = entry.item.name
    return _SHELL if is_of_programs and _PROGRAM.fullmatch(name) and name not in _NO_PROGRAMS else ""


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    field = file.document.field("tools")
    if field is None or not finding.data:
        return
    for names in dict.fromkeys((", ".join(finding.data), *((_SHELL,) if _SHELL in finding.data else ()))):
        change = Change.of(file.path, _with(file, field, names))
        yield Fix(
            f"Change the list to `{names}`", change, is_preferred=names != _SHELL or finding.data == (_SHELL,)
        )
    yield Fix("Remove `tools` to inherit all tools", _without(file))


def _with(file: File, field: Field, names: str) -> Edit:
    """The names in place of the value; a block list makes room for them on the line of its key."""
    key, value, form = field.key, field.value.span, file.dialect.format
    between = file.text.source[key.end : value.start]
    if not re.search(r"[\r\n]", between):
        return Edit(value, form.in_place(file.text.source, value, names))
    return Edit(Span(key.end, value.end), f"{form.separator}{form.scalar(names)}")


def _without(file: File) -> Change:
    """Without every one of several fields, or the one before the last would count."""
    fields = (field for field in file.document.fields if field.name == "tools")
    return Change.of(
        file.path, *(Edit(lines, "") for field in fields for lines in file.document.lines_of(field))
    )
