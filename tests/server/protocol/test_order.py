"""Several messages: changes that outdate each other, cancellation, answers to what the server asked."""

from __future__ import annotations

import json

import pytest

from raw_client import notification
from tiny import (
    CANCELLED,
    INTERNAL_ERROR,
    METHOD_NOT_FOUND,
    URI,
    answers_hover,
    cancel,
    command,
    hover,
    hover_params,
    state,
)

# Changes that come quicker than they are handled


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


# Cancellation


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


# Answers and progress


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
