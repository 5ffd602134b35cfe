"""A command that makes the same agent or skill for another product, and says what gets lost on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from agentls.conversion.convert import ConversionRefusedError, Loss, convert_file, target_named, targets
from agentls.lsp import convert, server_capabilities
from agentls.lsp.requests import refusal
from agentls.system import paths

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.conversion.convert import Conversion
    from agentls.lsp.requests import Commands
    from agentls.lsp.server import AgentServer
    from agentls.semantics.file import File

# Nobody reads a longer message, and the result of the command has all of them.
_MOST_TOLD = 10


def actions(file: File, uri: str) -> Iterator[types.CodeAction]:
    """One action for each product that the file can be converted to."""
    for target in targets(file):
        title = f"Convert to {target.product}"
        command = types.Command(
            title, server_capabilities.CONVERT, arguments=[{"uri": uri, "to": target.product}]
        )
        yield types.CodeAction(title=title, kind=server_capabilities.CONVERSION, command=command)


async def _convert(server: AgentServer, *arguments: Any) -> dict[str, Any]:
    uri, product, is_applied = _wishes(arguments)
    path = paths.from_uri(uri)
    file = await server.file_at(path) if path else None
    target = target_named(file, product) if file else None
    if file is None or target is None:
        raise refusal(f"agentls cannot convert this file to {product}")
    context = server.session.context(file)
    view = context.view
    try:
        new = await server.with_paths(view, lambda: convert_file(context, target))
    except ConversionRefusedError as reason:
        raise refusal(str(reason)) from reason
    if await server.with_paths(view, lambda: view.exists(new.path)):
        raise refusal(f"there is a file already, in {view.shown(new.path)}")
    return {
        "uri": paths.to_uri(new.path),
        "text": new.text,
        "losses": [_loss(server, file, loss) for loss in new.losses],
        "applied": is_applied and await _apply(server, file, new),
    }


def _wishes(arguments: tuple[Any, ...]) -> tuple[str, str, bool]:
    match arguments:
        case [{"uri": str(uri), "to": str(product), **others}] if isinstance(others.get("apply", True), bool):
            return uri, product, bool(others.get("apply", True))
    raise JsonRpcInvalidParams("The only argument is an object with `uri`, `to` and, if you like, `apply`")


def _loss(server: AgentServer, file: File, loss: Loss) -> dict[str, Any]:
    stretch = convert.range_(file.text, loss.span, server.client.columns)
    return {"range": convert.plain_range(stretch), "message": loss.message}


async def _apply(server: AgentServer, file: File, new: Conversion) -> bool:
    """Let the editor make the file, and say what got lost; False where it cannot."""
    shown = server.session.view().shown(new.path)
    if not server.client.creates_files:
        place = f"the {file.dialect.kind} for {new.dialect.product} belongs in {shown}"
        _tell(server, f"this editor cannot create files for a server; {place}", file, new)
        return False
    is_made = await server.make(new.path, new.text, f"Convert to {new.dialect.product}")
    if is_made:
        _tell(server, f"converted to {new.dialect.product}, in {shown}", file, new)
    return is_made


def _tell(server: AgentServer, message: str, file: File, new: Conversion) -> None:
    told = [f"line {file.text.line_at(loss.span.start) + 1}: {loss.message}" for loss in new.losses]
    more = [f"and {len(told) - _MOST_TOLD} more"] if len(told) > _MOST_TOLD else []
    level = types.MessageType.Warning if told else types.MessageType.Info
    server.tell("\n".join([message, *told[:_MOST_TOLD], *more]), level)


COMMANDS: Commands = {server_capabilities.CONVERT: _convert}
