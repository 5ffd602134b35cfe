"""An editor session behind a connection; what the handlers need of both.

A handler converts, calls one feature, converts back. A file of no dialect has no results.
"""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from lsprotocol import types

from agentls.findings import Change
from agentls.linter import rule_pages
from agentls.lsp import convert
from agentls.lsp.progress import Progress
from agentls.lsp.publishing import Publisher
from agentls.lsp.refreshing import Refreshes
from agentls.lsp.requests import send
from agentls.lsp.rescanning import Rescans
from agentls.lsp.workspace_edits import workspace_edit
from agentls.semantics.file import File, OtherFile
from agentls.session import snapshot
from agentls.session.snapshot import SnapshotRequest
from agentls.session.state import Session
from agentls.system import paths
from agentls.system.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from agentls.lsp.connection import Connection
    from agentls.lsp.requests import Positioned
    from agentls.workspace import View

_T = TypeVar("_T")
# How often and how long (seconds) a change of many files waits for the index.
_TRIES, _PAUSE = 200, 0.05
# How long an opened file waits for the disk before it is checked without (seconds).
_PATIENCE = 0.15
# How long findings wait for the settings of an editor that does not respond (seconds).
_PATIENCE_WITH_EDITOR = 1.0
_log = logging.getLogger(__name__)


class AgentServer:
    """Our session behind a ``connection`` with an editor; it is the session's ``Events``."""

    def __init__(self, connection: Connection) -> None:
        loop = asyncio.get_running_loop()
        self.connection = connection
        self.client = connection.client
        self._setting_errors: set[str] = set()
        self.publisher = Publisher(
            loop, self._diagnostics_to_publish, connection.text_document_publish_diagnostics
        )

        def post(call: Any) -> None:
            # The loop may be closed already while the process ends.
            if not loop.is_closed():
                loop.call_soon_threadsafe(call)

        # Set once the editor's own settings are known.
        self.has_settings = asyncio.Event()
        if self.client.has_configuration:
            loop.call_later(_PATIENCE_WITH_EDITOR, self.settings_known)
        else:
            self.has_settings.set()
        self.session = Session(Worker(post), self)
        self.rescans = Rescans(self.session, Progress(self.client, connection), self.client.watches_files)
        self._refreshes = Refreshes(self.client, connection)
        self.session.open_folders(
            path for folder in _folders(connection.params) if (path := paths.from_uri(folder))
        )
        self.session.configure(connection.params.initialization_options)

    # Messages

    def show_message(self, message: str, level: types.MessageType = types.MessageType.Info) -> None:
        self.connection.window_show_message(types.ShowMessageParams(level, f"agentls: {message}"))

    def show_setting_error(self, message: str) -> None:
        """Show, once, what is wrong with a setting."""
        if message in self._setting_errors:
            return
        self._setting_errors.add(message)
        _log.warning("%s; the default is used", message)
        self.show_message(f"{message}. The default is used.", types.MessageType.Warning)

    def show_scan_progress(self, count: int | None) -> None:
        self.rescans.progressed(count)

    def refresh_lenses_and_hints(self) -> None:
        self._refreshes.schedule()

    # Diagnostics

    def refresh_diagnostics(self, uris: Iterable[str]) -> None:
        """For a reason outside the text; a client that pulls is requested to pull again."""
        if not self.client.pulls_diagnostics:
            self.publisher.schedule(uris, 0)
        else:
            self.connection.workspace_diagnostic_refresh(None)

    def schedule_diagnostics(self, uri: str, delay: float = 0) -> None:
        """For a reason of which the client knows; one that pulls does so by itself. In seconds."""
        if not self.client.pulls_diagnostics:
            self.publisher.schedule([uri], delay)

    def schedule_after_scan(self, uri: str) -> None:
        """The first scan of the disk decides which settings count, and refreshes; it may be slow."""
        self.schedule_diagnostics(uri, _PATIENCE)

    def settings_known(self) -> None:
        """The editor's settings have arrived, or never will: findings need not wait any longer."""
        if self.has_settings.is_set():
            return
        self.has_settings.set()
        for document in self.session.documents:
            if document.disk_state:
                self.schedule_diagnostics(document.uri)
            else:
                self.schedule_after_scan(document.uri)

    def diagnostics(self, uri: str) -> list[types.Diagnostic]:
        file = self.session.file(uri)
        if file is None:
            return []
        return [
            convert.diagnostic(file.text, finding, self.client, rule_pages.address(finding.rule))
            for finding in self.session.findings(uri)
        ]

    def _diagnostics_to_publish(self, uri: str) -> tuple[int, list[types.Diagnostic]] | None:
        document = self.session.documents.get(uri)
        if document is None or not self.has_settings.is_set():
            return None
        return document.version, self.diagnostics(uri)

    # What a request is about

    def file_and_offset(self, params: Positioned) -> tuple[File, int] | None:
        """The file and the offset under the cursor; None in a file of no dialect."""
        self.rescans.rescan_if_due()
        file = self.session.file(params.text_document.uri)
        if file is None:
            return None
        return file, convert.offset(file.text, params.position, self.client.position_encoding)

    def other_file_and_offset(self, params: Positioned) -> tuple[OtherFile, int] | None:
        """The same in a file of no dialect."""
        document = self.session.documents.get(params.text_document.uri)
        if document is None or document.path is None:
            return None
        offset = convert.offset(document.text, params.position, self.client.position_encoding)
        return OtherFile(document.path, document.text), offset

    # Files

    def changed_on_disk(self, uris: Iterable[str]) -> None:
        """The client reports that these files and folders were made, changed or deleted."""
        self.rescans.schedule(path for uri in uris if (path := paths.from_uri(uri)))

    async def wait_for_index(self) -> bool:
        """Whether the workspace has been read as a whole, after waiting for that a while."""
        for _ in range(_TRIES):
            if self.session.index.has_read_everything:
                return True
            await asyncio.sleep(_PAUSE)
        return False

    async def snapshot(self, request: SnapshotRequest) -> list[File | OtherFile]:
        """The files of the request, and all that are open, as they are now; read from the disk."""
        return await _result_of(partial(snapshot.read_snapshot, self.session, request))

    async def files_at(self, wanted: Iterable[str]) -> list[File]:
        """Files as they are now: open ones as the editor has them, the others read from the disk."""
        wanted = frozenset(wanted)
        keys = {paths.key(path) for path in wanted}
        found = await self.snapshot(SnapshotRequest(wanted))
        return [file for file in found if isinstance(file, File) and paths.key(file.path) in keys]

    async def file_at(self, path: str) -> File | None:
        """None for a file of no dialect, or where there is no file."""
        return next(iter(await self.files_at([path])), None)

    async def with_paths(self, view: View, compute: Callable[[], _T]) -> _T:
        """What a feature computes of a view once it is known which of the paths that it queries exist.

        They are looked up anew: not every editor reports what comes and goes.
        """
        looked_up: set[str] = set()
        while True:
            result = compute()
            wanted, folders = view.queried_paths - looked_up, view.unknown_folders
            # What queries no path need not wait for a slow disk.
            if not wanted and not folders:
                return result
            await _result_of(partial(self._look_up, wanted))
            await _result_of(partial(self._list, folders))
            looked_up |= wanted

    def _look_up(
        self, wanted: set[str], then: Callable[[None], None], otherwise: Callable[[Exception], None]
    ) -> None:
        self.session.index.check_paths(wanted, lambda: then(None), otherwise)

    def _list(
        self, folders: set[str], then: Callable[[None], None], otherwise: Callable[[Exception], None]
    ) -> None:
        self.session.index.list_files(folders, lambda: then(None), otherwise)

    async def list_folders(self, folders: Iterable[str]) -> list[str]:
        """The names in the folders; those of folders end with a slash."""
        return await _result_of(partial(snapshot.list_folders, self.session, folders))

    async def create_file(
        self, path: str, text: str, label: str, selection: types.Range | None = None
    ) -> bool:
        """Let the editor make a file, and show it with ``selection``; False if it did not."""
        edit = workspace_edit(self.session, self.client, Change(creates={path: text}))
        done = await self.connection.workspace_apply_edit_async(types.ApplyWorkspaceEditParams(edit, label))
        if done.applied and self.client.shows_documents:
            shown = types.ShowDocumentParams(paths.to_uri(path), take_focus=True, selection=selection)
            send(self.connection.window_show_document_async(shown))
        return done.applied


# What handles a method of the protocol: a function or a coroutine function.
Handlers: TypeAlias = "dict[str, Callable[[AgentServer, Any], Any]]"
# What runs a command, with the command's arguments as they come.
Commands: TypeAlias = "dict[str, Callable[..., Awaitable[Any]]]"


async def _result_of(job: Callable[[Callable[[_T], None], Callable[[Exception], None]], None]) -> _T:
    """What the job passes on once the disk has been read; raises what went wrong there."""
    future: asyncio.Future[_T] = asyncio.get_running_loop().create_future()

    def succeed(result: _T) -> None:
        # The request may have been cancelled meanwhile.
        if not future.done():
            future.set_result(result)

    def fail(error: Exception) -> None:
        if not future.done():
            future.set_exception(error)

    job(succeed, fail)
    return await future


def _folders(params: types.InitializeParams) -> list[str]:
    if params.workspace_folders is not None:
        return [folder.uri for folder in params.workspace_folders]
    if params.root_uri:
        return [params.root_uri]
    return [paths.to_uri(params.root_path)] if params.root_path else []
