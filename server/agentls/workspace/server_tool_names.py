"""Tools of MCP servers whose names lack what says so: ``notes_find`` for ``mcp__notes__find``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agentls.semantics.summary import Definition
    from agentls.workspace import Context

# What stands between a server and its tool in the names of other products, and by mistake.
_BETWEEN = re.compile(r"__|[_./:-]")
_MEANT_AS_SIGN = re.compile(r"mcp[_:./-]{1,2}", re.IGNORECASE)


def whole_name(context: Context, name: str) -> str:
    """The name that the product has for a tool of a configured server; empty for any other name."""
    view, forms = context.view, context.file.dialect.tools.servers
    key = ("spelt", context.file.dialect.name, context.file.identity.plugin)
    servers = view.derive("server", key, lambda known: _by_spelling(context, known))
    name = name[match.end() :] if (match := _MEANT_AS_SIGN.match(name)) else name
    if name.casefold() in servers:
        return forms.whole(servers[name.casefold()])
    # The longest server comes first: `notes_old` before `notes`.
    for between in reversed(list(_BETWEEN.finditer(name))):
        server, tool = servers.get(name[: between.start()].casefold()), name[between.end() :]
        if server and re.fullmatch(r"[A-Za-z0-9]\w*", tool):
            return forms.tool(server, tool)
    return ""


def _by_spelling(context: Context, known: list[Definition]) -> dict[str, str]:
    """The servers by their names in names of tools, in small letters; the own plugin's also without it."""
    spelt, plugin = context.file.dialect.tools.servers.spelt, f"plugin:{context.file.identity.plugin}:"
    own = {spelt(d.name[len(plugin) :]).casefold(): d.name for d in known if d.name.startswith(plugin)}
    return {spelt(d.name).casefold(): d.name for d in known} | own
