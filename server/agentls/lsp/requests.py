"""What the handlers share: what a request is about, why it is refused, and requests of our own."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams

from agentls.lsp import convert
from agentls.semantics.file import OtherFile
from agentls.system import paths

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from agentls.lsp.server import AgentServer
    from agentls.semantics.file import File


# What answers a method of the protocol.
Handlers: TypeAlias = "dict[str, Callable[[AgentServer, Any], Any]]"
# What does a command, with the command's arguments as they come.
Commands: TypeAlias = "dict[str, Callable[..., Awaitable[Any]]]"


class Positioned(Protocol):
    """The parameters of a request about one place."""

    @property
    def text_document(self) -> types.TextDocumentIdentifier: ...

    @property
    def position(self) -> types.Position: ...


def at(server: AgentServer, params: Positioned) -> tuple[File, int] | None:
    """The file and the offset that a request is about: the user points at something."""
    server.in_use()
    file = server.session.file(params.text_document.uri)
    return (file, convert.offset(file.text, params.position, server.client.columns)) if file else None


def page_at(server: AgentServer, params: Positioned) -> tuple[OtherFile, int] | None:
    """The same in a file of no dialect."""
    buffer = server.session.buffers.get(params.text_document.uri)
    if buffer is None or buffer.path is None:
        return None
    offset = convert.offset(buffer.text, params.position, server.client.columns)
    return OtherFile(buffer.path, buffer.text), offset


def file_argument(arguments: tuple[Any, ...]) -> str:
    """The path of the file that a command is about."""
    path = paths.from_uri(arguments[0]) if arguments and isinstance(arguments[0], str) else None
    if path is None:
        raise JsonRpcInvalidParams("The first argument must be the URI of a file")
    return path


def refusal(reason: str) -> JsonRpcException:
    """The answer that says why not, which editors show to the user."""
    return JsonRpcException(f"{reason[0].upper()}{reason[1:]}.", types.LSPErrorCodes.RequestFailed.value)


def send(request: Any) -> None:
    """Send a request and go on; a refusal is in the log already."""
    task = asyncio.ensure_future(request)
    task.add_done_callback(lambda done: done.cancelled() or done.exception())
