"""The protocol as a client sees it: every sentence of the specification that pygls leaves open is one test.

`PLAIN_PYGLS=1 pytest tests/test_protocol.py` runs the same server on pygls alone, to see what it lacks.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from patience import PATIENCE, until
from raw_client import RawClient, answer_like_an_editor, frame, notification

SERVER = [sys.executable, "-P", str(Path(__file__).with_name("tiny_server.py"))]
URI = "file:///a.md"
SECRET = "sesame-4711"
PARSE_ERROR, INVALID_REQUEST, METHOD_NOT_FOUND, INVALID_PARAMS, INTERNAL_ERROR = (
    -32700,
    -32600,
    -32601,
    -32602,
    -32603,
)
NOT_INITIALIZED, CANCELLED, REQUEST_FAILED = -32002, -32800, -32803
SHUTDOWN = {"jsonrpc": "2.0", "id": "s", "method": "shutdown"}
EXIT = notification("exit")


def start() -> RawClient:
    return RawClient(SERVER, env=environment())


def environment() -> dict[str, str]:
    folder = Path(__file__).parent.parent / "server"
    return {**os.environ, "PYTHONPATH": str(folder)}


def scope(**_):
    # pygls alone does not survive many of these tests.
    return "function" if "PLAIN_PYGLS" in os.environ else "module"


@pytest.fixture(scope=scope)
def shared():
    with start() as client:
        client.initialize()
        yield client


@pytest.fixture
def client(shared):
    """An initialized server that the tests share; nothing may end it, and no error may pop up."""
    yield shared
    shared.answer = answer_like_an_editor
    assert shared.process.poll() is None
    popups = [message for message in shared.notifications if message["method"] == "window/showMessage"]
    shared.notifications.clear()
    assert popups == []
    assert "ERROR:asyncio" not in shared.stderr  # the loop caught what we should have


@pytest.fixture
def fresh():
    """A server of its own, not initialized."""
    with start() as client:
        yield client


@pytest.fixture
def own(fresh):
    """A server of its own, initialized."""
    fresh.initialize()
    return fresh


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


# 1 Params that do not structure


@pytest.mark.parametrize("params", [None, [], 5, {"textDocument": {"uri": URI}}, {"position": {"line": "x"}}])
def test_a_request_with_unusable_params_is_answered_with_invalid_params(client, params):
    assert client.request("textDocument/hover", params)["error"]["code"] == INVALID_PARAMS


def test_a_notification_with_unusable_params_is_logged_and_ignored(client):
    client.notify("textDocument/didSave", {"textDocument": 5})
    assert answers_hover(client)
    assert client.logged("textDocument/didSave  refused: -32602")


def test_a_word_of_a_later_protocol_does_not_refuse_initialize(fresh):
    capabilities = {
        "textDocument": {"documentSymbol": {"tagSupport": {"valueSet": [1, 99]}}},
        "workspace": {"workspaceEdit": {"resourceOperations": ["create", "teleport"]}},
    }
    assert fresh.initialize(capabilities, trace="compact")["serverInfo"]["name"] == "tiny"


# 2 Bodies that are no messages


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


# 3 Before `initialize`


def test_before_initialize_requests_are_refused_and_notifications_dropped(fresh):
    open_document(fresh, "early")
    assert fresh.request("textDocument/hover", hover_params())["error"]["code"] == NOT_INITIALIZED
    assert fresh.request("shutdown")["error"]["code"] == NOT_INITIALIZED
    fresh.initialize()
    assert state(fresh)["texts"] == {}


def test_initialize_with_unusable_params_can_be_tried_again(fresh):
    assert fresh.request("initialize", {"processId": "x"})["error"]["code"] == INVALID_PARAMS
    fresh.initialize()
    assert answers_hover(fresh)


def test_a_second_initialize_is_an_invalid_request(client):
    params = {"processId": None, "rootUri": None, "capabilities": {}}
    assert client.request("initialize", params)["error"]["code"] == INVALID_REQUEST


# 4 The end


def test_after_shutdown_requests_are_refused_and_notifications_ignored(own):
    assert own.request("shutdown")["result"] is None
    open_document(own, "late")
    assert own.request("textDocument/hover", hover_params())["error"]["code"] == INVALID_REQUEST
    assert own.request("shutdown")["error"]["code"] == INVALID_REQUEST
    own.notify("exit")
    assert own.wait() == 0


def test_exit_without_shutdown_ends_with_1(own):
    own.notify("exit")
    assert own.wait() == 1


def test_exit_before_initialize_ends_with_1(fresh):
    fresh.notify("exit")
    assert fresh.wait() == 1


def test_a_closed_stdin_ends_the_process_with_1_once_the_queue_is_done(own):
    own.send(hover(1), hover(2))
    own.close_stdin()
    assert own.response(2)["result"]
    assert own.wait() == 1
    assert "served" in own.stderr
    assert "Traceback" not in own.stderr


def test_a_closed_stdin_after_shutdown_ends_the_process_with_0(own):
    own.request("shutdown")
    own.close_stdin()
    assert own.wait() == 0


def test_a_closed_stdin_within_a_message_ends_the_process(own):
    own.send_bytes(b"Content-Length: 100\r\n\r\n{")
    own.close_stdin()
    assert own.wait() == 1


def test_a_closed_stdin_ends_even_a_handler_that_never_returns(own):
    own.send({"jsonrpc": "2.0", "id": 1, "method": "workspace/executeCommand", "params": {"command": "spin"}})
    assert own.logged("spinning")
    own.close_stdin()
    assert own.wait() == 1


def test_shutdown_works_while_requests_are_under_way(own):
    run = {"jsonrpc": "2.0", "id": 1, "method": "workspace/executeCommand", "params": {"command": "nap"}}
    own.send(run, SHUTDOWN)
    assert own.response("s")["result"] is None
    own.notify("exit")
    assert own.wait() == 0


# 5 Unknown methods


@pytest.mark.parametrize("method", ["no/such", "$/no/such", "textDocument/rename", ""])
def test_an_unknown_request_is_answered_with_method_not_found(client, method):
    assert client.request(method, {"a": 1})["error"]["code"] == METHOD_NOT_FOUND
    client.send({"jsonrpc": "2.0", "id": "no params", "method": method})
    assert client.response("no params")["error"]["code"] == METHOD_NOT_FOUND


@pytest.mark.parametrize("method", ["no/such", "$/no/such", "textDocument/willSave", "textDocument/hover"])
def test_an_unknown_notification_is_ignored(client, method):
    client.notify(method, {"a": 1})
    assert answers_hover(client)


# 6 Changes that come quicker than they are handled


def change(version, *changes, uri=URI):
    document = {"uri": uri, "version": version}
    return notification("textDocument/didChange", {"textDocument": document, "contentChanges": list(changes)})


def test_of_changes_that_wait_together_only_the_last_is_handled(own):
    # So few that a pipe, which may be small, holds them all.
    many = [change(number, {"text": f"burst {number}"}) for number in range(12)]
    own.send(*many, change(12, {"text": "other"}, uri=f"{URI}x"), change(13, {"text": "end"}))
    found = state(own)
    assert found["executed"] == ["burst 11", "other", "end"]
    assert found["texts"] == {URI: "end", f"{URI}x": "other"}


def test_a_change_outdates_nothing_across_a_question(own):
    own.send(change(1, {"text": "first"}), hover(1), change(2, {"text": "second"}))
    assert state(own)["executed"] == ["first", 0, "second"]


@pytest.mark.parametrize(
    "later",
    [
        change(2),
        change("two", {"text": "second"}),
        change(2, {"text": 7}),
        change(2, {"text": "x", "range": None}),
        {**change(2, {"text": "second"}), "id": 1},
    ],
)
def test_what_may_not_be_a_whole_text_outdates_nothing(own, later):
    own.send(change(1, {"text": "first"}), later)
    assert state(own)["executed"][0] == "first"


# 6 Cancellation


def test_a_request_cancelled_in_the_same_packet_is_not_executed(client):
    client.send(hover(1, 11), hover(2, 12), hover("2", 13), cancel(2))
    assert client.response(2)["error"]["code"] == CANCELLED
    assert client.response(1)["result"]
    assert client.response("2")["result"]
    executed = state(client)["executed"]
    assert 11 in executed
    assert 13 in executed
    assert 12 not in executed


def test_a_request_that_waits_behind_a_slow_one_can_be_cancelled(client):
    holding = {"command": "hold", "arguments": [json.dumps(cancel("held"))]}
    client.send({"jsonrpc": "2.0", "id": 3, "method": "workspace/executeCommand", "params": holding})
    client.send(hover(4, 14))
    client.send(hover("held", 15))
    client.send(cancel("held"))
    assert client.response("held")["error"]["code"] == CANCELLED
    assert client.response(4)["result"]
    assert 15 not in state(client)["executed"]


def test_a_request_under_way_in_a_coroutine_can_be_cancelled(client):
    params = {**hover_params(), "context": {"includeDeclaration": True}}
    client.send({"jsonrpc": "2.0", "id": 6, "method": "textDocument/references", "params": params})
    assert "references" in state(client)["executed"]
    client.send(cancel(6))
    assert client.response(6)["error"]["code"] == CANCELLED


@pytest.mark.parametrize("params", [{"id": 999}, {"id": "raw-1"}, {"id": None}, {"id": []}, {}, [], None])
def test_a_cancellation_of_nothing_is_ignored(client, params):
    client.notify("$/cancelRequest", params)
    assert answers_hover(client)


def test_a_cancellation_names_requests_and_nothing_else(client):
    document = {"uri": "file:///kept.md", "languageId": "markdown", "version": 1, "text": "kept"}
    client.answer = lambda _: None
    client.send(
        {"jsonrpc": "2.0", "id": 9, "method": "workspace/executeCommand", "params": {"command": "ask once"}}
    )
    asked = client.receive(lambda message: message.get("method") == "workspace/configuration")["id"]
    client.send(
        notification("textDocument/didOpen", {"textDocument": document}),
        cancel(None),
        {"jsonrpc": "2.0", "id": asked, "result": ["here"]},
        cancel(asked),
    )
    assert client.response(9)["result"] == ["here"]
    assert state(client)["texts"]["file:///kept.md"] == "kept"


# 7 Framing


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


# 8 Answers and progress


@pytest.mark.parametrize("token", [1, "no such token"])
def test_a_cancellation_of_unknown_progress_is_ignored(client, token):
    client.notify("window/workDoneProgress/cancel", {"token": token})
    assert answers_hover(client)


@pytest.mark.parametrize("msg_id", [1, "x", None, [], {}])
@pytest.mark.parametrize("outcome", [{"result": 1}, {"error": {"code": 1, "message": "x"}}, {"error": 5}])
def test_an_answer_to_a_request_never_made_is_ignored(client, msg_id, outcome):
    client.send({"jsonrpc": "2.0", "id": msg_id, **outcome})
    assert answers_hover(client)


def test_an_answer_with_the_id_of_a_request_of_the_client_is_ignored(client):
    params = {**hover_params(), "context": {"includeDeclaration": True}}
    client.send({"jsonrpc": "2.0", "id": 8, "method": "textDocument/references", "params": params})
    client.send({"jsonrpc": "2.0", "id": 8, "result": 1}, cancel(8))
    assert client.response(8)["error"]["code"] == CANCELLED


def test_an_answer_reaches_who_asked(own):
    own.answer = lambda _: {"result": [{"a": 1}], "error": None}
    assert command(own, "ask")["result"] == [{"a": 1}]
    assert state(own)["answers"] == [[{"a": 1}]]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ({"error": {"code": -32601, "message": "no"}}, METHOD_NOT_FOUND),
        ({"error": {"code": -32601, "message": "no"}, "result": None}, METHOD_NOT_FOUND),
        ({"error": "no"}, INTERNAL_ERROR),
        ({"result": 5}, INTERNAL_ERROR),
    ],
)
def test_an_answer_that_is_an_error_reaches_who_asked_and_harms_nobody(client, answer, code):
    client.answer = lambda _: answer
    assert command(client, "ask")["result"] == code
    assert answers_hover(client)


def test_an_answer_that_comes_too_late_is_ignored(client):
    client.answer = lambda _: None
    assert command(client, "ask in haste")["result"] == "too late"
    client.send({"jsonrpc": "2.0", "id": client.requests[-1]["id"], "result": []})
    assert answers_hover(client)


# 9 The parent


def test_the_server_ends_with_the_process_that_the_client_named(fresh):
    parent = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    fresh.initialize(processId=parent.pid)
    until(lambda: True in state(fresh)["looks"], "the parent is seen")
    parent.communicate(b"\n")
    assert fresh.wait() == 1


@pytest.mark.parametrize("process_id", [0, 2**22 + 1, 10**30])
def test_a_process_id_that_names_nobody_ends_nothing(fresh, process_id):
    fresh.initialize(processId=process_id)
    until(lambda: len(state(fresh)["looks"]) > 2, "looks for the parent")
    assert answers_hover(fresh)


# 10 Streams


def test_stdin_has_a_thread_of_its_own_and_no_pool_is_started(client):
    assert state(client)["threads"] == ["MainThread", "stdin"]


def test_a_print_does_not_land_between_messages(client):
    assert command(client, "print")["result"] is None
    assert answers_hover(client)
    assert client.logged("noise")


def test_a_closed_stdout_ends_the_process_quietly():
    pipe = subprocess.PIPE
    with subprocess.Popen(SERVER, stdin=pipe, stdout=pipe, stderr=pipe, env=environment()) as process:
        process.stdout.close()
        process.stdin.write(frame({"jsonrpc": "2.0", "id": 1, "method": "early"}))
        process.stdin.flush()
        assert process.wait(PATIENCE) == 1
        assert b"Traceback" not in process.stderr.read()


# 11 Privacy


def test_the_log_holds_nothing_of_a_document(fresh):
    fresh.initialize(initializationOptions=SECRET)
    open_document(fresh, SECRET)
    command(fresh, "publish")
    assert fresh.notifications[0]["params"]["diagnostics"][0]["message"] == SECRET
    fresh.notify("textDocument/didOpen", {"textDocument": SECRET})
    fresh.notify("textDocument/didSave", {"textDocument": {"uri": URI}})
    assert fresh.request("textDocument/hover", {"textDocument": {"uri": URI}, "position": SECRET})["error"]
    assert fresh.request("textDocument/definition", hover_params())["error"]
    assert fresh.request("workspace/executeCommand", {"command": SECRET})["error"]
    fresh.send_bytes(b"Content-Length: 15\r\n\r\n[" + SECRET.encode() + b"    ")
    assert fresh.response(None)["error"]
    fresh.send_bytes(b"Content-Length: x\r\n\r\n" + SECRET.encode())
    command(fresh, "later")
    fresh.answer = lambda _: {"error": {"code": 1, "message": SECRET}}
    command(fresh, "ask")
    assert state(fresh)["texts"] == {URI: SECRET}
    fresh.close()
    assert "textDocument/definition failed" in fresh.stderr
    assert SECRET not in fresh.stderr


# 12 Documents


def test_documents_reach_the_features_and_nothing_else(client):
    text = "a\u0085b\u2028c\r\n"
    change = {
        "textDocument": {"uri": "file:///never-opened.md", "version": 2},
        "contentChanges": [{"text": text}],
    }
    client.notify("textDocument/didChange", change)
    assert state(client)["texts"]["file:///never-opened.md"] == text
    for _ in range(2):
        client.notify("textDocument/didClose", {"textDocument": {"uri": "file:///never-opened.md"}})
    assert "file:///never-opened.md" not in state(client)["texts"]


def test_notebooks_are_ignored(client):
    identifier = {"uri": "file:///n.ipynb", "version": 1}
    client.notify("notebookDocument/didChange", {"notebookDocument": identifier, "change": {}})
    client.notify("notebookDocument/didOpen", {"notebookDocument": 5})
    assert answers_hover(client)


def test_notifications_leave_nothing_behind(client):
    for _ in range(50):
        open_document(client, "x")
        client.notify("textDocument/didSave", {"textDocument": {"uri": URI}})
        client.notify("$/setTrace", {"value": "off"})
    command(client, "null")
    assert state(client)["kept"] < 5


# 13 Positions


@pytest.mark.parametrize(
    ("offered", "chosen"),
    [
        (None, "utf-16"),
        (["utf-8", "utf-16"], "utf-8"),
        (["utf-32", "utf-8", "utf-16"], "utf-32"),
        (["utf-7", "utf-16"], "utf-16"),
        (["utf-7", 5], "utf-16"),
    ],
    ids=str,
)
def test_the_first_encoding_of_the_client_that_is_known_is_chosen(fresh, offered, chosen):
    general = {} if offered is None else {"positionEncodings": offered}
    assert fresh.initialize({"general": general})["capabilities"]["positionEncoding"] == chosen
    assert state(fresh)["encoding"] == chosen


# 14 Answers


@pytest.mark.parametrize("msg_id", [0, 7, -1, 2**53, "7", "", "\u2713"])
def test_an_answer_has_the_id_of_its_request(client, msg_id):
    client.send(hover(msg_id))
    assert client.response(msg_id)["result"]


def test_a_result_that_is_null_is_sent_as_null(client):
    assert "result" in command(client, "null")
    assert command(client, "null")["result"] is None


def test_a_lone_surrogate_is_sent_as_it_is(client):
    assert command(client, "surrogate")["result"] == "\ud800\u2713"


def test_the_params_of_a_method_of_our_own_arrive_as_they_are(client):
    for params in ({"type_name": "1 x", "jsonrpc": "3"}, [1, {"a": None}], None):
        assert client.request("tiny/echo", params)["result"] == params


# 15 Failures


def test_a_handler_that_raises_is_an_internal_error_and_a_trace_in_the_log(client):
    assert client.request("textDocument/definition", hover_params())["error"]["code"] == INTERNAL_ERROR
    assert answers_hover(client)
    assert client.logged("in definition")
    assert client.logged("ValueError")


def test_a_notification_that_raises_is_a_trace_in_the_log(client):
    client.notify("textDocument/didSave", {"textDocument": {"uri": URI}})
    assert answers_hover(client)
    assert client.logged("in did_save")


def test_a_result_that_is_not_json_is_an_internal_error(client):
    assert command(client, "object")["error"]["code"] == INTERNAL_ERROR
    assert answers_hover(client)


def test_a_feature_may_say_no_in_its_own_words(client):
    assert command(client, "refuse")["error"] == {"code": REQUEST_FAILED, "message": "not today"}
