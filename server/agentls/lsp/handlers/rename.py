"""A new name for what is under the cursor, in all files; refused with the reason where that would do harm."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from agentls.findings import Change
from agentls.lsp import convert
from agentls.lsp.requests import at, page_at, refusal
from agentls.refactoring import move, new_names, rename
from agentls.session.snapshot import SnapshotRequest

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from agentls.lsp.requests import Handlers, Positioned
    from agentls.lsp.server import AgentServer
    from agentls.refactoring.rename import Renaming
    from agentls.semantics.file import File, OtherFile
    from agentls.text.source import Text

# They take some milliseconds.
_SLICE = 50
_NOTHING = "There is no agent, skill, command or MCP server here that could be renamed"


def _prepare(server: AgentServer, params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
    if not (found := _found(server, params)):
        return None
    text, what = found
    stretch = convert.range_(text, what.symbol.span, server.client.columns)
    return types.PrepareRenamePlaceholder(stretch, what.old)


async def _rename(server: AgentServer, params: types.RenameParams) -> types.WorkspaceEdit:
    if not await server.complete():
        raise refusal("the workspace is still being read; try again in a moment")
    if not (found := _found(server, params)):
        raise refusal(_NOTHING)
    _, what = found
    view = server.session.view()
    try:
        rename.check_name(view, what, params.new_name)
    except new_names.NameRefusedError as reason:
        raise refusal(str(reason)) from reason
    says = move.says(rename.words(view, what))
    files = await server.documents(SnapshotRequest(rename.files_to_read(view, what), says))
    moved = dict(rename.moves(server.session.view(), what, params.new_name))
    edit = await edited(server, [(what, params.new_name)], moved, files)
    if moved and not server.client.renames_files:
        _tell_to_move(server, moved)
    return convert.joined([edit, server.edit(Change(renames=moved))])


async def edited(
    server: AgentServer,
    names: Collection[tuple[Renaming, str]],
    moved: Mapping[str, str],
    files: Sequence[File | OtherFile],
) -> types.WorkspaceEdit:
    """``rename.change`` for the client, some files at a time, so that nobody else waits for all of them."""
    view = server.session.view()
    edits = []
    for start in range(0, len(files), _SLICE):
        some = files[start : start + _SLICE]
        change = await server.with_paths(view, partial(rename.change, view, names, moved, some))
        edits.append(server.edit(change, some))
        await asyncio.sleep(0)
    return convert.joined(edits)


def _found(server: AgentServer, params: Positioned) -> tuple[Text, Renaming] | None:
    try:
        if place := at(server, params):
            file, offset = place
            what, text = rename.renaming(server.session.context(file), offset), file.text
        elif elsewhere := page_at(server, params):
            page, offset = elsewhere
            what, text = rename.renaming_elsewhere(server.session.view(), page, offset), page.text
        else:
            return None
    except new_names.NameRefusedError as reason:
        raise refusal(str(reason)) from reason
    return (text, what) if what else None


def _tell_to_move(server: AgentServer, renames: Any) -> None:
    """For editors that move no files themselves."""
    moves = "; ".join(f"{old} to {new}" for old, new in renames.items())
    server.tell(f"this editor cannot move files for a server; please move {moves}")


HANDLERS: Handlers = {
    types.TEXT_DOCUMENT_PREPARE_RENAME: _prepare,
    types.TEXT_DOCUMENT_RENAME: _rename,
}
