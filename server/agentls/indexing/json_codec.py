"""Summaries and findings as JSON, and back: for what is kept between runs, and for other processes."""

from __future__ import annotations

import sys
from functools import lru_cache
from typing import Any

from agentls.findings import Finding, Related, Severity
from agentls.semantics.resolution import ResolutionContext
from agentls.semantics.summary import Definition, FileSummary, Mention
from agentls.text.source import Location, Span

_KEPT = frozenset({Definition, FileSummary, Finding, Location, Mention, Related, Span, ResolutionContext})
_CLASSES = {kind.__name__: kind for kind in _KEPT}


def encoded(value: Any) -> Any:
    """As JSON has it; raises TypeError for what cannot be kept."""
    kind = type(value)
    if kind in _KEPT:
        return {kind.__name__: [encoded(inner) for inner in value]}
    if kind is tuple or kind is list:
        return [encoded(inner) for inner in value]
    if kind is frozenset:
        return {"frozenset": sorted(value)}
    if kind is Severity:
        return {"Severity": int(value)}
    if value is None or kind in (str, int, bool):
        return value
    raise TypeError(f"a {kind.__name__} cannot be kept")


def decoded(value: Any) -> Any:
    """What was encoded."""
    if type(value) is str:
        # Many files speak of the same things; each word is kept once.
        return sys.intern(value)
    if type(value) is list:
        return tuple([decoded(inner) for inner in value])
    if type(value) is not dict:
        return value
    ((name, inner),) = value.items()
    if name == "frozenset":
        return _shared(frozenset(inner))
    if name == "Severity":
        return Severity(inner)
    return _CLASSES[name](*[decoded(one) for one in inner])


@lru_cache(maxsize=256)
def _shared(names: frozenset[str]) -> frozenset[str]:
    """One set for all that are equal: each file says which products' names count for it."""
    return names
