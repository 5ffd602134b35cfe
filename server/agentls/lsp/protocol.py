"""What pygls leaves open of JSON-RPC and LSP: refusals, order, cancellation, privacy.

Not a server (it knows no feature) and not a process (`stdio` knows the streams). All on the loop's thread.

The log names methods, ids and places in our code; params, results and the words of an exception may quote
a document, and stay out.
"""

from __future__ import annotations

import asyncio
import json
import logging
import uuid
from collections import deque
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, Any, TypeGuard

from lsprotocol import types
from pygls import exceptions
from pygls.protocol import LanguageServerProtocol, lsp_method

from agentls.lsp.lenient_params import fitting
from agentls.lsp.plain_words import make_harmless
from agentls.system.log import trace

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable
    from concurrent.futures import Future

    from pygls.lsp.server import LanguageServer
    from pygls.protocol.json_rpc import MsgId

logger = logging.getLogger(__name__)


class Protocol(LanguageServerProtocol):
    """Takes message bodies with `receive`; `ended` is set when the process should end with `exit_code`."""

    def __init__(self, server: LanguageServer, converter: Any) -> None:
        super().__init__(server, converter)
        keep_unknown_words(converter)
        # pygls keeps documents of its own, which we do not use: their lines break at U+0085 and U+2028, and
        # a change of one that was never opened raises. Without these, our own features are called.
        for method in [name for name in self.fm.builtin_features if "Document/" in name]:
            del self.fm.builtin_features[method]
        self.ended = asyncio.Event()
        self._initialized = False
        # What has arrived and is not yet handled, in order; None where a request was cancelled.
        # While it is not empty, one call of `_dispatch` is scheduled.
        self._waiting: deque[dict[str, Any] | None] = deque()

    @property
    def exit_code(self) -> int:
        return 0 if self._shutdown else 1

    @property
    def position_encoding(self) -> types.PositionEncodingKind:
        if self._workspace is None:
            return types.PositionEncodingKind.Utf16
        return types.PositionEncodingKind(self._workspace.position_encoding)

    def receive(self, bodies: Iterable[bytes]) -> None:
        """Queue what arrived together, so that a cancellation overtakes the request that it names."""
        for body in bodies:
            try:
                message = json.loads(body)
            except (ValueError, RecursionError):
                logger.warning("%d bytes are not JSON", len(body))
                self._send_error(None, exceptions.JsonRpcParseError())
            else:
                self._accept(message)

    def _accept(self, message: Any) -> None:
        if not is_message(message):
            logger.warning("JSON that is not a message")
            msg_id = message.get("id") if isinstance(message, dict) else None
            self._send_error(msg_id if is_id(msg_id) else None, exceptions.JsonRpcInvalidRequest())
        elif message.get("method") == types.CANCEL_REQUEST:
            self._cancel(message.get("params"))
        elif self._waiting and _outdates(message, self._waiting[-1]):
            # A stuck key, or an editor that is quicker than we are: the text in between is never shown.
            self._waiting[-1] = message
        else:
            if not self._waiting:
                asyncio.get_running_loop().call_soon(self._dispatch)
            self._waiting.append(message)

    def _cancel(self, params: Any) -> None:
        wanted = params.get("id") if isinstance(params, dict) else None
        if not is_id(wanted):
            return
        for place, message in enumerate(self._waiting):
            if message and "method" in message and message.get("id") == wanted:
                self._waiting[place] = None
                self._refuse(wanted, message["method"], exceptions.JsonRpcRequestCancelled())
                return
        # It may be under way in a coroutine; our own requests to the client are in the same table, and stay.
        if wanted not in self._result_types:
            self._handle_cancel_notification(wanted)

    def _dispatch(self) -> None:
        """Handle one message; the next one waits its turn, so that `receive` can run in between."""
        message = self._waiting.popleft()
        try:
            if message is not None and not self.ended.is_set():
                self._handle(message)
        finally:
            if self._waiting:
                asyncio.get_running_loop().call_soon(self._dispatch)

    def _handle(self, message: dict[str, Any]) -> None:
        method = message.get("method")
        logger.debug("received %s %s", method or "a response to", message.get("id", ""))
        if method is None:
            self._take_response(message)
        elif method == types.EXIT:
            self.ended.set()  # pygls raises SystemExit, except where a handler of `exit` fails
        else:
            self._handle_call(method, message)

    def _handle_call(self, method: str, message: dict[str, Any]) -> None:
        msg_id = message.get("id")  # None for a notification
        try:
            self._check_turn(method)
            handler = self._get_handler(method)
            params = self._structured_params(method, message)
        except exceptions.JsonRpcException as error:
            self._refuse(msg_id, method, error)
            return
        self._ctx_msg_id.set(msg_id)
        key = str(uuid.uuid4()) if msg_id is None else msg_id
        self._execute_handler(key, handler, partial(self._finish, msg_id=msg_id, method=method), (params,))

    def _take_response(self, message: dict[str, Any]) -> None:
        msg_id = message["id"]
        # A client may send anything here, even an id of its own; only our own requests are in this table.
        if not is_id(msg_id) or msg_id not in self._result_types:
            return
        kind = self._result_types.pop(msg_id)
        future = self._request_futures.pop(msg_id, None)
        if future is None or future.done():
            return
        try:
            if message.get("error") is not None:
                error = self._converter.structure(message["error"], types.ResponseError)
                logger.info("the client refused %s: %d", msg_id, error.code)
                future.set_exception(exceptions.JsonRpcException.from_error(error))
            else:
                result = self._converter.structure(message, kind).result if kind else message["result"]
                future.set_result(result)
        except Exception:  # noqa: BLE001  # whoever waits must go on, whatever is wrong with the response
            future.set_exception(exceptions.JsonRpcInternalError("The client's response cannot be read"))

    def _check_turn(self, method: str) -> None:
        if self._shutdown or (self._initialized and method == types.INITIALIZE):
            raise exceptions.JsonRpcInvalidRequest(f"{method} is too late")
        if not self._initialized and method != types.INITIALIZE:
            raise exceptions.JsonRpcServerNotInitialized

    def _structured_params(self, method: str, message: dict[str, Any]) -> Any:
        kind = self.get_message_type(method)
        if kind is None:  # a method of our own, its params as JSON has them
            return message.get("params")
        try:
            return self._converter.structure(message, kind).params
        except Exception as error:
            usable = method == types.INITIALIZE and self._usable_initialize(message.get("params"))
            if not usable:
                raise exceptions.JsonRpcInvalidParams from error
            return usable

    def _usable_initialize(self, params: Any) -> types.InitializeParams | None:
        """What is left of unusable params; a client that says a thing of no use is taken not to say it."""
        if not isinstance(params, dict) or "capabilities" not in params:
            return None
        structure = self._converter.structure
        rest = fitting(params, types.InitializeParams, structure) or fitting(
            {**params, "capabilities": {}}, types.InitializeParams, structure
        )
        logger.warning("a part of what the client says about itself cannot be used, and is left out")
        return structure(rest, types.InitializeParams) if rest else None

    def _execute_handler(
        self, msg_id: MsgId, handler: Any, callback: Callable[[Future[Any]], None], *args: Any, **kwargs: Any
    ) -> None:
        # pygls keeps the future of every notification whose handler is a coroutine or a generator, for ever.
        def done(future: Future[Any]) -> None:
            self._request_futures.pop(msg_id, None)
            callback(future)

        super()._execute_handler(msg_id, handler, done, *args, **kwargs)

    def _finish(self, future: Future[Any], *, msg_id: MsgId | None, method: str) -> None:
        if future.cancelled():
            self._refuse(msg_id, method, exceptions.JsonRpcRequestCancelled())
            return
        try:
            result = future.result()
            if msg_id is not None:
                self._send_data({"jsonrpc": self.VERSION, "id": msg_id, "result": result})
        except exceptions.JsonRpcException as error:  # a feature that refuses
            self._refuse(msg_id, method, error)
        except Exception as error:  # noqa: BLE001  # a feature that fails, or a result that is not JSON
            logger.error("%s failed\n%s", method, trace(error))  # noqa: TRY400  # that would log the words
            self._refuse(msg_id, method, exceptions.JsonRpcInternalError(type(error).__name__))

    def _refuse(self, msg_id: MsgId | None, method: str, error: exceptions.JsonRpcException) -> None:
        logger.info("%s %s refused: %d", method, "" if msg_id is None else msg_id, error.code)
        if msg_id is not None:
            self._send_error(msg_id, error)

    def _send_error(self, msg_id: MsgId | None, error: exceptions.JsonRpcException) -> None:
        # pygls' own message for errors leaves out an id that is null.
        self._send_data({"jsonrpc": self.VERSION, "id": msg_id, "error": error.to_response_error()})

    def _send_data(self, data: Any) -> None:
        # pygls logs the body, swallows what is not JSON, and opens a message box in the client.
        assert self.writer is not None
        make_harmless(data)
        body = json.dumps(data, default=self._serialize_message)  # ASCII: a lone surrogate is an escape
        try:
            self.writer.write(f"Content-Length: {len(body)}\r\n\r\n{body}".encode("ascii"))
        except OSError:
            self.ended.set()  # the client no longer reads

    @lsp_method(types.INITIALIZE)
    def lsp_initialize(self, params: types.InitializeParams) -> Generator[Any, Any, types.InitializeResult]:
        result = yield from super().lsp_initialize(params)
        self._initialized = True
        return result

    @lsp_method(types.SHUTDOWN)
    def lsp_shutdown(self, *args: Any) -> Generator[Any, Any, None]:
        # pygls cancels what is under way, and fails: it iterates over the very table that cancelling changes.
        self._shutdown = True
        if (handler := self.fm.features.get(types.SHUTDOWN)) is not None:
            yield handler, args, None


def is_message(value: Any) -> TypeGuard[dict[str, Any]]:
    if not isinstance(value, dict) or value.get("jsonrpc") != Protocol.VERSION:
        return False
    if "method" in value:
        return isinstance(value["method"], str) and ("id" not in value or is_id(value["id"]))
    return "id" in value and ("result" in value or "error" in value)


def _outdates(message: dict[str, Any], before: dict[str, Any] | None) -> bool:
    """Whether a message brings a text whole, in place of the one that the message before it brings."""
    replaced = _replaced_text(message)
    return replaced is not None and before is not None and _replaced_text(before) == replaced


def _replaced_text(message: dict[str, Any]) -> str | None:
    """The document of which a message, with nothing else in it, brings the whole text."""
    match message:
        case {
            "method": types.TEXT_DOCUMENT_DID_CHANGE,
            "params": {
                "textDocument": {"uri": str(uri), "version": int()},
                "contentChanges": [{"text": str(), **rest}],
            },
        } if not rest and "id" not in message:
            return uri
    return None


def is_id(value: Any) -> TypeGuard[MsgId]:
    return isinstance(value, int | str) and not isinstance(value, bool)


def keep_unknown_words(converter: Any) -> None:
    """Let a word of a later protocol stand as it came: one unknown symbol tag would refuse `initialize`."""

    def structure(value: Any, kind: type[Enum]) -> Any:
        try:
            return kind(value)
        except ValueError:
            return value

    for kind in vars(types).values():  # one by one: a hook for all is overruled by cattrs' own for str
        if isinstance(kind, type) and issubclass(kind, Enum):
            converter.register_structure_hook(kind, structure)
