"""Three kinds of clients over pytest-lsp, and what a user does in them with several files.

``rich`` can do everything; ``neovim`` watches no files and makes no file operations; ``minimal`` does
not say that it can do anything.
"""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

from patience import until_async

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence

KINDS = ("rich", "neovim", "minimal")
_EVENTS = types.FileChangeType


def capabilities(kind: str) -> types.ClientCapabilities:
    """What a client of this kind says at the start."""
    if kind == "minimal":
        return types.ClientCapabilities()
    found = client_capabilities({"rich": "visual_studio_code", "neovim": "neovim@0.11.0"}[kind])
    assert found.workspace
    if kind == "rich":
        found.workspace.did_change_watched_files = types.DidChangeWatchedFilesClientCapabilities(
            dynamic_registration=True, relative_pattern_support=True
        )
    else:
        assert found.workspace.workspace_edit
        found.workspace.workspace_edit.resource_operations = None
    return found


class _Published(dict[str, Any]):
    """The diagnostics of each document, and the order in which they came."""

    def __init__(self) -> None:
        super().__init__()
        self.order: list[str] = []

    def __setitem__(self, uri: str, diagnostics: Sequence[types.Diagnostic]) -> None:
        super().__setitem__(uri, diagnostics)
        self.order.append(uri)


@dataclass
class Desk:
    """A client at work in the workspace ``root``; ``home`` stands for the user's configuration folder.

    Paths are relative to ``root``, those that start with ``~/`` to ``home``.
    """

    client: LanguageClient
    root: Path
    home: Path
    watches: bool
    position_encoding: str = "utf-16"
    published: _Published = field(default_factory=_Published)
    _versions: dict[str, int] = field(default_factory=dict)

    def path(self, name: str) -> Path:
        return self.home / name[2:] if name.startswith("~/") else self.root / name

    def uri(self, name: str) -> str:
        return self.path(name).as_uri()

    def open(self, name: str, text: str | None = None) -> None:
        """Open a document as it is on disk, or with a text of its own."""
        text = self.path(name).read_text("utf-8") if text is None else text
        self._versions[name] = 1
        document = types.TextDocumentItem(self.uri(name), "markdown", 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(document))

    def change(self, name: str, text: str) -> None:
        self._versions[name] += 1
        document = types.VersionedTextDocumentIdentifier(self._versions[name], self.uri(name))
        change = types.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))

    def close(self, name: str) -> None:
        document = types.TextDocumentIdentifier(self.uri(name))
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(document))

    def write(self, texts: Mapping[str, str]) -> list[types.FileEvent]:
        """Write files as another program would; what a client that watches would tell of it."""
        events = []
        for name, text in texts.items():
            path = self.path(name)
            kind = _EVENTS.Changed if path.exists() else _EVENTS.Created
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
            events.append(types.FileEvent(path.as_uri(), kind))
        return events

    def delete(self, name: str) -> list[types.FileEvent]:
        """Delete a file or a folder; of what is in a folder no client tells."""
        path = self.path(name)
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
        return [types.FileEvent(path.as_uri(), _EVENTS.Deleted)]

    def move(self, name: str, new: str) -> list[types.FileEvent]:
        """Rename a file or a folder."""
        self.path(name).rename(self.path(new))
        return [
            types.FileEvent(self.uri(name), _EVENTS.Deleted),
            types.FileEvent(self.uri(new), _EVENTS.Created),
        ]

    def tell(self, events: list[types.FileEvent]) -> None:
        """What the client says about changed files, if it watches any."""
        if self.watches:
            self.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams(events))

    async def hover(self, name: str, line: int = 0, column: int = 0) -> str | None:
        """What is told at a place; also what a user does who reads."""
        document = types.TextDocumentIdentifier(self.uri(name))
        place = types.Position(line, column)
        answer = await self.client.text_document_hover_async(types.HoverParams(document, place))
        return getattr(answer.contents, "value", str(answer.contents)) if answer else None

    def codes(self, name: str) -> list[str]:
        """The rules that have something to say about an open document, as published last."""
        return sorted(str(d.code) for d in self.published.get(self.uri(name), ()))

    async def until(self, name: str, codes: list[str]) -> None:
        """Wait for these findings, as a user does who looks here and there."""

        async def is_shown() -> bool:
            if self.codes(name) != sorted(codes):
                await self.hover(name)
            return self.codes(name) == sorted(codes)

        await until_async(is_shown, lambda: f"{sorted(codes)} in {name}, where {self.codes(name)} is shown")

    async def until_not(self, name: str, shown: Sequence[types.Diagnostic]) -> None:
        """Wait for anything else than what was shown."""

        async def is_other() -> bool:
            await self.hover(name)
            return self.published[self.uri(name)] != shown

        await until_async(is_other, f"something else in {name}")


@asynccontextmanager
async def desk(
    kind: str | types.ClientCapabilities,
    folder: Path,
    texts: Mapping[str, str],
    environment: Mapping[str, str] | None = None,
    *,
    folders: bool = True,
) -> AsyncIterator[Desk]:
    """A client of a kind, or with these capabilities, at work in a workspace of these files.

    The user's folder has those with ``~/``; without ``folders`` the client names no workspace folder.
    """
    folder = Path(os.path.realpath(folder))  # noqa: ASYNC240  nobody waits
    root, home = folder / "a project", folder / "home"
    root.mkdir()
    home.mkdir()
    said = capabilities(kind) if isinstance(kind, str) else kind
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("CLAUDE")}
    own = {**inherited, "HOME": str(folder), "CLAUDE_CONFIG_DIR": str(home), **(environment or {})}
    client = await ClientServerConfig([sys.executable, "-m", "agentls"], server_env=own).start()
    found = Desk(client, root, home, kind == "rich")
    client.diagnostics = found.published
    found.write(texts)
    result = await client.initialize_session(
        types.InitializeParams(
            said,
            workspace_folders=[types.WorkspaceFolder(root.as_uri(), "a project")] if folders else None,
            initialization_options={"debounce": 0},
        )
    )
    encoding = result.capabilities.position_encoding or found.position_encoding
    found.position_encoding = str(getattr(encoding, "value", encoding))
    try:
        yield found
    finally:
        await client.shutdown_session()
        await client.stop()
