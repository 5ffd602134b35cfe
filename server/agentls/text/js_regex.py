"""Regular expressions of JavaScript as products compile them: whether they are valid, and what they find.

A hostile pattern takes no longer than a plain one: all ways through it are followed at once. What looks ahead
or back at what was found is not followed, and then nothing is said about what the expression finds.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from agentls.text.js_regex_syntax import Node, RegexError, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

# Counted repetitions are written out; nobody needs more places than that.
_MOST_STATES = 4000
_WORD = re.compile(r"\w", re.ASCII)


class _State(NamedTuple):
    """``test`` is what a character must pass, or ``at`` a condition of the place; else it is a fork."""

    next: tuple[int, ...]
    test: Callable[[str], bool] | None = None
    at: str = ""


class JsRegex:
    """``error`` says why it does not compile; empty where it does."""

    def __init__(self, pattern: str) -> None:
        self.error = ""
        self._states: list[_State] | None = None
        states: list[_State] = [_State(())]
        try:
            self._start = _build(parse(pattern), 0, states)
            self._states = states
        except RegexError as error:
            self.error = str(error)
        except OverflowError:
            pass  # nothing is said about it

    def finds(self, text: str) -> bool | None:
        """Whether it matches somewhere in a text; None where that is not followed here."""
        if self._states is None:
            return None
        places: set[int] = set()
        for offset in range(len(text) + 1):
            is_at = _conditions(text, offset)
            places = self._entered({*places, self._start}, is_at)
            if 0 in places:
                return True
            if offset < len(text):
                places = self._after(places, text[offset])
        return False

    def can_find_behind(self, prefix: str, alphabet: str) -> bool:
        """Whether it may match in a text with such a beginning and any characters of the alphabet behind."""
        if self._states is None:
            return True
        places: set[int] = set()
        for offset, character in enumerate(prefix):
            places = self._entered({*places, self._start}, frozenset({"^"} if offset == 0 else {"b", "B"}))
            if 0 in places:
                return True
            places = self._after(places, character)
        seen: set[int] = set()
        places.add(self._start)
        while not places <= seen:
            seen |= self._entered(places, frozenset({"$", "b", "B"}))
            if 0 in seen:
                return True
            places = {n for one in alphabet for n in self._after(seen, one)}
        return False

    def _entered(self, places: Iterable[int], is_at: frozenset[str]) -> set[int]:
        """With all that is reached without a character."""
        assert self._states is not None
        pending, found = list(places), set(places)
        while pending:
            state = self._states[pending.pop()]
            if state.test is None and (not state.at or state.at in is_at):
                new = [place for place in state.next if place not in found]
                found.update(new)
                pending += new
        return found

    def _after(self, places: Iterable[int], character: str) -> set[int]:
        assert self._states is not None
        passed = (self._states[place] for place in places)
        return {n for state in passed if state.test is not None and state.test(character) for n in state.next}


@lru_cache(maxsize=512)
def compiled(pattern: str) -> JsRegex:
    """The expression; compiled once."""
    return JsRegex(pattern)


def _conditions(text: str, offset: int) -> frozenset[str]:
    before, after = text[offset - 1 : offset] if offset else "", text[offset : offset + 1]
    is_edge = bool(before and _WORD.match(before)) is not bool(after and _WORD.match(after))
    found = {"b" if is_edge else "B"}
    found |= {"^"} if offset == 0 else set()
    return frozenset(found | ({"$"} if offset == len(text) else set()))


def _build(node: Node, after: int, states: list[_State]) -> int:
    """The place before a part of the tree, whose end is ``after``."""
    if len(states) > _MOST_STATES or node.kind == "unfollowed":
        raise OverflowError
    match node.kind:
        case "character":
            return _add(states, _State((after,), node.test))
        case "at":
            return _add(states, _State((after,), None, node.at))
        case "sequence":
            for inner in reversed(node.inner):
                after = _build(inner, after, states)
            return after
        case "choice":
            return _add(states, _State(tuple(_build(inner, after, states) for inner in node.inner)))
    (inner,) = node.inner
    most = node.most
    if most is None:
        loop = _add(states, _State(()))
        states[loop] = _State((_build(inner, loop, states), after))
        after = loop
    for _ in range((most or node.least) - node.least):
        after = _add(states, _State((_build(inner, after, states), after)))
    for _ in range(node.least):
        after = _build(inner, after, states)
    return after


def _add(states: list[_State], state: _State) -> int:
    states.append(state)
    return len(states) - 1
