"""The tiny server, and what the tests of the protocol say to it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from raw_client import RawClient, notification

SERVER = [sys.executable, "-P", str(Path(__file__).with_name("tiny_server.py"))]
URI = "file:///a.md"
PARSE_ERROR, INVALID_REQUEST, METHOD_NOT_FOUND, INVALID_PARAMS, INTERNAL_ERROR = (
    -32700,
    -32600,
    -32601,
    -32602,
    -32603,
)
NOT_INITIALIZED, CANCELLED, REQUEST_FAILED = -32002, -32800, -32803


def start() -> RawClient:
    return RawClient(SERVER, env=environment())


def environment() -> dict[str, str]:
    folder = Path(__file__).parents[2] / "server"
    return {**os.environ, "PYTHONPATH": str(folder)}


def hover_params(line=0):
    return {"textDocument": {"uri": URI}, "position": {"line": line, "character": 0}}


def hover(msg_id, line=0):
    return {"jsonrpc": "2.0", "id": msg_id, "method": "textDocument/hover", "params": hover_params(line)}


def cancel(msg_id):
    return notification("$/cancelRequest", {"id": msg_id})


def command(client, name):
    return client.request("workspace/executeCommand", {"command": name})


def state(client):
    return command(client, "state")["result"]


def open_document(client, text, uri=URI):
    document = {"uri": uri, "languageId": "markdown", "version": 1, "text": text}
    client.notify("textDocument/didOpen", {"textDocument": document})


def answers_hover(client):
    return client.request("textDocument/hover", hover_params())["result"] == {"contents": URI}
