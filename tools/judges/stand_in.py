"""A stand-in for a model on the loopback address: it keeps what it is asked, and answers in any wire form."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Self

Request = dict[str, Any]
# What it answers: the arguments of calls of one tool, all at once; none to say "done".
Calls = tuple[str, list[dict[str, Any]]]


class StandIn:
    """``requests`` are all that were made, in order; ``calls`` says which tools it uses in answer to one."""

    def __init__(self, calls: Callable[[Request], Calls | None] = lambda _: None) -> None:
        self.requests: list[Request] = []
        self._calls = calls
        self._lock = Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, path: str, request: Request) -> tuple[str, str]:
        """The media type and the body."""
        path = path.partition("?")[0]
        if "ount" in path.rpartition("/")[2]:
            return "application/json", '{"input_tokens": 1, "totalTokens": 1}'
        with self._lock:
            self.requests.append(request)
            name, arguments = self._calls(request) or ("", [])
        calls = [(f"call_{number}", name, one) for number, one in enumerate(arguments)]
        if path.endswith("/messages"):
            return _events(_messages(request, calls))
        if path.endswith("/chat/completions"):
            return _events([("", one) for one in _chat(request, calls)])
        if path.endswith("/responses"):
            return _events(_responses(calls))
        parts = [{"functionCall": {"name": name, "args": one}} for _, name, one in calls] or [
            {"text": "done"}
        ]
        content = {"content": {"role": "model", "parts": parts}, "finishReason": "STOP", "index": 0}
        return _events([("", {"candidates": [content], "usageMetadata": {"totalTokenCount": 1}})])

    def _handler(self) -> type[BaseHTTPRequestHandler]:  # noqa: C901
        answer = self._answer

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: object) -> None:
                pass

            def do_GET(self) -> None:
                self._send("application/json", '{"data": [{"id": "standin", "object": "model"}]}')

            do_HEAD = do_GET  # noqa: N815

            def do_POST(self) -> None:
                try:
                    request = json.loads(self._body())
                except ValueError:
                    request = {}
                if isinstance(request, dict) and any(
                    request.get(k) for k in ("messages", "contents", "input")
                ):
                    self._send(*answer(self.path, request))
                else:
                    self._send("application/json", "{}")

            def _body(self) -> bytes:
                if "chunked" not in (self.headers.get("transfer-encoding") or ""):
                    return self.rfile.read(int(self.headers.get("content-length") or 0))
                data = b""
                while size := int(self.rfile.readline().partition(b";")[0].strip() or b"0", 16):
                    data += self.rfile.read(size)
                    self.rfile.readline()
                self.rfile.readline()
                return data

            def _send(self, kind: str, text: str) -> None:
                data = text.encode()
                self.send_response(200)
                self.send_header("content-type", kind)
                self.send_header("content-length", str(len(data)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(data)

        return Handler


def tools_of(request: Request) -> list[str]:
    """The names of the tools that a request offers."""
    names = []
    for tool in request.get("tools") or []:
        inside = tool.get("functionDeclarations") or [tool.get("function") or tool]
        names += [one.get("name") or one.get("type") for one in inside]
    return names


def texts_of(value: object) -> Iterator[str]:
    """All texts of a request, whatever its form."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts_of(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts_of(one)


_Call = tuple[str, str, dict[str, Any]]
_USAGE = {"input_tokens": 1, "output_tokens": 1}


def _events(events: list[tuple[str, dict[str, Any]]]) -> tuple[str, str]:
    """A stream: with the kind of each event, or as plain data that ends with a mark."""
    lines = [f"event: {kind}\n" * bool(kind) + f"data: {json.dumps(data)}\n\n" for kind, data in events]
    is_chat = any("choices" in data for _, data in events)
    return "text/event-stream", "".join(lines) + "data: [DONE]\n\n" * is_chat


def _messages(request: Request, calls: list[_Call]) -> list[tuple[str, dict[str, Any]]]:
    start = {"id": "m", "type": "message", "role": "assistant", "model": request.get("model"), "content": []}
    start |= {"stop_reason": None, "stop_sequence": None, "usage": _USAGE}
    events: list[tuple[str, dict[str, Any]]] = [("message_start", {"message": start})]
    blocks = [
        ({"type": "tool_use", "id": key, "name": name, "input": {}}, {"partial_json": json.dumps(one)})
        for key, name, one in calls
    ] or [({"type": "text", "text": ""}, {"text": "done"})]
    for index, (block, delta) in enumerate(blocks):
        kind = "text_delta" if "text" in delta else "input_json_delta"
        events.append(("content_block_start", {"index": index, "content_block": block}))
        events.append(("content_block_delta", {"index": index, "delta": {"type": kind, **delta}}))
        events.append(("content_block_stop", {"index": index}))
    reason = "tool_use" if calls else "end_turn"
    events.append(
        ("message_delta", {"delta": {"stop_reason": reason, "stop_sequence": None}, "usage": _USAGE})
    )
    events.append(("message_stop", {}))
    return [(kind, {"type": kind, **data}) for kind, data in events]


def _chat(request: Request, calls: list[_Call]) -> list[dict[str, Any]]:
    used = [
        {"index": n, "id": key, "type": "function", "function": {"name": name, "arguments": json.dumps(one)}}
        for n, (key, name, one) in enumerate(calls)
    ]
    message: dict[str, Any] = {"role": "assistant", "content": None if used else "done"}
    message |= {"tool_calls": used} if used else {}
    base = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": request.get("model")}
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    reason = "tool_calls" if used else "stop"
    return [
        {**base, "choices": [{"index": 0, "delta": message, "finish_reason": None}]},
        {**base, "choices": [{"index": 0, "delta": {}, "finish_reason": reason}], "usage": usage},
    ]


def _responses(calls: list[_Call]) -> list[tuple[str, dict[str, Any]]]:
    content = [{"type": "output_text", "text": "done", "annotations": []}]
    items: list[dict[str, Any]] = [
        {"type": "function_call", "call_id": key, "name": name, "arguments": json.dumps(one)}
        for key, name, one in calls
    ] or [{"type": "message", "id": "m", "role": "assistant", "content": content}]
    whole = {"id": "r", "object": "response", "output": items, "usage": {**_USAGE, "total_tokens": 2}}
    events: list[tuple[str, dict[str, Any]]] = [("response.created", {"response": {**whole, "output": []}})]
    events += [("response.output_item.done", {"output_index": n, "item": one}) for n, one in enumerate(items)]
    events.append(("response.completed", {"response": whole}))
    return [(kind, {"type": kind, **data}) for kind, data in events]
