"""The call hierarchy: what an agent can reach, and who can reach it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from agentls.features import call_hierarchy
from agentls.lsp import convert

if TYPE_CHECKING:
    from agentls.features.call_hierarchy import Call
    from agentls.lsp.server import AgentServer, Handlers
    from agentls.semantics.summary import Definition


def _prepare(
    server: AgentServer, params: types.CallHierarchyPrepareParams
) -> list[types.CallHierarchyItem] | None:
    if not (place := server.file_and_offset(params)):
        return None
    file, offset = place
    roots = call_hierarchy.roots(server.session.context(file), offset)
    return [_item(server, definition) for definition in roots] or None


def _item(server: AgentServer, definition: Definition) -> types.CallHierarchyItem:
    stretch = convert.location_range(definition.location, server.client.position_encoding)
    return types.CallHierarchyItem(
        definition.name,
        # A skill of another product is a skill.
        convert.DEFINITION_KINDS.get(definition.kind, types.SymbolKind.Module),
        server.session.documents.uri_of(definition.path),
        convert.line_range(definition.location, server.client.position_encoding),
        stretch,
        detail=f"{definition.scope} {definition.kind}".strip(),
        data=[definition.kind, definition.name, definition.path],
    )


def _definition(server: AgentServer, item: types.CallHierarchyItem) -> Definition | None:
    """What an item was made from, unless it is gone; its data has been to the client and back."""
    if not (isinstance(item.data, list) and all(isinstance(word, str) for word in item.data)):
        return None
    for definition in server.session.workspace.summary((item.data or [""])[-1]).proper_definitions:
        if [definition.kind, definition.name, definition.path] == item.data:
            return definition
    return None


def _outgoing(
    server: AgentServer, params: types.CallHierarchyOutgoingCallsParams
) -> list[types.CallHierarchyOutgoingCall] | None:
    caller = _definition(server, params.item)
    if caller is None:
        return None
    return [
        types.CallHierarchyOutgoingCall(_item(server, call.other), _ranges(server, call))
        for call in call_hierarchy.outgoing(server.session.view(), caller)
    ]


def _incoming(
    server: AgentServer, params: types.CallHierarchyIncomingCallsParams
) -> list[types.CallHierarchyIncomingCall] | None:
    called = _definition(server, params.item)
    if called is None:
        return None
    return [
        types.CallHierarchyIncomingCall(_item(server, call.other), _ranges(server, call))
        for call in call_hierarchy.incoming(server.session.view(), called)
    ]


def _ranges(server: AgentServer, call: Call) -> list[types.Range]:
    return [convert.location_range(place, server.client.position_encoding) for place in call.places]


HANDLERS: Handlers = {
    types.TEXT_DOCUMENT_PREPARE_CALL_HIERARCHY: _prepare,
    types.CALL_HIERARCHY_OUTGOING_CALLS: _outgoing,
    types.CALL_HIERARCHY_INCOMING_CALLS: _incoming,
}
