"""Words from files within our own Markdown, where they must not become links or markup."""

from __future__ import annotations

import re


def code(text: str) -> str:
    """Text for a place between backticks."""
    return re.sub(r"[`\r\n\[\]<>]", "", text)


def prose(text: str) -> str:
    """A description, with everything that Markdown could act upon taken as text."""
    return re.sub(r"([\\`*_\[\]<>#!|])", r"\\\1", text)
