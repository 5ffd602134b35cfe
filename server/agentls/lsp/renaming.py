"""A new name for what is under the cursor, in all files; refused with the reason where that would do harm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from agentls import renaming
from agentls.lsp import convert
from agentls.lsp.requests import at

if TYPE_CHECKING:
    from agentls.file import File
    from agentls.lsp.requests import Positioned
    from agentls.lsp.server import AgentServer
    from agentls.renaming import Renaming

_NOTHING = "There is no agent, skill or command here that could be renamed"


def _prepare(server: AgentServer, params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
    if not (found := _found(server, params)):
        return None
    file, what = found
    stretch = convert.range_(file.text, what.subject.span, server.client.columns)
    return types.PrepareRenamePlaceholder(stretch, what.old)


async def _rename(server: AgentServer, params: types.RenameParams) -> types.WorkspaceEdit:
    if not (found := _found(server, params)):
        raise _refusal(_NOTHING)
    file, what = found
    view = server.session.view()
    try:
        renaming.check_name(view, file, what, params.new_name)
    except renaming.RefusedError as reason:
        raise _refusal(str(reason)) from reason
    files = await server.files(renaming.files_to_read(view, what))
    change = renaming.change(server.session.view(), what, params.new_name, files)
    if change.renames and not server.client.renames_files:
        _tell_to_move(server, change.renames)
    return server.edit(change, files)


def _found(server: AgentServer, params: Positioned) -> tuple[File, Renaming] | None:
    if not (place := at(server, params)):
        return None
    try:
        what = renaming.renaming(server.session.view(), *place)
    except renaming.RefusedError as reason:
        raise _refusal(str(reason)) from reason
    return (place[0], what) if what else None


def _refusal(reason: str) -> JsonRpcException:
    return JsonRpcException(f"{reason[0].upper()}{reason[1:]}.", types.LSPErrorCodes.RequestFailed.value)


def _tell_to_move(server: AgentServer, renames: Any) -> None:
    """For editors that move no files themselves."""
    moves = "; ".join(f"{old} to {new}" for old, new in renames.items())
    message = f"agentls: this editor cannot move files for a server; please move {moves}"
    server.window_show_message(types.ShowMessageParams(types.MessageType.Info, message))


HANDLERS: tuple[tuple[str, Any, Any], ...] = (
    (types.TEXT_DOCUMENT_PREPARE_RENAME, _prepare, None),
    (types.TEXT_DOCUMENT_RENAME, _rename, None),
)
