"""Colours in the text, for a swatch beside them, and the names that may stand in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from agentls.findings import Edit
from agentls.syntax.nodes import Scalar
from agentls.text import colors

if TYPE_CHECKING:
    from agentls.semantics.file import File
    from agentls.text.colors import Rgb
    from agentls.text.source import Span


class Swatch(NamedTuple):
    span: Span
    color: Rgb


def swatches(file: File) -> list[Swatch]:
    """The colour that is written in each colour field, whether or not the product knows it."""
    found = []
    for field, spec in file.specified_fields:
        if spec.holds == "color" and isinstance(field.value, Scalar):
            color = colors.parse(field.value.value)
            found += [Swatch(field.value.span, color)] if color else []
    return found


def presentations(file: File, span: Span, color: Rgb) -> list[tuple[str, Edit]]:
    """The colour names of the dialect, the nearest to ``color`` first, each with the edit that writes it."""
    spec = next((spec for _, spec in file.specified_fields if spec.holds == "color"), None)
    names = [word.name for word in spec.words] if spec else []
    nearest = colors.closest(color, names)
    ordered = sorted(names, key=lambda name: name != nearest)
    return [(name, Edit(span, name)) for name in ordered]
