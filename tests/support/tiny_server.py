"""A server with next to nothing in it, on our protocol or, with ``PLAIN_PYGLS`` set, on pygls alone."""

import asyncio
import logging
import os
import sys
import threading
import time

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer

plain = "PLAIN_PYGLS" in os.environ
more = {}
if not plain:
    from agentls.lsp import stdio
    from agentls.lsp.protocol import Protocol

    more["protocol_cls"] = Protocol
    stdio.PARENT_WATCH_SECONDS = 0.1
    # A slow machine has the time to end in good order; `spin` is the one that does not.
    stdio.GRACE_SECONDS = stdio.EXIT_SECONDS = 60

    def read_some(source, original=stdio._read_some):  # noqa: SLF001  to see what has arrived
        # Who asks for more has handed over what came before.
        handed_over.extend(read)
        read[:] = original(source)
        return bytes(read)

    def is_alive(process_id, original=stdio.is_alive):
        looks.append(original(process_id))
        return looks[-1]

    stdio._read_some, stdio.is_alive = read_some, is_alive  # noqa: SLF001

logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)
server = LanguageServer("tiny", "1", text_document_sync_kind=types.TextDocumentSyncKind.Full, **more)
executed, texts, answers = [], {}, []
read, handed_over, looks = bytearray(), bytearray(), []


@server.feature(types.TEXT_DOCUMENT_HOVER)
def hover(params):
    executed.append(params.position.line)
    time.sleep(params.position.line / 1000)
    return types.Hover(contents=params.text_document.uri)


@server.feature(types.TEXT_DOCUMENT_DEFINITION)
def definition(params):
    raise ValueError(texts.get(params.text_document.uri))


@server.feature(types.TEXT_DOCUMENT_REFERENCES)
async def references(_):
    executed.append("references")
    await asyncio.sleep(60)


@server.feature(types.TEXT_DOCUMENT_DID_OPEN)
def did_open(params):
    texts[params.text_document.uri] = params.text_document.text


@server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
def did_change(params):
    for change in params.content_changes:
        texts[params.text_document.uri] = change.text
        executed.append(change.text)


@server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
def did_close(params):
    texts.pop(params.text_document.uri, None)


@server.feature(types.TEXT_DOCUMENT_DID_SAVE)
async def did_save(params):
    await asyncio.sleep(0)
    raise ValueError(texts.get(params.text_document.uri))


@server.feature("tiny/echo")
def echo(params):
    return params


@server.command("state")
def state():
    return {
        "executed": executed,
        "texts": texts,
        "answers": answers,
        "looks": looks,
        "threads": [thread.name for thread in threading.enumerate()],
        "kept": len(server.protocol._request_futures),  # noqa: SLF001  to see what is left
        "encoding": getattr(server.protocol, "position_encoding", None),
    }


@server.command("null")
def null():
    return None


@server.command("surrogate")
def surrogate():
    return chr(0xD800) + chr(0x2713)


@server.command("object")
def unserialisable():
    return {1, 2}


@server.command("refuse")
def refuse():
    raise JsonRpcException("not today", -32803)


@server.command("print")
def loud():
    print("noise")
    sys.stdout.flush()


@server.command("ask")
async def ask():
    params = types.ConfigurationParams(items=[types.ConfigurationItem(section="x")])
    server.workspace_configuration(params, callback=answers.append)
    try:
        return await server.workspace_configuration_async(params)
    except JsonRpcException as error:
        return error.code


@server.command("ask once")
async def ask_once():
    return await server.workspace_configuration_async(types.ConfigurationParams(items=[]))


@server.command("ask in haste")
async def ask_in_haste():
    params = types.ConfigurationParams(items=[])
    try:
        await asyncio.wait_for(server.workspace_configuration_async(params), 0.01)
    except TimeoutError:
        return "too late"


@server.command("publish")
def publish():
    for uri, text in texts.items():
        nowhere = types.Range(types.Position(0, 0), types.Position(0, 0))
        found = [types.Diagnostic(nowhere, text)]
        server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found))


@server.command("nap")
async def nap():
    executed.append("nap")
    await asyncio.sleep(60)


@server.command("hold")
def hold(words):
    """Do not return before these words wait behind this command."""
    while not plain and words.encode() not in handed_over:
        time.sleep(0.01)


@server.command("later")
async def later():
    def fail():
        raise ValueError("".join(texts.values()))

    asyncio.get_running_loop().call_soon(fail)


@server.command("spin")
def spin():
    executed.append("spin")
    if not plain:
        stdio.GRACE_SECONDS = 0.1
    print("spinning", file=sys.stderr)
    while True:
        time.sleep(0.01)


if plain:
    server.start_io()
else:
    code = stdio.serve(server)
    print("served", file=sys.stderr)
    sys.exit(code)
