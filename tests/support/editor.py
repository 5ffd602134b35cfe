"""An editor at work on one agent, on pytest-lsp: typed requests, and a client that says what it can do."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient

from agentls.lsp import convert
from agentls.lsp.position_encoding import PositionEncoding
from agentls.text.source import Text
from patience import until_async

if TYPE_CHECKING:
    from pathlib import Path

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

    client: LanguageClient
    root: Path
    encoding: PositionEncoding
    version: int = 1
    text: str = AGENT

    @property
    def path(self) -> Path:
        return self.root / ".claude" / "agents" / "writer.md"

    @property
    def uri(self) -> str:
        return self.path.as_uri()

    def place(self, needle: str, inside: int = 0) -> types.Position:
        return convert.position(Text(self.text), self.text.index(needle) + inside, self.encoding)

    def at(self, needle: str, inside: int = 0) -> dict:
        return {
            "text_document": types.TextDocumentIdentifier(self.uri),
            "position": self.place(needle, inside),
        }

    def open(self, text: str = AGENT) -> None:
        self.text = text
        document = types.TextDocumentItem(self.uri, "markdown", self.version, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(document))

    def change(self, text: str) -> None:
        self.version += 1
        self.text = text
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(self.version, self.uri),
                [types.TextDocumentContentChangeWholeDocument(text)],
            )
        )

    async def findings(self, wanted: set[str]) -> list[types.Diagnostic]:
        """The diagnostics, once their codes are the wanted ones."""

        async def shown() -> list[types.Diagnostic] | None:
            found = self.client.diagnostics.get(self.uri, [])
            return [found] if {diagnostic.code for diagnostic in found} == wanted else None

        (found,) = await until_async(shown, f"{sorted(wanted)} in {self.uri}")
        return list(found)

    def under(self, stretch: types.Range) -> str:
        span = convert.span(Text(self.text), stretch, self.encoding)
        return self.text[span.start : span.end]


ALL = {"unknown-tool", "removed-tool", "missing-skill", "unknown-color", "mojibake", "dead-path"}


class started:  # noqa: N801  it reads as a verb
    def __init__(self, capabilities: types.ClientCapabilities, folder: Path, *, folders: bool = True) -> None:
        self.capabilities = capabilities
        self.root = folder.resolve() / "a project"
        self.home = folder / "home"
        self.folders = folders

    async def __aenter__(self) -> Editor:
        skill = self.root / ".claude" / "skills" / "clean-code" / "SKILL.md"
        for path, text in (
            (skill, SKILL),
            (self.root / ".mcp.json", SERVERS),
            (self.root / ".claude/guide.md", "x"),
        ):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        environment = {**os.environ, "HOME": str(self.home), "CLAUDE_CONFIG_DIR": str(self.home)}
        config = ClientServerConfig([sys.executable, "-m", "agentls"], server_env=environment)
        self.client = await config.start()
        params = types.InitializeParams(
            self.capabilities,
            workspace_folders=[types.WorkspaceFolder(self.root.as_uri(), "a project")]
            if self.folders
            else None,
            initialization_options={"debounce": 0},
        )
        result = await self.client.initialize_session(params)
        encoding = result.capabilities.position_encoding or types.PositionEncodingKind.Utf16
        editor = Editor(self.client, self.root, PositionEncoding(str(getattr(encoding, "value", encoding))))
        editor.path.parent.mkdir(parents=True)
        editor.path.write_text(AGENT, encoding="utf-8")
        return editor

    async def __aexit__(self, *_: object) -> None:
        await self.client.shutdown_session()
        await self.client.stop()


async def actions(editor: Editor, needle: str, only: list[str] | None = None) -> list[types.CodeAction]:
    start, end = editor.place(needle), editor.place(needle, len(needle))
    return await editor.client.text_document_code_action_async(
        types.CodeActionParams(
            types.TextDocumentIdentifier(editor.uri),
            types.Range(start, end),
            types.CodeActionContext([], only=only),
        )
    )
