"""An editor at work on one agent, on pytest-lsp: typed requests, and a client that says what it can do."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lsprotocol import types

from agentls.lsp import convert
from agentls.lsp.position_encoding import PositionEncoding
from agentls.text.source import Text
from clients import desk
from patience import until_async

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from pathlib import Path

    from pytest_lsp import LanguageClient

    from clients import Desk

NAME = ".claude/agents/writer.md"
AGENT = """\
---
name: écrivain
description: 🚀 writes
tools: Read, 🚀, Gerp, MultiEdit, mcp__search__find
skills: clean-code, no-such-skill
color: "#ff0000"
---

🚀 âœ… See [the guide](../guide.md) and ./missing.md
"""
SKILL = "---\nname: clean-code\ndescription: Keeps code clean\n---\n\n# Clean code\n"
SERVERS = '{"mcpServers": {"search": {"command": "search"}}}'


@dataclass
class Editor:
    """A client at work on one agent file in a small workspace."""

    desk: Desk
    encoding: PositionEncoding
    text: str = AGENT

    @property
    def client(self) -> LanguageClient:
        return self.desk.client

    @property
    def root(self) -> Path:
        return self.desk.root

    @property
    def path(self) -> Path:
        return self.desk.path(NAME)

    @property
    def uri(self) -> str:
        return self.desk.uri(NAME)

    def place(self, needle: str, inside: int = 0) -> types.Position:
        return convert.position(Text(self.text), self.text.index(needle) + inside, self.encoding)

    def at(self, needle: str, inside: int = 0) -> dict:
        return {
            "text_document": types.TextDocumentIdentifier(self.uri),
            "position": self.place(needle, inside),
        }

    def open(self, text: str = AGENT) -> None:
        self.text = text
        self.desk.open(NAME, text)

    def change(self, text: str) -> None:
        self.text = text
        self.desk.change(NAME, text)

    async def findings(self, wanted: set[str]) -> list[types.Diagnostic]:
        """The diagnostics, once their codes are the wanted ones."""

        async def shown() -> list[types.Diagnostic] | None:
            found = self.desk.published.get(self.uri, [])
            return [found] if {diagnostic.code for diagnostic in found} == wanted else None

        (found,) = await until_async(shown, f"{sorted(wanted)} in {self.uri}")
        return list(found)

    def under(self, stretch: types.Range) -> str:
        span = convert.span(Text(self.text), stretch, self.encoding)
        return self.text[span.start : span.end]


ALL = {"unknown-tool", "removed-tool", "missing-skill", "unknown-color", "mojibake", "dead-path"}


@asynccontextmanager
async def started(
    capabilities: types.ClientCapabilities,
    folder: Path,
    texts: Mapping[str, str] | None = None,
    *,
    folders: bool = True,
) -> AsyncIterator[Editor]:
    """An editor beside a skill, a server and a guide; ``texts`` are further files, by their paths."""
    there = {
        ".claude/skills/clean-code/SKILL.md": SKILL,
        ".mcp.json": SERVERS,
        ".claude/guide.md": "x",
        NAME: AGENT,
        **(texts or {}),
    }
    async with desk(capabilities, folder, there, folders=folders) as found:
        yield Editor(found, PositionEncoding(found.position_encoding))


async def actions(editor: Editor, needle: str, only: list[str] | None = None) -> list[types.CodeAction]:
    start, end = editor.place(needle), editor.place(needle, len(needle))
    return await editor.client.text_document_code_action_async(
        types.CodeActionParams(
            types.TextDocumentIdentifier(editor.uri),
            types.Range(start, end),
            types.CodeActionContext([], only=only),
        )
    )
