"""A command that converts an agent or a skill for another product, and shows what gets lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from agentls.conversion.file_conversion import ConversionRefusedError, Loss, convert_file, target_named
from agentls.lsp import convert, server_capabilities
from agentls.lsp.requests import request_failed
from agentls.system import paths

if TYPE_CHECKING:
    from agentls.conversion.file_conversion import Conversion
    from agentls.lsp.server import AgentServer, Commands
    from agentls.semantics.file import File

# Nobody reads a longer message, and the result of the command has all of them.
_MOST_LOSSES = 10


async def _convert(server: AgentServer, *arguments: Any) -> dict[str, Any]:
    uri, product, is_applied = _arguments(arguments)
    path = paths.from_uri(uri)
    file = await server.file_at(path) if path else None
    target = target_named(file, product) if file else None
    if file is None or target is None:
        raise request_failed(f"agentls cannot convert this file to {product}")
    context = server.session.context(file)
    view = context.view
    try:
        new = await server.with_paths(view, lambda: convert_file(context, target))
    except ConversionRefusedError as reason:
        raise request_failed(str(reason)) from reason
    if await server.with_paths(view, lambda: view.exists(new.path)):
        raise request_failed(f"{view.display_path(new.path)} already exists")
    return {
        "uri": paths.to_uri(new.path),
        "text": new.text,
        "losses": [_loss(server, file, loss) for loss in new.losses],
        "applied": is_applied and await _apply(server, file, new),
    }


def _arguments(arguments: tuple[Any, ...]) -> tuple[str, str, bool]:
    match arguments:
        case [{"uri": str(uri), "to": str(product), **others}] if isinstance(others.get("apply", True), bool):
            return uri, product, bool(others.get("apply", True))
    raise JsonRpcInvalidParams("Expected one argument: an object with `uri`, `to` and, optionally, `apply`")


def _loss(server: AgentServer, file: File, loss: Loss) -> dict[str, Any]:
    stretch = convert.range_(file.text, loss.span, server.client.position_encoding)
    return {"range": convert.plain_range(stretch), "message": loss.message}


async def _apply(server: AgentServer, file: File, new: Conversion) -> bool:
    """Let the editor create the file, and show what got lost; False where it cannot."""
    shown = server.session.view().display_path(new.path)
    if not server.client.creates_files:
        place = f"the {file.dialect.kind} for {new.dialect.product} belongs in {shown}"
        _show_result(server, f"this editor cannot create files for a server; {place}", file, new)
        return False
    is_made = await server.create_file(new.path, new.text, f"Convert to {new.dialect.product}")
    if is_made:
        _show_result(server, f"converted to {new.dialect.product}, in {shown}", file, new)
    return is_made


def _show_result(server: AgentServer, message: str, file: File, new: Conversion) -> None:
    losses = [f"line {file.text.line_at(loss.span.start) + 1}: {loss.message}" for loss in new.losses]
    more = [f"and {len(losses) - _MOST_LOSSES} more"] if len(losses) > _MOST_LOSSES else []
    level = types.MessageType.Warning if losses else types.MessageType.Info
    server.show_message("\n".join([message, *losses[:_MOST_LOSSES], *more]), level)


COMMANDS: Commands = {server_capabilities.CONVERT: _convert}
