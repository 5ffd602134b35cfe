"""Which modules handle the methods and commands that we offer; the only module that imports handlers.

A new method or command is announced in ``server_capabilities`` and handled in one of the modules here.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from agentls.lsp.handlers import (
    call_hierarchy,
    code_actions,
    code_lenses,
    completion,
    conversion,
    creation,
    definition,
    diagnostics,
    document_colors,
    document_highlight,
    document_links,
    document_symbols,
    explain,
    file_operations,
    folding_ranges,
    hover,
    inlay_hints,
    lifecycle,
    references,
    rename,
    selection_ranges,
    semantic_tokens,
    text_synchronization,
    workspace_symbols,
)
from agentls.lsp.server import AgentServer

if TYPE_CHECKING:
    from agentls.lsp.connection import Connection

WITH_HANDLERS = (
    call_hierarchy,
    code_actions,
    code_lenses,
    completion,
    definition,
    diagnostics,
    document_colors,
    document_highlight,
    document_links,
    document_symbols,
    file_operations,
    folding_ranges,
    hover,
    inlay_hints,
    lifecycle,
    references,
    rename,
    selection_ranges,
    semantic_tokens,
    text_synchronization,
    workspace_symbols,
)
WITH_COMMANDS = (code_actions, code_lenses, conversion, creation, explain)


def begin(connection: Connection) -> None:
    """Start a session behind the connection, and handle from now on what is offered."""
    server = AgentServer(connection)
    connection.set_handlers(
        # Bound here, because pygls would have to evaluate the handlers' annotations to bind them.
        {m: partial(handler, server) for each in WITH_HANDLERS for m, handler in each.HANDLERS.items()},
        {n: _bound(server, command) for each in WITH_COMMANDS for n, command in each.COMMANDS.items()},
    )


def _bound(server: AgentServer, command: Any) -> Any:
    """A command without annotations of our own, which pygls would evaluate."""

    async def run(*arguments: Any) -> Any:
        return await command(server, *arguments)

    return run
