"""What is shown beside words: swatches of colours, and inlay hints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from agentls.features import document_colors, inlay_hints
from agentls.lsp import convert

if TYPE_CHECKING:
    from agentls.lsp.requests import Handlers
    from agentls.lsp.server import AgentServer
    from agentls.text.colors import Rgb


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


def _hints(server: AgentServer, params: types.InlayHintParams) -> list[types.InlayHint]:
    file = server.session.file(params.text_document.uri)
    if file is None or not file.settings.inlay_hints:
        return []
    context = server.session.context(file)
    columns = server.client.columns
    stretch = convert.span(file.text, params.range, columns)
    found = [
        types.InlayHint(
            convert.position(file.text, hint.offset, columns), f"= {hint.label}", padding_left=True
        )
        for hint in inlay_hints.hints(context, stretch)
    ]
    server.session.show(context.view)
    return found


HANDLERS: Handlers = {
    types.TEXT_DOCUMENT_DOCUMENT_COLOR: _colors,
    types.TEXT_DOCUMENT_COLOR_PRESENTATION: _color_presentations,
    types.TEXT_DOCUMENT_INLAY_HINT: _hints,
}
