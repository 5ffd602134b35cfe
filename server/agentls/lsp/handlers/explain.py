"""Two commands whose result is Markdown: whether a file loads, and what it can do.

``[uri]`` is their only argument; the file need not be open.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from agentls.explain import report
from agentls.lsp import server_capabilities
from agentls.lsp.requests import file_argument
from agentls.text import markdown_escape

if TYPE_CHECKING:
    from collections.abc import Callable

    from agentls.lsp.server import AgentServer, Commands
    from agentls.workspace import Context


async def _why_not_loading(server: AgentServer, *arguments: Any) -> str:
    return await _report(server, report.loading_section, arguments)


async def _capabilities(server: AgentServer, *arguments: Any) -> str:
    return await _report(server, report.tool_access_section, arguments)


async def _report(server: AgentServer, describe: Callable[[Context], str], arguments: tuple[Any, ...]) -> str:
    path = file_argument(arguments)
    file = await server.file_at(path)
    if file is None:
        name = markdown_escape.code(os.path.basename(path))
        return f"**No product that agentls knows reads `{name}` as an agent, a skill or a command.**"
    context = server.session.context(file)
    return await server.with_paths(context.view, lambda: describe(context))


COMMANDS: Commands = {
    server_capabilities.WHY_NOT_LOADING: _why_not_loading,
    server_capabilities.EXPLAIN_CAPABILITIES: _capabilities,
}
