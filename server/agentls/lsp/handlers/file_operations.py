"""Files that the user moves, makes or deletes: what has to change before, what to look at after."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from lsprotocol import types

from agentls.features import file_renames
from agentls.lsp.handlers.rename import edited
from agentls.refactoring import move
from agentls.session.snapshot import SnapshotRequest
from agentls.system import paths

if TYPE_CHECKING:
    from agentls.lsp.requests import Handlers
    from agentls.lsp.server import AgentServer


async def _will_rename(server: AgentServer, params: types.RenameFilesParams) -> types.WorkspaceEdit | None:
    moved = {}
    for one in params.files:
        old, new = paths.from_uri(one.old_uri), paths.from_uri(one.new_uri)
        # The root of a drive is moved by nobody, and everything would be in it.
        if old and new and old != new and os.path.dirname(old) != old:
            moved[old] = new
    if not await server.complete():
        return None
    view = server.session.view()
    known = file_renames.files_to_read(view, moved)
    if not known:
        return None
    # What moves elsewhere may lead out of its folder by links that nobody else has.
    folders = [old for old, new in moved.items() if os.path.dirname(old) != os.path.dirname(new)]
    says = move.says(file_renames.words(view, moved))
    files = await server.documents(SnapshotRequest(known, says, folders))
    followers = file_renames.followers(server.session.view(), moved)
    for complaint in followers.complaints:
        server.tell(f"other files keep the old name, since {complaint}", types.MessageType.Warning)
    return await edited(server, followers.names, moved, files)


def _did_rename(server: AgentServer, params: types.RenameFilesParams) -> None:
    server.look_at(uri for one in params.files for uri in (one.old_uri, one.new_uri))


def _did_something(server: AgentServer, params: types.CreateFilesParams | types.DeleteFilesParams) -> None:
    server.look_at(one.uri for one in params.files)


HANDLERS: Handlers = {
    types.WORKSPACE_WILL_RENAME_FILES: _will_rename,
    types.WORKSPACE_DID_RENAME_FILES: _did_rename,
    types.WORKSPACE_DID_CREATE_FILES: _did_something,
    types.WORKSPACE_DID_DELETE_FILES: _did_something,
}
