"""What a product does about a file, at one place: what findings, verdicts and hovers are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from agentls.text.source import Span


class Consequence(NamedTuple):
    """``cause`` is the rule that reports it, or a case of one: ``ignored-entry.specifier``.

    ``message`` says what is wrong, in one sentence; what the product does about it is the effect of the
    cause. ``data`` is for the remedy.
    """

    cause: str
    span: Span
    message: str
    data: tuple[str, ...] = ()

    @property
    def rule(self) -> str:
        return self.cause.partition(".")[0]

    @property
    def case(self) -> str:
        """Empty for a rule that tells no cases apart, and for its usual one."""
        return self.cause.partition(".")[2]
