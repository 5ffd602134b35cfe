"""What an agent can really do: its tools after inheritance, denial and the limits of subagents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from agentls import toolbox
from agentls.references import server_of
from agentls.toolbox import Standing

if TYPE_CHECKING:
    from agentls.file import File


@dataclass(frozen=True, slots=True)
class Capabilities:
    """``inherits``: no tool list, or one with ``*``, so that every tool a subagent may have is there.

    ``dropped`` pairs each entry that has no effect with the reason.
    """

    inherits: bool
    tools: tuple[str, ...]
    servers: tuple[str, ...]
    denied: tuple[str, ...]
    dropped: tuple[tuple[str, str], ...]


def of(file: File) -> Capabilities:
    """The account for an agent file."""
    denied = {
        entry.item.text for field in toolbox.denial_fields(file) for entry in toolbox.entries(file, field)
    }
    field = file.document.field("tools")
    entries = toolbox.entries(file, field) if field and "tools" in file.dialect.fields else []
    inherits = field is None or any(entry.standing is Standing.EVERYTHING for entry in entries)
    tools: list[str] = []
    servers: dict[str, None] = {}
    dropped: list[tuple[str, str]] = []
    for entry in entries:
        name = entry.item.text
        if reason := _why_dropped(file, entry, denied):
            dropped.append((name, reason))
        elif entry.standing is Standing.SERVER:
            servers[server_of(entry.item.name) or "*"] = None
        elif entry.standing is not Standing.EVERYTHING:
            tools.append(name)
    return Capabilities(inherits, tuple(tools), tuple(servers), tuple(sorted(denied)), tuple(dropped))


def _why_dropped(file: File, entry: toolbox.Entry, denied: set[str]) -> str:
    if not entry.is_usable:
        return "removed" if entry.standing is Standing.REMOVED else "unknown"
    if entry.item.name in denied:
        return "denied by `disallowedTools`"
    if entry.tool and toolbox.is_out_of_reach(file, entry.tool):
        return "never in a subagent"
    return ""
