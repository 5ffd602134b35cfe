"""Code actions: fixes, new files, conversions; commands for a client without action literals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from agentls.conversion.file_conversion import targets
from agentls.features import code_actions
from agentls.linter import rule_pages
from agentls.lsp import convert, server_capabilities
from agentls.lsp.requests import send
from agentls.lsp.workspace_edits import workspace_edit
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agentls.features.code_actions import Action
    from agentls.findings import Change
    from agentls.lsp.server import AgentServer, Commands, Handlers
    from agentls.semantics.file import File
    from agentls.session.state import Session


# Made by the client, where it can show a text beside the file.
_SHOW_TEXT = "agentls.showRenderedText"


def _code_actions(
    server: AgentServer, params: types.CodeActionParams
) -> list[types.CodeAction | types.Command] | None:
    uri = params.text_document.uri
    file = server.session.file(uri)
    if file is None:
        return None
    stretch = convert.span(file.text, params.range, server.client.position_encoding)
    found: list[types.CodeAction | types.Command] = []
    if _is_wanted(params.context.only, types.CodeActionKind.QuickFix.value):
        session = server.session
        chosen = code_actions.actions(
            session.context(file), session.findings(uri), stretch, session.configuration(uri)
        )
        found += [_quick_fix(server, file, uri, action) for action in chosen if _is_possible(server, action)]
    if _is_wanted(params.context.only, server_capabilities.FIX_ALL):
        found += _fix_all(server, file, uri)
    # These are about no place in the text, so only a request for their kind gets them.
    makes_files = server.client.has_action_literals and server.client.creates_files
    if params.context.only and makes_files:
        found += [
            _new(kind, uri)
            for kind in server_capabilities.NEW
            if _is_wanted(params.context.only, server_capabilities.NEW_KINDS[kind])
        ]
    if server.client.has_action_literals and _SHOW_TEXT in server.client.commands:
        found += _shown_text(file, uri, stretch, params.context.only)
    if makes_files:
        found += _conversions(file, uri, stretch, params.context.only)
    return found


def _conversions(
    file: File, uri: str, stretch: Span, only: Iterable[types.CodeActionKind | str] | None
) -> Iterator[types.CodeAction]:
    """One for each product; without a request for their kind only on the line above the front matter."""
    opening = file.document.opening
    is_at_opening = opening is not None and stretch.start in opening
    if not _is_wanted(only, server_capabilities.CONVERSION) or not (only or is_at_opening):
        return
    for target in targets(file):
        title = f"Convert to {target.product}"
        command = types.Command(
            title, server_capabilities.CONVERT, arguments=[{"uri": uri, "to": target.product}]
        )
        yield types.CodeAction(title=title, kind=server_capabilities.CONVERSION, command=command)


def _shown_text(
    file: File, uri: str, stretch: Span, only: Iterable[types.CodeActionKind | str] | None
) -> Iterator[types.CodeAction]:
    """Without a request for its kind only where something is filled in, or above the front matter."""
    opening = file.document.opening
    is_at_opening = opening is not None and stretch.start in opening
    is_near = is_at_opening or file.substitution_at(stretch.start) is not None
    if _is_wanted(only, server_capabilities.SHOWN_TEXT) and (only or is_near):
        title = "Show the text the model gets"
        command = types.Command(title, _SHOW_TEXT, arguments=[uri])
        yield types.CodeAction(title=title, kind=server_capabilities.SHOWN_TEXT, command=command)


def _new(kind: str, uri: str) -> types.CodeAction:
    title = f"New {kind}"
    command = types.Command(title, server_capabilities.NEW[kind], arguments=[{"uri": uri}])
    return types.CodeAction(title=title, kind=server_capabilities.NEW_KINDS[kind], command=command)


def _is_wanted(only: Iterable[types.CodeActionKind | str] | None, kind: str) -> bool:
    """Whether the kinds of actions that a request names include this one; kinds form a tree by their dots."""
    if only is None:
        return True
    wanted = [str(getattr(one, "value", one)) for one in only]
    return any(one in ("", kind) or kind.startswith(f"{one}.") for one in wanted)


def _is_possible(server: AgentServer, action: Action) -> bool:
    """Commands are remembered by rule, place and title, and that is enough for fixes of rules alone."""
    if action.fix.change.creates and not server.client.creates_files:
        return False
    return server.client.has_action_literals or not action.is_extra


def _quick_fix(server: AgentServer, file: File, uri: str, action: Action) -> types.CodeAction | types.Command:
    finding, fix = action.finding, action.fix
    if not server.client.has_action_literals:
        arguments = [uri, finding.rule, finding.span.start, finding.span.end, fix.title]
        return types.Command(fix.title, server_capabilities.APPLY_FIX, arguments=arguments)
    address = rule_pages.address(finding.rule)
    return types.CodeAction(
        title=fix.title,
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[convert.diagnostic(file.text, finding, server.client, address)],
        is_preferred=(fix.is_preferred or None) if server.client.has_preferred_actions else None,
        edit=workspace_edit(server.session, server.client, fix.change),
    )


def _fix_all(server: AgentServer, file: File, uri: str) -> list[types.CodeAction | types.Command]:
    change = code_actions.fix_all(server.session.context(file), server.session.findings(uri))
    if change is None:
        return []
    title = "Apply all safe fixes in this file"
    if not server.client.has_action_literals:
        return [types.Command(title, server_capabilities.APPLY_FIX, arguments=[uri])]
    return [
        types.CodeAction(
            title=title,
            kind=server_capabilities.FIX_ALL,
            edit=workspace_edit(server.session, server.client, change),
        )
    ]


async def _apply_fix(server: AgentServer, *arguments: Any) -> None:
    """For clients without action literals: ``uri`` alone, or with rule, start, end and title of a fix."""
    match arguments:
        case [str(uri)]:
            which = None
        case [str(uri), str(rule), int(start), int(end), str(title)]:
            which = (rule, Span(start, end), title)
        case _:
            raise JsonRpcInvalidParams
    session = server.session
    file = session.file(uri)
    if file is None:
        return
    if which:
        change = _chosen(session, uri, *which)
    else:
        change = code_actions.fix_all(session.context(file), session.findings(uri))
    if change:
        send(
            server.connection.workspace_apply_edit_async(
                types.ApplyWorkspaceEditParams(workspace_edit(server.session, server.client, change))
            )
        )


def _chosen(session: Session, uri: str, rule: str, span: Span, title: str) -> Change | None:
    for finding in session.findings(uri):
        if (finding.rule, finding.span) == (rule, span):
            return next((fix.change for fix in session.fixes(uri, finding) if fix.title == title), None)
    return None


HANDLERS: Handlers = {
    types.TEXT_DOCUMENT_CODE_ACTION: _code_actions,
}
COMMANDS: Commands = {server_capabilities.APPLY_FIX: _apply_fix}
