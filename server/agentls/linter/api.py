"""What a rule needs, from one place."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from agentls.findings import MOST_RELATED, Change, Edit, Finding, Fix, Related, apply
from agentls.products import Effect
from agentls.semantics.file import File
from agentls.text.source import Span
from agentls.workspace import Context

# Of a rule with ``CASES``: what the product does, by the case; ``""`` for the rule's own.
Effects: TypeAlias = Mapping[str, Effect]

__all__ = [
    "MOST_RELATED",
    "Change",
    "Context",
    "Edit",
    "Effect",
    "Effects",
    "File",
    "Finding",
    "Fix",
    "Iterator",
    "Related",
    "Span",
    "apply",
]
