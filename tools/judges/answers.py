"""What one side says of one definition, in a form that both sides can give."""

from __future__ import annotations

from typing import NamedTuple


class Loaded(NamedTuple):
    """A definition that counts, by its name; None for what that side does not tell."""

    name: str
    description: str | None = None
    tools: frozenset[str] | None = None
