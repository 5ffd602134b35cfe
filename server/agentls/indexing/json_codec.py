"""Summaries and findings as JSON has them, and back: for what is kept between runs, and for other processes.

A named tuple is the list of its values. What they are is told by its annotations and not by the JSON, so that
what comes from elsewhere is checked while it is read.
"""

from __future__ import annotations

import sys
from functools import cache, lru_cache
from itertools import product
from types import UnionType
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_origin, get_type_hints

from agentls.findings import Ends, Finding, Related, Severity
from agentls.semantics.resolution import ResolutionContext
from agentls.semantics.summary import Definition, FileSummary, Mention
from agentls.text.source import Location, Span

if TYPE_CHECKING:
    from collections.abc import Callable

_T = TypeVar("_T")
_NAMES = {
    kind.__name__: kind
    for kind in (
        Definition, Ends, FileSummary, Finding, Location, Mention, Related, ResolutionContext, Severity, Span,
    )
}  # fmt: skip


def encode(value: Any) -> Any:
    """As JSON has it; raises TypeError for what cannot be kept."""
    if isinstance(value, tuple | list):
        return [encode(inner) for inner in value]
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Severity | Ends):
        return int(value)
    if value is None or isinstance(value, str | int):
        return value
    raise TypeError(f"a {type(value).__name__} cannot be kept")


def decode(value: Any, kind: type[_T]) -> _T:
    """What was encoded, a named tuple; raises ValueError for what is none of that kind."""
    hint: Any = kind
    found: _T = _decoder(hint)(value)
    return found


@cache
def _decoder(kind: Any) -> Callable[[Any], Any]:
    if isinstance(kind, UnionType):
        inner = _decoder(_inner(kind))
        return lambda value: None if value is None else inner(value)
    if get_origin(kind) is frozenset:
        return lambda value: _shared(frozenset(_texts(value)))
    if get_origin(kind) is tuple:
        first, *others = get_args(kind)
        if others != [...]:
            return _fixed(tuple, [first, *others])
        return _texts if first is str else _sequence(_decoder(first))
    if kind in (str, int, bool, Severity, Ends):
        return _plain(kind)
    return _fixed(lambda values: kind(*values), list(get_type_hints(kind, localns=_NAMES).values()))


def _fixed(make: Callable[[list[Any]], Any], kinds: list[Any]) -> Callable[[Any], Any]:
    """A list with a value of each kind; there are thousands, so that their types are compared at once."""
    allowed = frozenset(product(*map(_types, kinds)))
    texts = [place for place, kind in enumerate(kinds) if kind is str]
    others = [(place, _decoder(kind)) for place, kind in enumerate(kinds) if kind not in (str, int, bool)]

    def decode(value: Any) -> Any:
        if type(value) is not list or tuple(map(type, value)) not in allowed:
            raise ValueError("another kind of thing")
        values = value.copy()
        for place in texts:
            # Many files speak of the same things; each word is kept once.
            values[place] = sys.intern(values[place])
        for place, inner in others:
            values[place] = inner(values[place])
        return make(values)

    return decode


def _types(kind: Any) -> tuple[type, ...]:
    """What JSON may have for a kind."""
    if isinstance(kind, UnionType):
        return type(None), *_types(_inner(kind))
    if kind in (Severity, Ends):
        return (int,)
    return (kind,) if kind in (str, int, bool) else (list,)


def _inner(kind: UnionType) -> Any:
    (inner,) = (one for one in get_args(kind) if one is not type(None))
    return inner


def _sequence(decode: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def sequence(value: Any) -> Any:
        if type(value) is not list:
            raise ValueError("no list")
        return tuple([decode(one) for one in value])

    return sequence


def _texts(value: Any) -> tuple[str, ...]:
    if type(value) is not list or not {*map(type, value)} <= {str}:
        raise ValueError("no texts")
    return tuple(map(sys.intern, value))


def _plain(kind: type) -> Callable[[Any], Any]:
    (expected,) = _types(kind)

    def plain(value: Any) -> Any:
        if type(value) is not expected:
            raise ValueError(f"no {kind.__name__}")
        return kind(value)

    return plain


@lru_cache(maxsize=256)
def _shared(names: frozenset[str]) -> frozenset[str]:
    """One set for all that are equal: each file says which products' names count for it."""
    return names
