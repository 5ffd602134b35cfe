"""No regular expression of the package takes more than linear time, on texts made to trouble it."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections import deque
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import agentls

if TYPE_CHECKING:
    from collections.abc import Iterator

_parser: Any = importlib.import_module("re._parser") if hasattr(re, "_parser") else None
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(_parser is None, reason="this version of Python shows no structure of an expression"),
]

# Repeated so often, an expression is as good as unbounded.
_MANY = 64
_SIZES = (1_500, 3_000, 6_000)
# What takes less is not measured reliably (seconds).
_NOISE = 0.004
# Of our own words, or of a length that is bounded elsewhere.
_HARMLESS = {
    "agentls.cli.output.markdown._CODE",
    "agentls.cli.output.markdown._STRONG",
    "agentls.semantics.file_references._LINK",
}
# Only ever tried at one place, which their own module does not say.
_NEVER_SEARCHED = ("agentls.syntax.json_patterns.", "agentls.syntax.toml_values._GAP")
# Twice the length, so many times the time: a linear one has 2, a quadratic one 4.
_STEEPEST = 2.9
_CATEGORIES = {"CATEGORY_DIGIT": "1", "CATEGORY_WORD": "a", "CATEGORY_SPACE": " ", "CATEGORY_NOT_DIGIT": "a"}
_CATEGORIES |= {"CATEGORY_NOT_WORD": "-", "CATEGORY_NOT_SPACE": "a"}
_ALPHABET = " a1-_.:,/`\"'\\\n#(){}[]<>*@$%!|=~\tZ\r\x00é"


def _patterns() -> dict[str, tuple[re.Pattern[str], bool]]:
    """Every expression that a module holds, by its name, and whether a text is searched for it."""
    found = {}
    for info in pkgutil.walk_packages(agentls.__path__, "agentls."):
        if info.name.endswith("__main__"):
            continue
        module = importlib.import_module(info.name)
        source = Path(str(module.__file__)).read_text("utf-8")
        for name, value in vars(module).items():
            for number, one in enumerate(_inside(value)):
                is_own = isinstance(one.pattern, str) and f"{info.name}.{name}" not in _HARMLESS
                # What is imported belongs to the module that it comes from.
                if is_own and re.search(rf"^(?:    )?{name}\b.*=", source, re.MULTILINE):
                    found[f"{info.name}.{name}[{number}]"] = one, _is_searched(info.name, name, source)
    return found


def _is_searched(module: str, name: str, source: str) -> bool:
    if f"{module}.{name}".startswith(_NEVER_SEARCHED):
        return False
    call = rf"\b{name}(?:\[[^\n]*\])?\."
    begins = re.search(rf"{call}(?:match|fullmatch)\b", source)
    return bool(re.search(rf"{call}(?:search|finditer|sub|subn|split|findall)\b", source) or not begins)


def _inside(value: Any) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple | list | frozenset):
        for one in value:
            yield from _inside(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _inside(one)


def _example(nodes: Any, pick: int = 0) -> str:
    """A short text that the nodes match, as far as that is seen from them."""
    return "".join(_one(str(kind), value, pick) for kind, value in nodes)


def _one(kind: str, value: Any, pick: int) -> str:
    if kind == "LITERAL":
        return chr(value)
    if kind == "NOT_LITERAL":
        return next(char for char in _ALPHABET[pick:] + _ALPHABET if ord(char) != value)
    if kind == "ANY":
        return "a"
    if kind == "IN":
        return _member(value, pick)
    if kind == "BRANCH":
        branches = value[1]
        return _example(branches[pick % len(branches)], pick)
    if kind == "SUBPATTERN":
        return _example(value[3], pick)
    if kind == "ATOMIC_GROUP":
        return _example(value, pick)
    if kind in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        least, _, inner = value
        return _example(inner, pick) * int(least)
    return ""


@cache
def _set(pattern: tuple[Any, ...]) -> str:
    return "".join(char for char in _ALPHABET if _holds(pattern, char))


def _holds(members: tuple[Any, ...], char: str) -> bool:
    is_negated = str(members[0][0]) == "NEGATE"
    found = False
    for kind, value in members:
        if str(kind) == "LITERAL":
            found |= ord(char) == value
        elif str(kind) == "RANGE":
            found |= value[0] <= ord(char) <= value[1]
        elif str(kind) == "CATEGORY":
            name = str(value).removeprefix("CATEGORY_")
            sign = {"DIGIT": r"\d", "WORD": r"\w", "SPACE": r"\s"}[name.removeprefix("NOT_")]
            found |= (re.match(sign, char) is not None) != name.startswith("NOT_")
    return found != is_negated


def _member(members: Any, pick: int) -> str:
    chars = _set(tuple(members)) or next(
        (
            chr(value if str(kind) == "LITERAL" else value[0])
            for kind, value in members
            if str(kind) in ("LITERAL", "RANGE")
        ),
        "a",
    )
    return chars[pick % len(chars)]


def _attacks(nodes: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """For each repetition what stands before it, and what it repeats."""
    for kind, value in nodes:
        name = str(kind)
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            _, most, inner = value
            if int(most) >= _MANY:
                for pick in range(4):
                    yield before, _example(inner, pick)
            yield from _attacks(inner, before)
        elif name == "SUBPATTERN":
            yield from _attacks(value[3], before)
        elif name == "ATOMIC_GROUP":
            yield from _attacks(value, before)
        elif name == "BRANCH":
            for branch in value[1]:
                yield from _attacks(branch, before)
        elif name in ("ASSERT", "ASSERT_NOT"):
            yield from _attacks(value[1], before)
        before += _one(name, value, 0)


def _texts(pattern: re.Pattern[str]) -> Iterator[Any]:
    nodes = _parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)
    whole = _example(nodes)
    seen = set()
    for before, unit in [*_attacks(nodes), ("", whole), ("", whole[:-1])]:
        for end in ("", "\x00", "\n", "é"):
            for make in ("once", "again"):
                if unit and (before, unit, end, make) not in seen:
                    seen.add((before, unit, end, make))
                    yield before, unit, end, make


def _text(attack: tuple[str, str, str, str], size: int) -> str:
    before, unit, end, make = attack
    if make == "once":
        return before + unit * (size // len(unit)) + end
    return (before + unit) * (size // len(before + unit)) + end


def _time(pattern: re.Pattern[str], text: str, *, is_searched: bool) -> float:
    best = 1e9
    for _ in range(2):
        began = time.perf_counter()
        if is_searched:
            deque(pattern.finditer(text), maxlen=0)
        else:
            pattern.match(text)
        best = min(best, time.perf_counter() - began)
    return best


def _steep(pattern: re.Pattern[str], *, is_searched: bool) -> list[tuple[Any, list[float]]]:
    """The attacks under which the time grows faster than the text."""
    found = []
    for attack in _texts(pattern):
        times: list[float] = []
        for size in _SIZES:
            times.append(_time(pattern, _text(attack, size), is_searched=is_searched))
            if times[-1] < _NOISE / _STEEPEST ** (len(_SIZES) - len(times)):
                break
        is_steep = all(later > earlier * _STEEPEST for earlier, later in pairwise(times))
        if len(times) == len(_SIZES) and is_steep:
            found.append((attack, times))
    return found


def test_no_expression_is_steep():
    found = {name: _steep(one, is_searched=how) for name, (one, how) in _patterns().items()}
    assert {name: attacks[:2] for name, attacks in found.items() if attacks} == {}


@pytest.mark.parametrize("hostile", [r"\s+$", r"(?:a|b)*,a*c", r"#[^\n]*x", r"(\w+)-\1"])
def test_a_steep_expression_is_told(hostile):
    assert _steep(re.compile(hostile), is_searched=True)
