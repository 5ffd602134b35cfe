"""Color swatches, and the other ways to write a color."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from agentls.features import document_colors
from agentls.lsp import convert

if TYPE_CHECKING:
    from agentls.lsp.server import AgentServer, Handlers
    from agentls.text.colors import Rgb


def _colors(server: AgentServer, params: types.DocumentColorParams) -> list[types.ColorInformation]:
    file = server.session.file(params.text_document.uri)
    if file is None:
        return []
    return [
        types.ColorInformation(
            range=convert.range_(file.text, swatch.span, server.client.position_encoding),
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
    encoding = server.client.position_encoding
    color = params.color
    red, green, blue = (round(part * 255) for part in (color.red, color.green, color.blue))
    stretch = convert.span(file.text, params.range, encoding)
    return [
        types.ColorPresentation(
            name, types.TextEdit(convert.range_(file.text, edit.span, encoding), edit.text)
        )
        for name, edit in document_colors.presentations(file, stretch, (red, green, blue))
    ]


HANDLERS: Handlers = {
    types.TEXT_DOCUMENT_DOCUMENT_COLOR: _colors,
    types.TEXT_DOCUMENT_COLOR_PRESENTATION: _color_presentations,
}
