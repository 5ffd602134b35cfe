"""Tells at once that a value fits its JSON Schema, and nothing else.

Nearly all values fit, and jsonschema takes longer to import than a file takes to be checked.
What is not certain here, keywords that nobody has taught it among them, is left to jsonschema.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from agentls.products.records import EXTENSION

if TYPE_CHECKING:
    from collections.abc import Mapping

# A boolean is no number here, and a number with a fraction part of zero is left to jsonschema.
_TYPES: dict[str, tuple[type, ...]] = {
    "array": (list,),
    "boolean": (bool,),
    "integer": (int,),
    "null": (type(None),),
    "number": (int, float),
    "object": (dict,),
    "string": (str,),
}


def fits(value: Any, schema: Any, root: Mapping[str, Any]) -> bool:
    """Whether a value certainly fits; ``root`` is the schema that references are relative to."""
    if isinstance(schema, bool):
        return schema
    for keyword, wanted in schema.items():
        if keyword in _SILENT:
            continue
        if keyword not in _JUDGES or not _JUDGES[keyword](value, wanted, schema, root):
            return False
    return True


# What is said about a value without a demand on it.
_SILENT = frozenset(
    {"$schema", "$id", "$defs", "$comment", "title", "description", "default", "examples", "then", "else"}
    | {EXTENSION}
)
# Of these alone it is certain as well that a value does not fit, where the constants are texts.
_EXACT = frozenset({"properties", "required", "const"})


def _type(value: Any, wanted: Any, schema: Any, root: Mapping[str, Any]) -> bool:
    names = [wanted] if isinstance(wanted, str) else wanted
    return any(type(value) in _TYPES[name] for name in names)


def _is_one_of(value: Any, words: Any) -> bool:
    # Equal and of one type: Python takes True for 1. Collections may hold such a pair.
    return any(
        type(value) is type(word) and value == word and not isinstance(word, list | dict) for word in words
    )


def _properties(value: Any, known: Any, schema: Any, root: Mapping[str, Any]) -> bool:
    if not isinstance(value, dict):
        return True
    return all(fits(value[name], known[name], root) for name in known if name in value)


def _additional(value: Any, wanted: Any, schema: Any, root: Mapping[str, Any]) -> bool:
    if not isinstance(value, dict) or "patternProperties" in schema:
        return not isinstance(value, dict)
    known = schema.get("properties", {})
    return all(fits(inner, wanted, root) for name, inner in value.items() if name not in known)


def _reference(value: Any, target: str, schema: Any, root: Mapping[str, Any]) -> bool:
    name = target.removeprefix("#/$defs/")
    return name in root.get("$defs", {}) and fits(value, root["$defs"][name], root)


def _condition(value: Any, wanted: Any, schema: Any, root: Mapping[str, Any]) -> bool:
    if fits(value, wanted, root):
        return fits(value, schema.get("then", True), root)
    is_certain = _is_exact(wanted) or fits(value, schema.get("then", True), root)
    return is_certain and fits(value, schema.get("else", True), root)


def _is_exact(schema: Any) -> bool:
    inner = schema.get("properties", {}).values()
    return schema.keys() <= _EXACT and isinstance(schema.get("const", ""), str) and all(map(_is_exact, inner))


_JUDGES: dict[str, Any] = {
    "type": _type,
    "$ref": _reference,
    "properties": _properties,
    "additionalProperties": _additional,
    "const": lambda value, word, *_: _is_one_of(value, [word]),
    "enum": lambda value, words, *_: _is_one_of(value, words),
    "anyOf": lambda value, branches, _, root: any(fits(value, branch, root) for branch in branches),
    "allOf": lambda value, parts, _, root: all(fits(value, part, root) for part in parts),
    "if": _condition,
    "items": lambda value, item, _, root: (
        not isinstance(value, list) or all(fits(one, item, root) for one in value)
    ),
    "required": lambda value, names, *_: not isinstance(value, dict) or all(name in value for name in names),
    "pattern": lambda value, pattern, *_: not isinstance(value, str) or bool(re.search(pattern, value)),
    "minimum": lambda value, least, *_: type(value) not in (int, float) or value >= least,
    "exclusiveMinimum": lambda value, least, *_: type(value) not in (int, float) or value > least,
    "maximum": lambda value, most, *_: type(value) not in (int, float) or value <= most,
    "minLength": lambda value, least, *_: not isinstance(value, str) or len(value) >= least,
    "maxLength": lambda value, most, *_: not isinstance(value, str) or len(value) <= most,
}
