"""What a file takes away of the tools that its agent would have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentls.outcome import tool_entries
from agentls.outcome.tool_entries import EntryStatus
from agentls.text import globs

if TYPE_CHECKING:
    from agentls.outcome.tool_entries import ToolEntry
    from agentls.products import Word
    from agentls.semantics.file import File


class ToolDenial:
    """The fields that take tools away, as one; it counts before what is granted.

    ``entries`` are as they are written, also those that take nothing away.
    """

    def __init__(self, file: File) -> None:
        self._tools = file.dialect.tools
        self._words: dict[str, str] = {}
        self._patterns: dict[str, str] = {}
        self._everything = ""
        self._plain: set[str] = set()
        self.entries: dict[str, None] = {}
        for field in tool_entries.denial_fields(file):
            forms = file.dialect.fields[field.name].entries
            for entry in tool_entries.entries(file, field):
                self.entries[entry.item.text] = None
                if not tool_entries.is_narrowed(entry, forms):
                    self._add(entry)

    def _add(self, entry: ToolEntry) -> None:
        text = entry.item.text
        is_plain = entry.item.specifier is None
        if is_plain:
            self._plain.add(text)
        if entry.status is EntryStatus.EVERYTHING:
            self._everything = text
        elif entry.status is EntryStatus.SERVER:
            self._patterns[self._tools.servers.tools_named(entry.item.name)] = text
        elif entry.status not in (EntryStatus.UNMATCHABLE, EntryStatus.SPECIFIED):
            name = entry.tool.name if entry.tool else entry.item.name
            self._words[name] = text if is_plain else self._words.get(name, text)

    def of_tool(self, tool: Word) -> str:
        """The entry that takes a documented tool away; empty for none."""
        return self._everything or self._words.get(tool.name, "") or self._words.get(tool.denied_with, "")

    def strikes(self, entry: ToolEntry) -> bool:
        """Whether an entry is struck off its list by its very name, before anybody asks what it means."""
        name = entry.item.name
        by = self.of_tool(entry.tool) if entry.tool and entry.tool.name == name else self.of_name(name)
        return by in self._plain

    def of_name(self, name: str) -> str:
        """The entry that takes away what is no documented tool, be it one of a server or all of them."""
        if found := self._everything or self._words.get(name, ""):
            return found
        wanted = self._tools.servers.tools_named(name)
        return next((text for pattern, text in self._patterns.items() if globs.covers(pattern, wanted)), "")

    def of_server(self, server: str) -> str:
        """The entry that takes all tools of a server away, ``*`` for those of all of them."""
        servers = self._tools.servers
        return self.of_name(servers.every_tool if server == "*" else servers.whole(server))
