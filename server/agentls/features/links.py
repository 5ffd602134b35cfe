"""Links of a document: the relative paths in it that lead somewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from agentls.references import FILE_KINDS, resolve_path

if TYPE_CHECKING:
    from agentls.file import File
    from agentls.text import Span
    from agentls.workspace import View


@dataclass(frozen=True, slots=True)
class Link:
    span: Span
    path: str


def links(view: View, file: File) -> list[Link]:
    """One link for each relative path whose file exists."""
    found = [(r.span, resolve_path(file.path, r.name)) for r in file.references if r.kind in FILE_KINDS]
    return [Link(span, path) for span, path in found if view.exists(path)]
