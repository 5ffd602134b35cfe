"""Whether a product refuses to start an agent, since its list of tools comes to nothing.

An empty list is no reason: who asks for no tools gets none. Nor is a list all of whose names are denied by
these very names, since they are struck off before anybody looks what they mean.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentls.outcome import tool_access, tool_entries
from agentls.outcome.tool_denial import ToolDenial

if TYPE_CHECKING:
    from agentls.outcome.tool_entries import ToolEntry
    from agentls.semantics.file import File


def refused_entries(file: File) -> list[ToolEntry]:
    """The entries that come to nothing, for which the agent is refused; none where it starts."""
    field = file.document.field("tools")
    if field is None or field not in tool_entries.tool_fields(file):
        return []
    denial = ToolDenial(file)
    entries = [entry for entry in tool_entries.entries(file, field) if not denial.strikes(entry)]
    if any(_is_there(file, entry, denial) for entry in entries):
        return []
    # What a server of its own offers is a tool, too.
    return [] if any(not denial.of_server(name) for name in tool_access.own_servers(file)) else entries


def _is_there(file: File, entry: ToolEntry, denial: ToolDenial) -> bool:
    """Whether it comes to something; what an agent loses in the background is looked at later."""
    if not entry.is_usable:
        return False
    if entry.tool is None:
        return not denial.of_name(entry.item.name)
    return not denial.of_tool(entry.tool) and tool_entries.is_out_of_reach(file, entry.tool) is None
