"""What a plain scalar means to readers that differ from the YAML 1.2 core schema: dates, other numbers.

``js-yaml-4`` is what Gemini CLI reads with, ``js-yaml-3`` is within gray-matter, which opencode uses,
and ``serde-yaml`` is that of Copilot CLI.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from agentls.syntax.nodes import resolve

if TYPE_CHECKING:
    from collections.abc import Mapping

    from agentls.syntax.nodes import Resolver

_DATE = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}"
    r"(?:\.[0-9]*)?(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?"
)
_BASED = {"0b": 2, "0x": 16, "0o": 8}
_DIGITS = {2: re.compile(r"[01]+"), 8: re.compile(r"[0-7]+"), 16: re.compile(r"[0-9a-fA-F]+")}
_INT = re.compile(r"[0-9]+")
_FLOAT = re.compile(r"[-+]?[0-9]+(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?|\.[0-9]+(?:[eE][-+]?[0-9]+)?")
# Minutes and seconds, which YAML 1.1 takes for digits to the base of 60.
_SEXAGESIMAL = re.compile(r"[-+]?[0-9]+(?::[0-5]?[0-9])+(?:\.[0-9]*)?")
# What looks like a number begins so; longer ones are no setting of any product.
_NUMERIC_STARTS = frozenset("+-.0123456789")
_MOST_DIGITS = 400


class Date(NamedTuple):
    """A value that the reader takes for a date: neither a text nor a number."""

    text: str


def _js_yaml_4(value: str) -> object:
    return _js_yaml(value, is_old=False)


def _js_yaml_3(value: str) -> object:
    return _js_yaml(value, is_old=True)


def _js_yaml(value: str, *, is_old: bool) -> object:
    if not value or value[0] not in _NUMERIC_STARTS or len(value) > _MOST_DIGITS:
        return resolve(value)
    if _DATE.fullmatch(value):
        return Date(value)
    digits = value.replace("_", "")
    if value[0] == "_" or value[-1] == "_":
        return value
    return _number(digits, value, is_old=is_old)


def _number(digits: str, value: str, *, is_old: bool) -> object:
    sign, bare = (digits[:1], digits[1:]) if digits[:1] in ("+", "-") else ("", digits)
    base, rest = _BASED.get(bare[:2]), bare[2:]
    if is_old and (base == 8 or (len(bare) > 1 and bare[0] == "0" and _DIGITS[8].fullmatch(bare))):  # noqa: PLR2004
        base, rest = (None, "") if base else (8, bare)
    if base:
        return int(sign + rest, base) if _DIGITS[base].fullmatch(rest) else value
    if _INT.fullmatch(bare):
        return int(digits)
    if _FLOAT.fullmatch(digits):
        return float(digits)
    if is_old and _SEXAGESIMAL.fullmatch(digits):
        return _from_sexagesimal(bare)
    word = resolve(value)
    # Infinity and its like; of numbers, all are found above.
    return word if "n" in value.lower() else value


def _from_sexagesimal(digits: str) -> float:
    total = 0.0
    for part in digits.split(":"):
        total = total * 60 + float(part)
    return int(total) if total.is_integer() else total


def _serde_yaml(value: str) -> object:
    digits = value.removeprefix("-").removeprefix("+")
    if digits[:2] == "0b" and _DIGITS[2].fullmatch(digits[2:]):
        return int(digits, 0)
    return value if len(digits) > 1 and digits[0] == "0" and _INT.fullmatch(digits) else resolve(value)


RESOLVERS: Mapping[str, Resolver] = {
    "": resolve,
    "js-yaml-4": _js_yaml_4,
    "js-yaml-3": _js_yaml_3,
    "serde-yaml": _serde_yaml,
}
