"""No regular expression of the parsers takes more than linear time, whatever text it meets."""

from __future__ import annotations

import ast
import importlib
import itertools
import pkgutil
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from agentls import syntax

if TYPE_CHECKING:
    from collections.abc import Iterator

_METHODS = {"search", "finditer", "findall", "sub", "split", "match", "fullmatch"}
# What is handed on may be used in any way.
_ANY = {"match", "search"}
_ONCE = {"match", "fullmatch"}
# What is repeated, what stands before it, and what stands behind it and fits nothing.
_UNITS = (
    *(" ", "\t", "\n", "\r\n", "a", "-", ":", "#", ",", "[", "(", "{", '"', "'", "`", "*", ".", "/", "="),
    *("\\", "<!--", "]", ")", "|", "1", "[a](", " x", "- ", "a: ", "a.", '\\"', "\n ", ", "),
)  # fmt: skip
_BEFORE = (
    *("", "a", "a: x", "#", "`", "[a](", "a: #a", "<!--", 'a = "', "'", '"', "{", "[", "---", "| ", "\n"),
    *("- ", "*", '"""'),
)  # fmt: skip
_BEHIND = ("y", "\x01", "\n")
_SHORT, _STEP, _LONG = 500, 4, 8000
# A text of this length takes a tenth of this where the time grows with the length (seconds).
_SLOW = 0.0005
# With the length it grows by the factor of the lengths, with the square by its square.
_MOST_GROWTH = 8
_TRIES = 3


def _patterns() -> Iterator[tuple[str, re.Pattern[str], str]]:
    """Each pattern of a module with the name of a method that is called on it."""
    modules = [
        importlib.import_module(f"{syntax.__name__}.{info.name}")
        for info in pkgutil.iter_modules(syntax.__path__)
    ]
    trees = {module.__name__: ast.parse(Path(module.__file__).read_text("utf-8")) for module in modules}
    for module in modules:
        own = trees[module.__name__]
        for name, value in vars(module).items():
            found = value.values() if isinstance(value, dict) else [value]
            for pattern in found:
                if isinstance(pattern, re.Pattern):
                    users = [own] if name.startswith("_") else trees.values()
                    for method in sorted(set().union(*(_methods(tree, name) for tree in users)) or _ANY):
                        yield f"{module.__name__.rpartition('.')[2]}.{name}", pattern, method


def _methods(tree: ast.Module, name: str) -> set[str]:
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in _METHODS and _root(node.value) == name
    }


def _root(node: ast.expr) -> str:
    while isinstance(node, ast.Subscript | ast.Attribute | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def _seconds(pattern: re.Pattern[str], method: str, text: str) -> float:
    start = time.process_time()
    if method in _ONCE:
        getattr(pattern, method)(text)
    elif method == "search":
        pattern.search(text)
    else:
        sum(1 for _ in pattern.finditer(text))
    return time.process_time() - start


@pytest.mark.parametrize(
    ("pattern", "method"),
    [pytest.param(pattern, method, id=f"{name}.{method}") for name, pattern, method in _patterns()],
)
def test_time_grows_with_the_length_alone(pattern: re.Pattern[str], method: str):
    for before, unit, behind in itertools.product(_BEFORE, _UNITS, _BEHIND):

        def text(length: int, parts: tuple[str, str, str] = (before, unit, behind)) -> str:
            return parts[0] + parts[1] * (length // len(parts[1])) + parts[2]

        if _seconds(pattern, method, text(_SHORT)) > _SLOW:
            tries = [
                (_seconds(pattern, method, text(_LONG // _STEP)), _seconds(pattern, method, text(_LONG)))
                for _ in range(_TRIES)
            ]
            assert any(many < max(few * _MOST_GROWTH, _SLOW * _LONG / _SHORT) for few, many in tries), (
                f"{before!r} and many times {unit!r}: {tries}"
            )


def test_a_pattern_that_grows_with_the_square_is_noticed():
    with pytest.raises(AssertionError, match="many times ' '"):
        test_time_grows_with_the_length_alone(re.compile(r"x *?y? *$"), "search")
