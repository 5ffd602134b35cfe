"""What does the work: a session behind a connection; the handlers are in the modules beside it.

A handler converts, asks one feature, converts back. What a file of no dialect gets is nothing.
"""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from lsprotocol import types
from pygls import exceptions

from agentls.findings import Change
from agentls.linter import rule_pages
from agentls.lsp import convert
from agentls.lsp.handlers import (
    assistance,
    call_hierarchy,
    code_actions,
    code_lenses,
    convert_command,
    create_commands,
    decorations,
    explain_commands,
    file_operations,
    lifecycle,
    navigation,
    rename,
    structure,
    text_synchronization,
)
from agentls.lsp.publishing import Publisher
from agentls.lsp.requests import send
from agentls.lsp.rescanning import Rescans
from agentls.semantics.file import File
from agentls.session import snapshot
from agentls.session.snapshot import SnapshotRequest
from agentls.session.state import Session
from agentls.system import paths
from agentls.system.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from agentls.lsp.connection import Connection
    from agentls.semantics.file import OtherFile
    from agentls.text.source import Text
    from agentls.workspace import View

_T = TypeVar("_T")
# How often and how long (seconds) a change of many files waits until all of them are known.
_TRIES, _PAUSE = 200, 0.05
# How long an opened file waits for the disk before it is checked without (seconds).
_PATIENCE = 0.15
# How long findings wait for the settings of an editor that does not answer (seconds).
_PATIENCE_WITH_EDITOR = 1.0
_log = logging.getLogger(__name__)


class AgentServer:
    """Our session behind a ``connection`` with an editor; made when the client has said hello."""

    # What is to be drawn anew soon, see `code_lenses`.
    pending_redraw: asyncio.TimerHandle | None = None

    def __init__(self, connection: Connection, params: types.InitializeParams) -> None:
        loop = asyncio.get_running_loop()
        self.connection = connection
        self.client = connection.client
        self.complaints: set[str] = set()
        send_findings = connection.text_document_publish_diagnostics
        self.publisher = Publisher(loop, self._diagnostics_to_publish, send_findings)

        def post(call: Any) -> None:
            # The loop may be closed already while the process ends.
            if not loop.is_closed():
                loop.call_soon_threadsafe(call)

        self.rescans = Rescans(self)
        # Set once the editor's own settings are known.
        self.settled = asyncio.Event()
        if self.client.has_configuration:
            loop.call_later(_PATIENCE_WITH_EDITOR, self.settle)
        else:
            self.settled.set()
        self.session = Session(
            Worker(post),
            announce=self.announce,
            complain=self.complain,
            ready=lambda uri: self.announce_change(uri, 0),
            progress=self.rescans.progressed,
            redraw=partial(code_lenses.redraw, self),
        )
        self.session.open_folders(path for folder in _folders(params) if (path := paths.from_uri(folder)))
        self.session.configure(params.initialization_options)

    # Between the session and the client

    def complain(self, words: str) -> None:
        """Tell the user, once, what is wrong with a setting."""
        if words in self.complaints:
            return
        self.complaints.add(words)
        _log.warning("%s; the default is used", words)
        self.tell(f"{words}. The default is used.", types.MessageType.Warning)

    def tell(self, words: str, level: types.MessageType = types.MessageType.Info) -> None:
        self.connection.window_show_message(types.ShowMessageParams(level, f"agentls: {words}"))

    def announce(self, uris: Iterable[str]) -> None:
        """Open files may have other findings now, for a reason outside their text."""
        if not self.client.pulls_diagnostics:
            self.publisher.schedule(uris, 0)
        else:
            self.connection.workspace_diagnostic_refresh(None)

    def announce_change(self, uri: str, delay: float) -> None:
        """The document's own text has changed; a client that pulls asks by itself."""
        if not self.client.pulls_diagnostics:
            self.publisher.schedule([uri], delay)

    def announce_opened(self, uri: str) -> None:
        """The first look at the disk tells which settings count, and announces; it may be slow."""
        self.announce_change(uri, _PATIENCE)

    def settle(self) -> None:
        """The editor has said what it has set, or never will: findings need not wait any longer."""
        if self.settled.is_set():
            return
        self.settled.set()
        for buffer in self.session.buffers:
            if buffer.look:
                self.announce_change(buffer.uri, 0)
            else:
                self.announce_opened(buffer.uri)

    def diagnostics(self, uri: str) -> list[types.Diagnostic]:
        file = self.session.file(uri)
        if file is None:
            return []
        return [
            convert.diagnostic(file.text, finding, self.client, rule_pages.address(finding.rule))
            for finding in self.session.findings(uri)
        ]

    def _diagnostics_to_publish(self, uri: str) -> tuple[int, list[types.Diagnostic]] | None:
        buffer = self.session.buffers.get(uri)
        if buffer is None or not self.settled.is_set():
            return None
        return buffer.version, self.diagnostics(uri)

    def look_at(self, uris: Iterable[str]) -> None:
        """Something happened to these files and folders on disk."""
        self.rescans.changed(path for uri in uris if (path := paths.from_uri(uri)))

    def in_use(self) -> None:
        """The user does something."""
        self.rescans.in_use()

    def edit(self, change: Change, read: Iterable[File | OtherFile] = ()) -> types.WorkspaceEdit:
        """A change as the client takes it: to open documents, configuration and files ``read`` for it.

        Raises for what was changed in the editor since it was read.
        """
        texts = {file.path: file.text for file in read}
        documents: dict[str, tuple[str, int | None, Text]] = {}
        for path in {**change.edits, **change.offered}:
            buffers = self.session.buffers
            uri, text = buffers.uri_of(path), texts.get(path) or buffers.text(path)
            buffer = buffers.get(uri)
            if buffer and text and buffer.text.source != text.source:
                raise exceptions.JsonRpcContentModified
            if text is not None:
                documents[path] = (uri, buffer.version if buffer else None, text)
        return convert.workspace_edit(change, documents, self.client)

    async def complete(self) -> bool:
        """Whether the workspace has been read as a whole, after waiting for that a while."""
        for _ in range(_TRIES):
            if self.session.index.has_read_everything:
                return True
            await asyncio.sleep(_PAUSE)
        return False

    async def files(self, wanted: Iterable[str]) -> list[File]:
        """Files as they are now: open ones as their buffers have them, the others read from the disk."""
        wanted = frozenset(wanted)
        keys = {paths.key(path) for path in wanted}
        found = await self.documents(SnapshotRequest(wanted))
        return [file for file in found if isinstance(file, File) and paths.key(file.path) in keys]

    async def file_at(self, path: str) -> File | None:
        """One of ``files``; None for a file of no dialect, or for none at all."""
        return next(iter(await self.files([path])), None)

    async def make(self, path: str, text: str, label: str, selection: types.Range | None = None) -> bool:
        """Let the editor make a file, and show it, with what is to be filled in; False if it did not."""
        edit = self.edit(Change(creates={path: text}))
        done = await self.connection.workspace_apply_edit_async(types.ApplyWorkspaceEditParams(edit, label))
        if done.applied and self.client.shows_documents:
            shown = types.ShowDocumentParams(paths.to_uri(path), take_focus=True, selection=selection)
            send(self.connection.window_show_document_async(shown))
        return done.applied

    async def documents(self, wanted: SnapshotRequest) -> list[File | OtherFile]:
        """What is wanted, and all that is open, as it is now."""
        return await _answer(partial(snapshot.read_snapshot, self.session, wanted))

    async def with_paths(self, view: View, ask: Callable[[], _T]) -> _T:
        """What a feature says of a view once it is known which of the paths exist that it asks for.

        They are looked up anew: not every editor tells of what comes and goes.
        """
        looked_up: set[str] = set()
        while True:
            found = ask()
            wanted = view.queried_paths - looked_up
            # Who asks for nothing need not wait for a slow disk.
            if not wanted:
                return found
            await _answer(partial(self._look_up, wanted))
            looked_up |= wanted

    def _look_up(
        self, wanted: set[str], then: Callable[[None], None], otherwise: Callable[[Exception], None]
    ) -> None:
        self.session.index.look_for_paths(wanted, lambda: then(None), otherwise)

    async def names_in(self, folders: Iterable[str]) -> list[str]:
        """What is in the folders; those of folders end with a slash."""
        return await _answer(partial(snapshot.list_folders, self.session, folders))


async def _answer(ask: Callable[[Callable[[_T], None], Callable[[Exception], None]], None]) -> _T:
    """What the session hands over once the disk has been looked at; raises what went wrong there."""
    future: asyncio.Future[_T] = asyncio.get_running_loop().create_future()

    def take(answer: _T) -> None:
        # The request may have been cancelled meanwhile.
        if not future.done():
            future.set_result(answer)

    def fail(error: Exception) -> None:
        if not future.done():
            future.set_exception(error)

    ask(take, fail)
    return await future


def _folders(params: types.InitializeParams) -> list[str]:
    if params.workspace_folders is not None:
        return [folder.uri for folder in params.workspace_folders]
    if params.root_uri:
        return [params.root_uri]
    return [paths.to_uri(params.root_path)] if params.root_path else []


# Where a new request or notification of the protocol is answered, and a new command; `offer` tells of both.
WITH_HANDLERS = (
    lifecycle,
    text_synchronization,
    assistance,
    navigation,
    structure,
    decorations,
    call_hierarchy,
    code_actions,
    code_lenses,
    rename,
    file_operations,
)
WITH_COMMANDS = (code_actions, code_lenses, explain_commands, create_commands, convert_command)


def begin(connection: Connection, params: types.InitializeParams) -> None:
    """Answer from now on what is offered."""
    server = AgentServer(connection, params)
    connection.answer_with(
        # Bound here, because pygls would have to evaluate the handlers' annotations to bind them.
        {m: partial(handler, server) for each in WITH_HANDLERS for m, handler in each.HANDLERS.items()},
        {n: _bound(server, command) for each in WITH_COMMANDS for n, command in each.COMMANDS.items()},
    )


def _bound(server: AgentServer, command: Any) -> Any:
    """A command without annotations of our own, which pygls would evaluate."""

    async def run(*arguments: Any) -> Any:
        return await command(server, *arguments)

    return run
