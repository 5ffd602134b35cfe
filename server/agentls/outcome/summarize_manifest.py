"""What a plugin's manifest defines: the plugin itself, and the MCP servers that stand in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentls.products import configuration
from agentls.semantics import mcp_servers
from agentls.semantics.summary import Definition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.semantics.file import File

# The kind of file that describes a plugin, and what it defines.
PLUGIN = "plugin"


def definitions(file: File) -> Iterator[Definition]:
    """In the order: the plugin, its servers."""
    if file.dialect.kind != PLUGIN:
        return
    enabled_in = tuple(filter(None, file.identity.enabled_in or ()))
    name, doc = file.document.string("name"), file.document.string("description") or ""
    if name:
        yield Definition(
            kind=PLUGIN,
            name=name,
            path=file.path,
            location=file.text.locate(file.name_span),
            scope=file.scope,
            doc=doc,
            enabled_in=enabled_in,
        )
    for server in mcp_servers.servers_of_plugin(file.text.source, file.identity.plugin):
        yield Definition(
            kind="server",
            name=server.name,
            path=file.path,
            location=server.location,
            scope="plugin",
            readers=configuration.readers(),
            enabled_in=enabled_in,
        )
