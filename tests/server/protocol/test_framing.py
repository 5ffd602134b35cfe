"""What arrives: headers, packets, and bodies that are no messages."""

from __future__ import annotations

import json
import sys
import time

import pytest

from raw_client import RawClient, frame
from tiny import (
    INTERNAL_ERROR,
    INVALID_PARAMS,
    INVALID_REQUEST,
    PARSE_ERROR,
    SERVER,
    answers_hover,
    environment,
    hover,
    open_document,
    state,
)

# Framing


@pytest.mark.parametrize(
    "head",
    [
        b"content-length: %d",
        b"CONTENT-LENGTH:%d",
        b"Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length: %d",
        b"Content-Length: %d\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8",
        b"X-Other: 1\r\ncontent-type: x\r\nContent-Length : %d ",
    ],
)
def test_headers_are_read_in_any_order_and_case(client, head):
    body = json.dumps(hover("head")).encode()
    client.send_bytes(head % len(body) + b"\r\n\r\n" + body)
    assert client.response("head")["result"]


def test_a_message_in_many_packets_is_one_message(client):
    data = frame(hover("split")) + frame(hover("second"))
    for place in range(0, len(data), 7):
        client.send_bytes(data[place : place + 7])
        time.sleep(0.001)
    assert client.response("split")["result"]
    assert client.response("second")["result"]


def test_many_messages_in_one_packet_are_many_messages_in_order(client):
    client.send(*(hover(f"joined {number}", 1) for number in range(50)))
    given = [
        client.receive(lambda message: str(message.get("id")).startswith("joined"))["id"] for _ in range(50)
    ]
    assert given == [f"joined {number}" for number in range(50)]


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Type: x",
        b"Content-Length: many",
        b"Content-Length: -5",
        b"Content-Length: 12abc",
        b"Content-Length: 9999999999",
        b"Content-Length: " + b"9" * 5000,
        b"Content-Length:",
        b"",
    ],
    ids=lambda head: head[-20:].decode(),
)
def test_after_an_unusable_header_the_next_message_is_found(client, head):
    client.send_bytes(head + b'\r\n\r\n{"jsonrpc": "2.0", "method": "Content-Length: 5\\r\\n\\r\\n"}')
    client.send(hover("after damage"))
    assert client.response("after damage")["result"]
    assert client.logged("without a usable Content-Length")


def test_after_a_length_that_is_too_short_the_next_message_is_found(client):
    client.send_bytes(
        frame(hover("cut"))[:-10].replace(b"Content-Length: 1", b"Content-Length: ") + b" " * 200
    )
    client.send(hover("after damage"))
    assert client.response(None)["error"]["code"] == PARSE_ERROR
    assert client.response("after damage")["result"]


def test_after_megabytes_without_a_header_the_next_message_is_found(client):
    client.send_bytes(b"x" * 3_000_000)
    client.send(hover("after damage"))
    assert client.response("after damage")["result"]
    assert client.logged("bytes without a header")


def test_a_large_message_is_read_whole(client):
    open_document(client, "\u2713" * 3_000_000, "file:///large.md")
    assert len(state(client)["texts"].pop("file:///large.md")) == 3_000_000
    client.notify("textDocument/didClose", {"textDocument": {"uri": "file:///large.md"}})


# Bodies that are no messages


@pytest.mark.parametrize(
    "body", [b"{", b"", b"\xff\xfe\xfd", b"[" * 200_000, b"9" * 5000], ids=lambda body: body[:3]
)
def test_a_body_that_is_not_json_is_answered_with_a_parse_error(client, body):
    client.send_bytes(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
    assert client.response(None)["error"]["code"] == PARSE_ERROR
    assert answers_hover(client)


@pytest.mark.parametrize(
    ("message", "msg_id"),
    [
        ([], None),
        ([hover(1)], None),
        (5, None),
        (None, None),
        ({}, None),
        ({"jsonrpc": "2.0", "id": 7}, 7),
        ({"jsonrpc": "2.0", "id": 8, "method": 5}, 8),
        ({"jsonrpc": "2.0", "id": [], "method": "textDocument/hover"}, None),
        ({"jsonrpc": "2.0", "id": None, "method": "textDocument/hover"}, None),
        ({"jsonrpc": "2.0", "id": True, "method": "textDocument/hover"}, None),
        ({"jsonrpc": "1.0", "id": "a", "method": "textDocument/hover"}, "a"),
        ({"id": "b", "method": "textDocument/hover"}, "b"),
    ],
    ids=json.dumps,
)
def test_json_that_is_no_message_is_answered_with_invalid_request(client, message, msg_id):
    client.send(message)
    assert client.response(msg_id)["error"]["code"] == INVALID_REQUEST
    assert answers_hover(client)


def test_params_nested_as_deep_as_json_allows_do_not_kill_the_server(client):
    for depth in (100, 500, 900, 950, 980, 2000):
        deep = b"[" * depth + b"]" * depth
        body = b'{"jsonrpc": "2.0", "id": %d, "method": "tiny/echo", "params": %s}' % (depth, deep)
        client.send_bytes(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        answer = client.receive(lambda message, depth=depth: message.get("id", depth) in (depth, None))
        assert "result" in answer or answer["error"]["code"] in (PARSE_ERROR, INVALID_PARAMS, INTERNAL_ERROR)
    assert answers_hover(client)


@pytest.mark.skipif(sys.platform == "win32", reason="its pipes know no such mode")
def test_pipes_that_do_not_block_are_waited_for():
    start = "import os, sys; [os.set_blocking(d, False) for d in (0, 1)]; os.execv(sys.argv[1], sys.argv[1:])"
    uri = "file:///" + "a" * (1 << 20)  # more than a pipe holds, in and out
    request = hover("long")
    request["params"]["textDocument"]["uri"] = uri
    with RawClient([sys.executable, "-c", start, *SERVER], env=environment()) as client:
        client.initialize()
        time.sleep(0.1)  # it has nothing to read now
        client.send(request)
        assert client.response("long")["result"]["contents"] == uri
        assert client.close() == 0
