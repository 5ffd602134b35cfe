"""How a product understands one entry of a tool list: known, old, removed, out of reach or unknown.

The tool rules, hovers and the account of what an agent can do all ask here, so that they agree.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from agentls.syntax.name_lists import ListItem
from agentls.text.similar_words import closest, equal_ignoring_style

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from agentls.products import Vocabulary, Word
    from agentls.semantics.file import File
    from agentls.syntax.document import Field


class EntryStatus(Enum):
    KNOWN = "known"
    ALIAS = "an old name that still works"
    REMOVED = "removed"
    SERVER = "a tool of an MCP server"
    EVERYTHING = "every tool"
    CONDITIONAL = "there for some accounts or versions"
    UNKNOWN = "unknown"


class ToolEntry(NamedTuple):
    """``tool`` is the documented tool the entry ends up as, None for anything that is no built-in tool."""

    item: ListItem
    status: EntryStatus
    tool: Word | None = None

    @property
    def is_usable(self) -> bool:
        return self.status not in (EntryStatus.REMOVED, EntryStatus.UNKNOWN)


def classify(tools: Vocabulary, item: ListItem) -> ToolEntry:
    """What the product makes of one entry."""
    name = tools.spelt(item.name)
    if item.text in tools.wildcards:
        return ToolEntry(item, EntryStatus.EVERYTHING)
    if name in tools.tools:
        return ToolEntry(item, EntryStatus.KNOWN, tools.tools[name])
    if name in tools.aliases:
        return ToolEntry(item, EntryStatus.ALIAS, tools.tools.get(tools.aliases[name].of))
    if name in tools.removed:
        return ToolEntry(item, EntryStatus.REMOVED)
    if name in tools.conditional:
        return ToolEntry(item, EntryStatus.CONDITIONAL)
    if tools.is_of_server(name):
        return ToolEntry(item, EntryStatus.SERVER)
    return ToolEntry(item, EntryStatus.UNKNOWN)


def entries(file: File, field: Field) -> list[ToolEntry]:
    return [classify(file.dialect.tools, item) for item in file.items(field)]


def lists(file: File) -> Iterator[list[ToolEntry]]:
    """The entries of each list of tools, of those that deny, too, and the names in the maps of fields."""
    for field in (*tool_fields(file), *denial_fields(file)):
        yield entries(file, field)
    deep = (r for r in file.references if r.kind == "tool" and r.field and r.item is None)
    yield [classify(file.dialect.tools, ListItem(reference.name, reference.span)) for reference in deep]


def tool_fields(file: File) -> Iterator[Field]:
    """The fields that grant tools; those that take tools away are not among them."""
    for field, spec in file.specified_fields:
        if spec.holds == "tool" and spec.is_names and not is_denial(field.name):
            yield field


def denial_fields(file: File) -> Iterator[Field]:
    for field, spec in file.specified_fields:
        if spec.holds == "tool" and spec.is_names and is_denial(field.name):
            yield field


def is_denial(name: str) -> bool:
    return name.lower().startswith(("disallowed", "disabled"))


def is_out_of_reach(file: File, tool: Word) -> str | None:
    """The variant of ``unavailable-tool`` that applies to a tool which no subagent may have, else None."""
    if file.dialect.kind != "agent":
        return None
    if tool.subagent == "never":
        return "unavailable-tool"
    if tool.subagent != "plan":
        return None
    # A plugin's agent sets no permission mode: Claude Code ignores the field there.
    is_planning = file.scope != "plugin" and file.document.string("permissionMode") == "plan"
    return None if is_planning else "unavailable-tool.plan"


def suggestion(tools: Vocabulary, name: str, listed: Container[str] = ()) -> str | None:
    """The tool that was probably meant by a name that is none.

    Who has listed the nearest one as well meant something else.
    """
    if known := tools.suggestions.get(name.lower()) or equal_ignoring_style(name, tools.tools):
        return known
    near = closest(name, tools.tools)
    return None if near in listed else near
