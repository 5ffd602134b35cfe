"""One request or notification: its params, its method, its answer and its failure."""

from __future__ import annotations

import pytest

from tiny import (
    INTERNAL_ERROR,
    INVALID_PARAMS,
    METHOD_NOT_FOUND,
    REQUEST_FAILED,
    URI,
    answers_hover,
    command,
    hover,
    hover_params,
)

# Params that do not structure


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


# Unknown methods


@pytest.mark.parametrize("method", ["no/such", "$/no/such", "textDocument/rename", ""])
def test_an_unknown_request_is_answered_with_method_not_found(client, method):
    assert client.request(method, {"a": 1})["error"]["code"] == METHOD_NOT_FOUND
    client.send({"jsonrpc": "2.0", "id": "no params", "method": method})
    assert client.response("no params")["error"]["code"] == METHOD_NOT_FOUND


@pytest.mark.parametrize("method", ["no/such", "$/no/such", "textDocument/willSave", "textDocument/hover"])
def test_an_unknown_notification_is_ignored(client, method):
    client.notify(method, {"a": 1})
    assert answers_hover(client)


# Answers


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


# Failures


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
