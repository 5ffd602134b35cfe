"""Files that the user moves, creates or deletes: edits before, a scan of them after."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from lsprotocol import types

from agentls.features import file_renames
from agentls.lsp.workspace_edits import edit_in_slices
from agentls.refactoring import move, rename
from agentls.session.snapshot import SnapshotRequest
from agentls.system import paths

if TYPE_CHECKING:
    from agentls.lsp.server import AgentServer, Handlers


async def _will_rename(server: AgentServer, params: types.RenameFilesParams) -> types.WorkspaceEdit | None:
    moved = {}
    for one in params.files:
        old, new = paths.from_uri(one.old_uri), paths.from_uri(one.new_uri)
        # The root of a drive does not move, and everything would be in it.
        if old and new and old != new and os.path.dirname(old) != old:
            moved[old] = new
    if not await server.wait_for_index():
        return None
    view = server.session.view()
    known = file_renames.files_to_read(view, moved)
    if not known:
        return None
    # What moves elsewhere may lead out of its folder by links that no other file has.
    folders = [old for old, new in moved.items() if os.path.dirname(old) != os.path.dirname(new)]
    mentions = move.mentions_any(file_renames.words(view, moved))
    files = await server.snapshot(SnapshotRequest(known, mentions, folders))
    # Something may have changed while the disk was read.
    view = server.session.view()
    followers = file_renames.followers(view, moved)
    for problem in followers.complaints:
        server.show_message(f"other files keep the old name, because {problem}", types.MessageType.Warning)
    return await edit_in_slices(
        server.session,
        server.client,
        files,
        lambda some: server.with_paths(view, lambda: rename.change(view, followers.names, moved, some)),
    )


def _did_rename(server: AgentServer, params: types.RenameFilesParams) -> None:
    server.changed_on_disk(uri for one in params.files for uri in (one.old_uri, one.new_uri))


def _did_create_or_delete(
    server: AgentServer, params: types.CreateFilesParams | types.DeleteFilesParams
) -> None:
    server.changed_on_disk(one.uri for one in params.files)


HANDLERS: Handlers = {
    types.WORKSPACE_WILL_RENAME_FILES: _will_rename,
    types.WORKSPACE_DID_RENAME_FILES: _did_rename,
    types.WORKSPACE_DID_CREATE_FILES: _did_create_or_delete,
    types.WORKSPACE_DID_DELETE_FILES: _did_create_or_delete,
}
