"""Questions about one place or one document: completion, hover, definition, links, colours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from lsprotocol import types

from agentls import graph
from agentls.features import completion, definition, document_colors, document_links, hover
from agentls.lsp import convert

if TYPE_CHECKING:
    from agentls.colors import Rgb
    from agentls.file import File
    from agentls.graph import Subject
    from agentls.lsp.server import AgentServer
    from agentls.text import Text


class Positioned(Protocol):
    """The parameters of a request about one place."""

    @property
    def text_document(self) -> types.TextDocumentIdentifier: ...

    @property
    def position(self) -> types.Position: ...


def at(server: AgentServer, params: Positioned) -> tuple[File, int] | None:
    """The file and the offset that a request is about: the user points at something."""
    server.in_use()
    file = server.session.file(params.text_document.uri)
    return (file, convert.offset(file.text, params.position, server.client.columns)) if file else None


def entry_at(server: AgentServer, params: Positioned) -> tuple[Text, Subject] | None:
    """The text and the server's entry under the cursor, in a file of no dialect."""
    buffer = server.session.buffers.get(params.text_document.uri)
    if buffer is None or buffer.path is None:
        return None
    offset = convert.offset(buffer.text, params.position, server.client.columns)
    subject = graph.subject_elsewhere(server.session.workspace.facts(buffer.path), buffer.text, offset)
    return (buffer.text, subject) if subject else None


def _complete(server: AgentServer, params: types.CompletionParams) -> types.CompletionList | None:
    if not (place := at(server, params)):
        return None
    file, offset = place
    found = completion.complete(server.session.view(), file, offset)
    items = convert.completion_items(file.text, found, server.client)
    return types.CompletionList(is_incomplete=False, items=items)


def _hover(server: AgentServer, params: types.HoverParams) -> types.Hover | None:
    if not (place := at(server, params)):
        return None
    file, offset = place
    found = hover.hover(server.session.view(), file, offset)
    return convert.hover(file.text, found.span, found.markdown, server.client) if found else None


async def _definition(
    server: AgentServer, params: types.DefinitionParams
) -> list[types.LocationLink] | list[types.Location] | None:
    if not (place := at(server, params)):
        return None
    file, offset = place
    columns = server.client.columns
    existing = await server.existing(definition.candidates(file, offset))
    targets = definition.definition(server.session.view(), file, offset, existing)
    if not server.client.has_definition_links:
        return [
            types.Location(server.session.uri_of(t.path), convert.location_range(t.location, columns))
            for t in targets
        ]
    return [
        types.LocationLink(
            target_uri=server.session.uri_of(t.path),
            target_range=convert.line_range(t.location, columns),
            target_selection_range=convert.location_range(t.location, columns),
            origin_selection_range=convert.range_(file.text, t.origin, columns),
        )
        for t in targets
    ]


async def _links(server: AgentServer, params: types.DocumentLinkParams) -> list[types.DocumentLink]:
    file = server.session.file(params.text_document.uri)
    if file is None:
        return []
    existing = await server.existing(document_links.candidates(file))
    return [
        types.DocumentLink(
            range=convert.range_(file.text, link.span, server.client.columns),
            target=server.session.uri_of(link.path),
            tooltip=link.tooltip if link.tooltip and server.client.has_link_tooltips else None,
        )
        for link in document_links.links(server.session.view(), file, existing)
    ]


def _colors(server: AgentServer, params: types.DocumentColorParams) -> list[types.ColorInformation]:
    file = server.session.file(params.text_document.uri)
    if file is None:
        return []
    return [
        types.ColorInformation(
            range=convert.range_(file.text, swatch.span, server.client.columns),
            color=_color(swatch.color),
        )
        for swatch in document_colors.swatches(file)
    ]


def _color(color: Rgb) -> types.Color:
    red, green, blue = (part / 255 for part in color)
    return types.Color(red, green, blue, alpha=1.0)


def _color_presentations(
    server: AgentServer, params: types.ColorPresentationParams
) -> list[types.ColorPresentation]:
    file = server.session.file(params.text_document.uri)
    if file is None:
        return []
    columns = server.client.columns
    color = params.color
    red, green, blue = (round(part * 255) for part in (color.red, color.green, color.blue))
    stretch = convert.span(file.text, params.range, columns)
    return [
        types.ColorPresentation(
            name, types.TextEdit(convert.range_(file.text, edit.span, columns), edit.text)
        )
        for name, edit in document_colors.presentations(file, stretch, (red, green, blue))
    ]


HANDLERS: tuple[tuple[str, Any, Any], ...] = (
    (
        types.TEXT_DOCUMENT_COMPLETION,
        _complete,
        # `-` and `:` are parts of names, `,` and a space separate them, `(` opens `Agent(`, `/` and `@` call.
        types.CompletionOptions(trigger_characters=[":", ",", " ", "-", "[", "(", "_", "/", "@"]),
    ),
    (types.TEXT_DOCUMENT_HOVER, _hover, None),
    (types.TEXT_DOCUMENT_DEFINITION, _definition, None),
    (types.TEXT_DOCUMENT_DOCUMENT_LINK, _links, types.DocumentLinkOptions(resolve_provider=False)),
    (types.TEXT_DOCUMENT_DOCUMENT_COLOR, _colors, None),
    (types.TEXT_DOCUMENT_COLOR_PRESENTATION, _color_presentations, None),
)
