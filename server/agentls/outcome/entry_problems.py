"""Entries of tool lists that say something else than they seem to: idle parentheses, denied tools."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentls.outcome import tool_entries, tool_refusal
from agentls.outcome.consequences import Consequence
from agentls.outcome.tool_denial import ToolDenial
from agentls.outcome.tool_entries import EntryStatus
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.outcome.tool_entries import ToolEntry
    from agentls.products import FieldSpec
    from agentls.semantics.file import File

SPECIFIER = "ignored-specifier"
DENIED = "denied-tool"


def specifiers(file: File) -> Iterator[Consequence]:
    """Parentheses that restrict nothing, and those that are never looked at."""
    for field in tool_entries.tool_fields(file):
        spec = file.dialect.fields[field.name]
        for entry in tool_entries.entries(file, field):
            if entry.is_usable and tool_entries.is_widened(entry, spec.entries):
                message = f"{_shown(entry)} has no effect here: the agent gets all of `{entry.item.name}`."
                yield _about_specifier(SPECIFIER, entry, message, (entry.item.name,))
            elif complaint := _of_paths(entry, spec):
                yield complaint
    # Without them, a name would be struck off the other list, and the agent would start.
    is_refused = bool(tool_refusal.refused_entries(file))
    for field in tool_entries.denial_fields(file):
        spec = file.dialect.fields[field.name]
        for entry in tool_entries.entries(file, field):
            if entry.is_usable and tool_entries.is_widened(entry, spec.entries):
                message = f"{_shown(entry)} has no effect here: all of `{entry.item.name}` is removed."
                remedy = () if is_refused else (entry.item.name,)
                yield _about_specifier(f"{SPECIFIER}.denied", entry, message, remedy)
            elif complaint := _of_paths(entry, spec):
                yield complaint


def _of_paths(entry: ToolEntry, spec: FieldSpec) -> Consequence | None:
    """A rule for paths at a tool whose paths are the affair of another one."""
    if entry.tool is None or not tool_entries.never_matches(entry, spec.entries):
        return None
    other = entry.tool.paths_of
    message = (
        f"`{entry.item.text}` never matches: for `{entry.tool.name}`, path rules are those of `{other}`."
    )
    new = f"{other}({entry.item.specifier})"
    return Consequence(f"{SPECIFIER}.path", entry.item.span, message, (new,))


def _about_specifier(cause: str, entry: ToolEntry, message: str, remedy: tuple[str, ...]) -> Consequence:
    item = entry.item
    return Consequence(cause, Span(item.name_span.end, item.span.end), message, remedy)


def _shown(entry: ToolEntry) -> str:
    return f"`({entry.item.specifier})`"


def denied(file: File) -> Iterator[Consequence]:
    """Tools that one field grants and another one takes away."""
    denial = ToolDenial(file)
    if not denial.entries or tool_refusal.refused_entries(file):
        return
    for field in tool_entries.tool_fields(file):
        found = tool_entries.entries(file, field)
        gone = {entry.item: by for entry in found if (by := _taken_by(denial, entry))}
        rest = ", and no tool is left" if len(gone) == len(found) else ""
        for item, by in gone.items():
            message = f"`{item.text}` is in both lists: `{by}` removes it{rest}."
            yield Consequence(DENIED, item.span, message)


def _taken_by(denial: ToolDenial, entry: ToolEntry) -> str:
    if not entry.is_usable or entry.status is EntryStatus.EVERYTHING:
        return ""
    return denial.of_tool(entry.tool) if entry.tool else denial.of_name(entry.item.name)
