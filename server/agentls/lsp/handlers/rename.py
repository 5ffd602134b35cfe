"""Rename what is under the cursor in all files; refused with the reason where that would do harm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types

from agentls.findings import Change
from agentls.lsp import convert
from agentls.lsp.requests import request_failed
from agentls.lsp.workspace_edits import edit_in_slices, joined, workspace_edit
from agentls.refactoring import argument_names, move, new_names, rename
from agentls.semantics.declared_arguments import declared_argument_at
from agentls.session.snapshot import SnapshotRequest

if TYPE_CHECKING:
    from agentls.lsp.requests import Positioned
    from agentls.lsp.server import AgentServer, Handlers
    from agentls.refactoring.rename import Renaming
    from agentls.semantics.declared_arguments import DeclaredArgument
    from agentls.semantics.file import File
    from agentls.text.source import Text

_NOTHING = "There is no agent, skill, command, argument or MCP server to rename here"


def _prepare(server: AgentServer, params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
    if argument := _argument(server, params):
        file, own = argument
        stretch = convert.range_(file.text, own.span, server.client.position_encoding)
        return types.PrepareRenamePlaceholder(stretch, own.name)
    if not (found := _found(server, params)):
        return None
    text, what = found
    stretch = convert.range_(text, what.symbol.span, server.client.position_encoding)
    return types.PrepareRenamePlaceholder(stretch, what.old)


async def _rename(server: AgentServer, params: types.RenameParams) -> types.WorkspaceEdit:
    if argument := _argument(server, params):
        try:
            change = argument_names.rename_argument(*argument, params.new_name)
        except new_names.NameRefusedError as reason:
            raise request_failed(str(reason)) from reason
        return workspace_edit(server.session, server.client, change)
    if not await server.wait_for_index():
        raise request_failed("the workspace is still being read; try again in a moment")
    if not (found := _found(server, params)):
        raise request_failed(_NOTHING)
    _, what = found
    view = server.session.view()
    try:
        rename.check_name(view, what, params.new_name)
    except new_names.NameRefusedError as reason:
        raise request_failed(str(reason)) from reason
    mentions = move.mentions_any(rename.words(view, what))
    files = await server.snapshot(SnapshotRequest(rename.files_to_read(view, what), mentions))
    # Something may have changed while the disk was read.
    view, names = server.session.view(), [(what, params.new_name)]
    moved = dict(rename.moves(view, what, params.new_name))
    edit = await edit_in_slices(
        server.session,
        server.client,
        files,
        lambda some: server.with_paths(view, lambda: rename.change(view, names, moved, some)),
    )
    if moved and not server.client.renames_files:
        _show_moves(server, moved)
    return joined([edit, workspace_edit(server.session, server.client, Change(renames=moved))])


def _argument(server: AgentServer, params: Positioned) -> tuple[File, DeclaredArgument] | None:
    """An argument that the file declares, which nothing else names."""
    place = server.file_and_offset(params)
    argument = declared_argument_at(*place) if place else None
    return (place[0], argument) if place and argument else None


def _found(server: AgentServer, params: Positioned) -> tuple[Text, Renaming] | None:
    try:
        if place := server.file_and_offset(params):
            file, offset = place
            what, text = rename.renaming(server.session.context(file), offset), file.text
        elif elsewhere := server.other_file_and_offset(params):
            other, offset = elsewhere
            what, text = rename.renaming_elsewhere(server.session.view(), other, offset), other.text
        else:
            return None
    except new_names.NameRefusedError as reason:
        raise request_failed(str(reason)) from reason
    return (text, what) if what else None


def _show_moves(server: AgentServer, renames: Any) -> None:
    """For editors that move no files themselves."""
    moves = "; ".join(f"{old} to {new}" for old, new in renames.items())
    server.show_message(f"this editor cannot move files for a server; please move {moves}")


HANDLERS: Handlers = {
    types.TEXT_DOCUMENT_PREPARE_RENAME: _prepare,
    types.TEXT_DOCUMENT_RENAME: _rename,
}
