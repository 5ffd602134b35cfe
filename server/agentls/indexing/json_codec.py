"""Summaries and findings as JSON has them, and back: for what is kept between runs, and for other processes.

A named tuple is the list of its values. What they are is told by its annotations and not by the JSON, so that
what comes from elsewhere is checked while it is read.
"""

from __future__ import annotations

import sys
from functools import cache, lru_cache
from types import UnionType
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_origin, get_type_hints

from agentls.findings import Finding, Related, Severity
from agentls.semantics.resolution import ResolutionContext
from agentls.semantics.summary import Definition, FileSummary, Mention
from agentls.text.source import Location, Span

if TYPE_CHECKING:
    from collections.abc import Callable

_T = TypeVar("_T")
_NAMES = {
    kind.__name__: kind
    for kind in (
        Definition, FileSummary, Finding, Location, Mention, Related, ResolutionContext, Severity, Span,
    )
}  # fmt: skip


def encoded(value: Any) -> Any:
    """As JSON has it; raises TypeError for what cannot be kept."""
    if isinstance(value, tuple | list):
        return [encoded(inner) for inner in value]
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Severity):
        return int(value)
    if value is None or isinstance(value, str | int):
        return value
    raise TypeError(f"a {type(value).__name__} cannot be kept")


def decoded(value: Any, kind: type[_T]) -> _T:
    """What was encoded, a named tuple; raises ValueError for what is none of that kind."""
    hint: Any = kind
    found: _T = _decoder(hint)(value)
    return found


@cache
def _decoder(kind: Any) -> Callable[[Any], Any]:
    if kind is str:
        return _text
    if kind is Severity:
        return lambda value: Severity(_plain(int, value))
    if kind in (int, bool):
        return lambda value: _plain(kind, value)
    if isinstance(kind, UnionType):
        (inner,) = (_decoder(one) for one in get_args(kind) if one is not type(None))
        return lambda value: None if value is None else inner(value)
    if get_origin(kind) is frozenset:
        return lambda value: _shared(frozenset(map(_text, _plain(list, value))))
    if get_origin(kind) is tuple:
        first, *others = get_args(kind)
        return _sequence(_decoder(first)) if others == [...] else _fixed(tuple, [first, *others])
    hints = get_type_hints(kind, localns=_NAMES)
    return _fixed(lambda values: kind(*values), list(hints.values()))


def _sequence(decode: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: tuple([decode(one) for one in _plain(list, value)])


def _fixed(make: Callable[[list[Any]], Any], kinds: list[Any]) -> Callable[[Any], Any]:
    decoders = [_decoder(kind) for kind in kinds]

    def decode(value: Any) -> Any:
        return make([decode(one) for decode, one in zip(decoders, _plain(list, value), strict=True)])

    return decode


def _plain(kind: type, value: Any) -> Any:
    if type(value) is not kind:
        raise ValueError(f"no {kind.__name__}")
    return value


def _text(value: Any) -> str:
    if type(value) is not str:
        raise ValueError("no text")
    # Many files speak of the same things; each word is kept once.
    return sys.intern(value)


@lru_cache(maxsize=256)
def _shared(names: frozenset[str]) -> frozenset[str]:
    """One set for all that are equal: each file says which products' names count for it."""
    return names
