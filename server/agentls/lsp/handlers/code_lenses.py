"""Code lenses, and the lists of places behind them.

A client that can show a list of places has ``agentls.showReferences`` among its
``experimental.commands.commands``. It then gets that command on each lens, with the arguments to pass on to
our ``agentls.references``, whose result is the places. For every other client we show the list ourselves.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from agentls.features import code_lenses
from agentls.features.code_lenses import Topic
from agentls.lsp import convert, server_capabilities
from agentls.lsp.requests import file_argument, send

if TYPE_CHECKING:
    from agentls.lsp.server import AgentServer, Commands, Handlers
    from agentls.semantics.file import File
    from agentls.workspace.symbols import Occurrence

# Made by the client, where it has one.
_SHOW = "agentls.showReferences"
# More do not fit into a box of choices.
_MOST_CHOICES = 10


def _code_lenses(server: AgentServer, params: types.CodeLensParams) -> list[types.CodeLens]:
    file = server.session.file(params.text_document.uri)
    if file is None or not file.settings.code_lens:
        return []
    context = server.session.context(file)
    name = _SHOW if _SHOW in server.client.commands else server_capabilities.OPEN_REFERENCES
    found = []
    for lens in code_lenses.lenses(context):
        stretch = convert.range_(file.text, lens.span, server.client.position_encoding)
        place = {"line": stretch.start.line, "character": stretch.start.character}
        arguments = [params.text_document.uri, place, lens.topic.value]
        found.append(types.CodeLens(stretch, types.Command(lens.title, name, arguments=arguments)))
    server.session.show(context)
    return found


async def _references(server: AgentServer, *arguments: Any) -> list[types.Location]:
    return [_location(server, use) for use in await _uses(server, arguments)]


def _location(server: AgentServer, use: Occurrence) -> types.Location:
    return types.Location(
        server.session.documents.uri_of(use.path),
        convert.location_range(use.location, server.client.position_encoding),
    )


async def _uses(server: AgentServer, arguments: tuple[Any, ...]) -> list[Occurrence]:
    path = file_argument(arguments)
    try:
        topic = Topic(arguments[2])
    except (IndexError, ValueError) as error:
        topics = ", ".join(each.value for each in Topic)
        raise JsonRpcInvalidParams(f"The third argument must be one of {topics}") from error
    file = await server.file_at(path)
    if file is None:
        return []
    context = server.session.context(file)
    read = await server.files_at(code_lenses.files_to_read(context, topic))
    return code_lenses.places(context, topic, read, _offset(server, file, arguments[1]))


def _offset(server: AgentServer, file: File, place: Any) -> int:
    """Where the lens stands, as it told the client."""
    try:
        position = types.Position(int(place["line"]), int(place["character"]))
    except (KeyError, TypeError, ValueError):
        return 0
    return convert.offset(file.text, position, server.client.position_encoding)


async def _open(server: AgentServer, *arguments: Any) -> None:
    uses = await _uses(server, arguments)
    if not uses:
        server.show_message("There is nothing to show.")
    elif not server.client.shows_documents:
        server.show_message("\n".join(_title(use) for use in uses))
    else:
        # The response to this command must not wait for what the user chooses.
        send(_choose(server, uses))


async def _choose(server: AgentServer, uses: list[Occurrence]) -> None:
    chosen: Occurrence | None = uses[0]
    if len(uses) > 1:
        shown = {_title(use): use for use in uses[:_MOST_CHOICES]}
        more = f" (first {_MOST_CHOICES} of {len(uses)})" if len(uses) > _MOST_CHOICES else ""
        question = types.ShowMessageRequestParams(
            types.MessageType.Info, f"Go to{more}", [types.MessageActionItem(title) for title in shown]
        )
        choice = await server.connection.window_show_message_request_async(question)
        chosen = shown.get(choice.title) if choice else None
    if chosen:
        place = _location(server, chosen)
        params = types.ShowDocumentParams(place.uri, take_focus=True, selection=place.range)
        await server.connection.window_show_document_async(params)


def _title(use: Occurrence) -> str:
    """The file with its folder, since many have the same name, and the line."""
    folder, name = os.path.split(use.path)
    return f"{os.path.basename(folder)}/{name}:{use.location.line + 1}"


HANDLERS: Handlers = {
    types.TEXT_DOCUMENT_CODE_LENS: _code_lenses,
}
COMMANDS: Commands = {server_capabilities.REFERENCES: _references, server_capabilities.OPEN_REFERENCES: _open}
