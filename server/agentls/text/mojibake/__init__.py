"""Text damaged by a wrong decoding of UTF-8, and what it was. It guesses no encoding: it reports proofs.

``search`` is where it starts: it weighs what ``line_evidence``, ``pieces``, ``gaps``, ``multibyte`` and
``halves`` find, by the ``tables`` of what wrong decodings make of UTF-8. What may be restored is for
``judgement`` to say, with ``kinds``, ``plausible``, ``everyday`` and ``oddness``; ``mentions`` tells texts
about damage.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from agentls.text.mojibake.plausible import is_east_asian, is_plausible, is_typography
    from agentls.text.mojibake.search import Run, damage, find
    from agentls.text.mojibake.tables import misread, title

__all__ = ["Run", "damage", "find", "is_east_asian", "is_plausible", "is_typography", "misread", "title"]

_HOMES = {
    "is_east_asian": "plausible",
    "is_plausible": "plausible",
    "is_typography": "plausible",
    "Run": "search",
    "damage": "search",
    "find": "search",
    "misread": "tables",
    "title": "tables",
}


def __getattr__(name: str) -> Any:
    """Loaded when it is asked for: ASCII is never damaged, and the tables take longer than many a check."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
