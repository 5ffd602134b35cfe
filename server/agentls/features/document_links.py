"""Links of a document: the paths in it that lead somewhere, with a word on what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from agentls.text import markdown_escape
from agentls.workspace import file_links

if TYPE_CHECKING:
    from agentls.text.source import Span
    from agentls.workspace import Context, View


class Link(NamedTuple):
    """``tooltip`` says what the file defines; empty for a file that defines nothing."""

    span: Span
    path: str
    tooltip: str = ""


def links(context: Context) -> list[Link]:
    """One link for each path whose file exists."""
    view = context.view
    return [
        Link(link.span, path, _tooltip(view, path))
        for link in file_links.file_links(context.file)
        if (path := file_links.target(view, link))
    ]


def _tooltip(view: View, path: str) -> str:
    for definition in view.summary(path).proper_definitions:
        # Some editors take it for Markdown.
        return f"{definition.scope} {definition.kind} {markdown_escape.code(definition.name)}"
    return ""
