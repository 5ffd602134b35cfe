"""What a conversion leaves out, adds or changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agentls.text import Span


@dataclass(frozen=True, slots=True)
class Loss:
    """``span`` is the place in the file that is converted; ``message`` is for its author."""

    span: Span
    message: str
