"""Readers turn text into a ``Document`` and never raise; a schema names the reader of its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentls.readers import front_matter, lines

if TYPE_CHECKING:
    from agentls.document import Document
    from agentls.text import Text

READERS = ("yaml", "lines", "toml")


def read(reader: str, text: Text, known: frozenset[str]) -> Document:
    """The text as one of the readers understands it; ``known`` are the names that certainly are fields."""
    if reader == "toml":
        from agentls.readers import toml  # noqa: PLC0415  most projects have no such file

        return toml.read(text)
    return lines.read(text) if reader == "lines" else front_matter.read(text, known)
