"""Readers turn text into a ``Document`` and never raise; a schema names the reader of its files.

``front_matter`` reads Markdown between its ``fences``, with ``yaml`` for the nodes, ``yaml_problems`` for
what is wrong with them and ``yaml_retry`` for what Claude Code makes of that; ``lines`` and ``toml`` are for
products that read no YAML.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentls.syntax.formats import CASED_LINES, JSON, JSONC, LINES, TOML

if TYPE_CHECKING:
    from agentls.syntax.document import Document
    from agentls.syntax.formats import Format
    from agentls.text.source import Text


def read(form: Format, text: Text, known: frozenset[str]) -> Document:
    """The text as the parser of a format reads it; ``known`` are the names that certainly are fields."""
    if form is TOML:
        from agentls.syntax import toml  # noqa: PLC0415  most projects have no such file

        return toml.read(text)
    if form in (JSON, JSONC):
        from agentls.syntax import json  # noqa: PLC0415  as few have these

        return json.read(form, text)
    if form in (LINES, CASED_LINES):
        from agentls.syntax import lines  # noqa: PLC0415  as few have these

        return lines.read(text, is_cased=form is CASED_LINES)
    from agentls.syntax import front_matter  # noqa: PLC0415  a server initializes without PyYAML

    return front_matter.read(form, text, known)
