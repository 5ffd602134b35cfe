"""Links of a document: the paths in it that lead somewhere, with a word on what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from agentls.workspace import file_links

if TYPE_CHECKING:
    from collections.abc import Container

    from agentls.semantics.file import File
    from agentls.text.source import Span
    from agentls.workspace import View


class Link(NamedTuple):
    """``tooltip`` says what the file defines; empty for a file that defines nothing."""

    span: Span
    path: str
    tooltip: str = ""


def candidates(file: File) -> set[str]:
    """The paths of which has to be known whether they exist."""
    return {path for pointer in file_links.pointers(file) for path in pointer.paths}


def links(view: View, file: File, existing: Container[str]) -> list[Link]:
    """One link for each path whose file exists."""
    found = []
    for pointer in file_links.pointers(file):
        path = next((path for path in pointer.paths if path in existing), None)
        if path:
            found.append(Link(pointer.span, path, _tooltip(view, path)))
    return found


def _tooltip(view: View, path: str) -> str:
    for definition in view.facts(path).definitions:
        return f"{definition.scope} {definition.kind} {definition.name}"
    return ""
