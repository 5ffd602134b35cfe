"""From the start to the end: `initialize`, `shutdown`, the parent, the streams."""

from __future__ import annotations

import subprocess
import sys

import pytest

from patience import PATIENCE, until
from raw_client import frame
from tiny import (
    INVALID_PARAMS,
    INVALID_REQUEST,
    NOT_INITIALIZED,
    SERVER,
    answers_hover,
    command,
    environment,
    hover,
    hover_params,
    open_document,
    state,
)

SHUTDOWN = {"jsonrpc": "2.0", "id": "s", "method": "shutdown"}

# Before `initialize`


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


# Positions


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


# The end


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


# The parent


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


# Streams


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
