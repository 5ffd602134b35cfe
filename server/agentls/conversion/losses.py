"""What a conversion leaves out, adds or changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from agentls.text.source import Span


class Loss(NamedTuple):
    """``span`` is the place in the file that is converted; ``message`` is for its author."""

    span: Span
    message: str
