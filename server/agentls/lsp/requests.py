"""What the handlers share: parameters of requests, the reason why one fails, requests of our own."""

from __future__ import annotations

import asyncio
from typing import Any, Protocol

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams

from agentls.system import paths


class Positioned(Protocol):
    """The parameters of a request about one place."""

    @property
    def text_document(self) -> types.TextDocumentIdentifier: ...

    @property
    def position(self) -> types.Position: ...


def file_argument(arguments: tuple[Any, ...]) -> str:
    """The path of the file that a command is about."""
    path = paths.from_uri(arguments[0]) if arguments and isinstance(arguments[0], str) else None
    if path is None:
        raise JsonRpcInvalidParams("The first argument must be the URI of a file")
    return path


def request_failed(reason: str) -> JsonRpcException:
    """The error ``RequestFailed`` with the reason, which editors show to the user."""
    return JsonRpcException(f"{reason[0].upper()}{reason[1:]}.", types.LSPErrorCodes.RequestFailed.value)


def send(request: Any) -> None:
    """Send a request and go on; an error in the response is in the log already."""
    task = asyncio.ensure_future(request)
    task.add_done_callback(lambda done: done.cancelled() or done.exception())
