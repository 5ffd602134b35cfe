"""Commands whose result is a text: whether a file loads, what it can do, what the model gets of it.

``[uri]`` is the argument of the first two, whose text is Markdown; the third one also takes what a user types
behind the name. The last one takes any file of the workspace, or none for the start of a session, and the
name of a product. The file need not be open.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from agentls.explain import context_page, prompt, report
from agentls.lsp import server_capabilities
from agentls.lsp.requests import file_argument, request_failed
from agentls.outcome import instructions
from agentls.semantics.resolution import ResolutionContext
from agentls.system import paths
from agentls.text import markdown_escape

if TYPE_CHECKING:
    from collections.abc import Callable

    from agentls.lsp.server import AgentServer, Commands
    from agentls.workspace import Context


async def _why_not_loading(server: AgentServer, *arguments: Any) -> str:
    return await _report(server, report.loading_section, arguments)


async def _capabilities(server: AgentServer, *arguments: Any) -> str:
    return await _report(server, report.tool_access_section, arguments)


async def _text(server: AgentServer, *arguments: Any) -> str:
    path = file_argument(arguments)
    typed = arguments[1] if len(arguments) > 1 and isinstance(arguments[1], str) else ""
    file = await server.file_at(path)
    if file is None:
        raise request_failed(f"no product that agentls knows reads {os.path.basename(path)}")
    if reason := prompt.refusal(file):
        raise request_failed(f"the model gets no text: {reason}")
    return prompt.prompt(file, typed).text


async def _report(server: AgentServer, describe: Callable[[Context], str], arguments: tuple[Any, ...]) -> str:
    path = file_argument(arguments)
    file = await server.file_at(path)
    if file is None:
        name = markdown_escape.code(os.path.basename(path))
        return f"**No product that agentls knows reads `{name}` as an agent, a skill or a command.**"
    context = server.session.context(file)
    return await server.with_paths(context.view, lambda: describe(context))


async def _instructions(server: AgentServer, *arguments: Any) -> str:
    """Which instructions apply to a file; without one, those of a session that starts in the first folder."""
    folders = server.session.folders
    target = file_argument(arguments) if arguments and arguments[0] else ""
    product = arguments[1] if len(arguments) > 1 and isinstance(arguments[1], str) else ""
    around = next((folder for folder in folders if target and paths.is_within(target, folder)), "")
    start = around or (os.path.dirname(target) if target else next(iter(folders), ""))
    if not start:
        raise request_failed("no folder is open")
    view = server.session.view()
    everywhere = view.within(ResolutionContext())
    known = dict.fromkeys(d.path for kind in instructions.KINDS for d in everywhere.all(kind))
    files = await server.files_at(known)
    return await server.with_paths(view, lambda: context_page.context(view, files, start, target, product))


COMMANDS: Commands = {
    server_capabilities.CONTEXT: _instructions,
    server_capabilities.WHY_NOT_LOADING: _why_not_loading,
    server_capabilities.EXPLAIN_CAPABILITIES: _capabilities,
    server_capabilities.SHOW_TEXT: _text,
}
