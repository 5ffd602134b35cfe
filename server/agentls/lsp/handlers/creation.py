"""Commands that create an agent or a skill, and show what has to be filled in first."""

from __future__ import annotations

import os
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from pygls.exceptions import JsonRpcInvalidParams

from agentls.features import creation
from agentls.lsp import convert, server_capabilities
from agentls.lsp.requests import request_failed
from agentls.products import configuration, locations
from agentls.refactoring import new_files
from agentls.refactoring.new_files import Destination
from agentls.refactoring.new_names import NameRefusedError
from agentls.system import paths
from agentls.text.source import Text

if TYPE_CHECKING:
    from lsprotocol import types

    from agentls.lsp.server import AgentServer, Commands
    from agentls.refactoring.new_files import NewFile

# Files that the workspace does not know may have the first names.
_TRIES = 100


async def _create(kind: str, server: AgentServer, *arguments: Any) -> dict[str, Any]:
    name, uri, is_applied = _arguments(arguments)
    place = await _place(server, uri)
    view = server.session.view()
    try:
        candidates = (
            [creation.named(view, kind, name, place)]
            if name
            else list(islice(creation.unnamed(view, kind, place), _TRIES))
        )
    except NameRefusedError as reason:
        raise request_failed(str(reason)) from reason
    new = await server.with_paths(
        view, lambda: next((new for new in candidates if not view.exists(new.path)), None)
    )
    if new is None:
        what = view.display_path(candidates[0].path) if candidates else "the file"
        raise request_failed(f"{what} already exists")
    selection = convert.range_(Text(new.text), new.gap, server.client.position_encoding)
    return {
        "uri": paths.to_uri(new.path),
        "text": new.text,
        "snippet": creation.snippet(view, new, place),
        "selection": convert.plain_range(selection),
        "applied": is_applied and await _apply(server, kind, new, selection),
    }


def _arguments(arguments: tuple[Any, ...]) -> tuple[str | None, str | None, bool]:
    match arguments:
        case []:
            return None, None, True
        case [dict() as options]:
            name, uri, is_applied = options.get("name"), options.get("uri"), options.get("apply", True)
            if isinstance(name, str | None) and isinstance(uri, str | None) and isinstance(is_applied, bool):
                return name, uri, is_applied
    raise JsonRpcInvalidParams("Expected one argument: an object with `name`, `uri`, `apply`, all optional")


async def _place(server: AgentServer, uri: str | None) -> Destination:
    """The product, the scope and the root that a new file belongs to: those of the file, or the project's."""
    path = paths.from_uri(uri) if uri else None
    for file in await server.files_at([path] if path else []):
        if file.scope != "unplaced":
            return new_files.destination_of(file)
    folders = server.session.folders
    if path is None and not folders:
        raise request_failed("no folder is open; set `uri` to a file or folder")
    holders = [folder for folder in folders if path and paths.is_within(path, folder)]
    root = (path and locations.project_of(path)) or next(iter(holders or folders), "")
    # Where no file says otherwise, files are made for the product that was first.
    product = configuration.owner().product
    return Destination(product, "project", root or os.path.dirname(path or ""))


async def _apply(server: AgentServer, kind: str, new: NewFile, selection: types.Range) -> bool:
    """Let the editor make the file, and show it where its author goes on; False where it cannot."""
    if not server.client.creates_files:
        shown = server.session.view().display_path(new.path)
        server.show_message(
            f"this editor cannot create files for a server; the new {kind} belongs in {shown}"
        )
        return False
    return await server.create_file(new.path, new.text, f"New {kind}", selection)


COMMANDS: Commands = {name: partial(_create, kind) for kind, name in server_capabilities.NEW.items()}
