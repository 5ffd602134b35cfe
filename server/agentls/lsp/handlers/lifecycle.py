"""From ``initialized`` to ``shutdown``: registrations, settings, folders, watched files."""

from __future__ import annotations

import asyncio
import gc
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from agentls import products
from agentls.linter import engine
from agentls.lsp import server_capabilities
from agentls.lsp.file_watchers import file_watchers
from agentls.lsp.requests import send
from agentls.syntax import parsing
from agentls.syntax.formats import YAML
from agentls.system import paths
from agentls.text import mojibake
from agentls.text.source import Text

if TYPE_CHECKING:
    from agentls.lsp.server import AgentServer, Handlers

_OBJECTS_PER_COLLECTION = 50_000


def _initialized(server: AgentServer, params: types.InitializedParams) -> None:
    _register(server)
    if server.client.has_configuration:
        _request_settings(server)
    server.session.rescan()
    asyncio.get_running_loop().call_later(0.05, _warm_up)


def _warm_up() -> None:
    """Load now what the first document would have to wait for."""
    engine.rules()
    for dialect in products.load().dialects.values():
        # Only a value that does not fit needs the validator.
        dialect.errors({"description": []})
    mojibake.find("é")
    parsing.read(YAML, Text("---\nname: x\n---\n"), frozenset())
    # Nothing made so far is ever garbage; without this the collector looks at all of it, 13 ms at a time.
    gc.collect()
    gc.freeze()
    # A keystroke makes some thousands of objects, and nearly all are gone without the collector's help.
    gc.set_threshold(_OBJECTS_PER_COLLECTION)


def _register(server: AgentServer) -> None:
    """Register for the notifications that have no static registration."""
    registrations = []
    if server.client.watches_files:
        options: Any = types.DidChangeWatchedFilesRegistrationOptions(file_watchers(server.client))
        registrations.append(
            types.Registration(
                f"{server_capabilities.NAME}-files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options
            )
        )
    if server.client.watches_configuration:
        options = types.DidChangeConfigurationRegistrationOptions(section=server_capabilities.NAME)
        registrations.append(
            types.Registration(
                f"{server_capabilities.NAME}-settings", types.WORKSPACE_DID_CHANGE_CONFIGURATION, options
            )
        )
    if registrations:
        send(server.connection.client_register_capability_async(types.RegistrationParams(registrations)))


def _request_settings(server: AgentServer) -> None:
    items = [types.ConfigurationItem(section=server_capabilities.NAME)]
    request = asyncio.ensure_future(
        server.connection.workspace_configuration_async(types.ConfigurationParams(items))
    )

    def take(done: asyncio.Future[Any]) -> None:
        if not done.cancelled() and not done.exception() and done.result() and done.result()[0] is not None:
            _take_settings(server, done.result()[0])
        server.settings_known()

    request.add_done_callback(take)


def _take_settings(server: AgentServer, raw: Any) -> None:
    server.session.configure(raw)
    # Another configuration may count now, and another user scope be wanted.
    server.session.rescan()


def _did_change_configuration(server: AgentServer, params: types.DidChangeConfigurationParams) -> None:
    if server.client.has_configuration:
        _request_settings(server)
    elif isinstance(params.settings, dict):
        _take_settings(server, params.settings.get(server_capabilities.NAME, params.settings))


def _did_change_workspace_folders(server: AgentServer, params: types.DidChangeWorkspaceFoldersParams) -> None:
    added = [path for folder in params.event.added if (path := paths.from_uri(folder.uri))]
    removed = [path for folder in params.event.removed if (path := paths.from_uri(folder.uri))]
    server.session.set_folders(added, removed)


def _did_change_watched_files(server: AgentServer, params: types.DidChangeWatchedFilesParams) -> None:
    server.changed_on_disk(event.uri for event in params.changes)


def _shutdown(server: AgentServer, params: None) -> None:
    server.session.worker.close()


HANDLERS: Handlers = {
    types.INITIALIZED: _initialized,
    types.SHUTDOWN: _shutdown,
    types.WORKSPACE_DID_CHANGE_CONFIGURATION: _did_change_configuration,
    types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: _did_change_workspace_folders,
    types.WORKSPACE_DID_CHANGE_WATCHED_FILES: _did_change_watched_files,
}
