"""What a client says wrongly about itself is left out, and the rest counts."""

from __future__ import annotations

import asyncio
import json

import pytest
from lsprotocol import types
from pygls.protocol import default_converter
from pytest_lsp import client_capabilities as known_client

from agentls.lsp import client_capabilities
from agentls.lsp.connection import Connection
from agentls.lsp.lenient_params import fitting
from agentls.lsp.protocol import keep_unknown_words

_UNFIT = (None, 5, True, "x", [], {}, [5], [[]], [{}], {"valueSet": 5}, {"valueSet": [{}]}, -1.5)
_EDITOR = default_converter().unstructure(known_client("visual_studio_code"))


def initialize(**params):
    """The response of a server of its own, and its connection."""
    written = []

    class Writer:
        def write(self, data):
            written.append(data)

        def close(self):
            pass

    async def run():
        connection = Connection(lambda _: None)
        connection.protocol.set_writer(Writer())
        message = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params}
        connection.protocol.receive([json.dumps(message).encode()])
        for _ in range(20):
            await asyncio.sleep(0)
        return connection

    connection = asyncio.run(run())
    return json.loads(written[0].split(b"\r\n\r\n")[1]), connection


def _places(value, *path):
    for name, member in value.items():
        yield (*path, name)
        if isinstance(member, dict):
            yield from _places(member, *path, name)


def _replaced(value, path, by):
    name, *rest = path
    return {**value, name: _replaced(value[name], rest, by) if rest else by}


_PLACES = list(_places(_EDITOR))


def _check(path, client):
    if path[:1] != ("textDocument",):
        assert client.has_link_tooltips, path
    if path[:1] != ("workspace",):
        assert client.watches_files, path


def test_one_unfit_capability_costs_that_capability_alone():
    assert len(_PLACES) > 100
    converter = default_converter()
    keep_unknown_words(converter)
    for path in _PLACES:
        for unfit in _UNFIT:
            said = fitting(_replaced(_EDITOR, path, unfit), types.ClientCapabilities, converter.structure)
            structured = converter.structure(said, types.ClientCapabilities)
            _check(path, client_capabilities.read(structured, "utf-16"))


def test_the_connection_answers_all_the_same():
    for number, path in enumerate(_PLACES[::9]):
        said = _replaced(_EDITOR, path, _UNFIT[number % len(_UNFIT)])
        response, connection = initialize(processId=None, capabilities=said)
        assert response.get("result"), (path, response)
        _check(path, connection.client)


@pytest.mark.parametrize(
    "unfit", [5, None, [], "x", {"textDocument": 5, "workspace": [1], "general": "x"}], ids=str
)
def test_capabilities_that_say_nothing_of_use_are_those_of_a_poor_client(unfit):
    response, connection = initialize(processId=None, capabilities=unfit)
    assert response.get("result")
    assert not connection.client.has_link_tooltips


@pytest.mark.parametrize(
    "unfit",
    [
        {"processId": "x"},
        {"clientInfo": 5},
        {"trace": 7, "workDoneToken": {}},
        {"workspaceFolders": [5, {"uri": 1}]},
        {"rootUri": {"a": 1}, "rootPath": [], "locale": {}},
        {"initializationOptions": 5},
    ],
    ids=str,
)
def test_the_other_parameters_may_be_unfit_as_well(unfit):
    response, connection = initialize(**{"processId": None, "capabilities": _EDITOR} | unfit)
    assert response.get("result")
    assert connection.client.has_link_tooltips


def test_of_several_folders_those_that_are_folders_are_opened():
    folder = {"uri": "file:///a", "name": "a"}
    _, connection = initialize(
        processId=None, capabilities=_EDITOR, workspaceFolders=[5, folder, {"name": "b"}]
    )
    assert [one.uri for one in connection.params.workspace_folders] == [folder["uri"]]
