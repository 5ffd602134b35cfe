"""What may stand further inside a field: the keys of its maps and their values, by the schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agentls.products.fields import field_spec
from agentls.products.words import Word, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from agentls.products.dialect import Dialect
    from agentls.products.fields import FieldSpec

# The step into a list, whatever the number of the entry.
ITEM = "*"


def inside(dialect: Dialect, field: str, path: Iterable[str]) -> list[Mapping[str, Any]]:
    """The schemas of what a path of keys leads to, ``ITEM`` for an entry of a list; empty for none."""
    found = list(_branches(dialect.schema, dialect.schema["properties"].get(field, False)))
    for step in path:
        found = [leaf for branch in found for leaf in _branches(dialect.schema, _step(branch, step))]
    return found


def keys(schemas: Iterable[Mapping[str, Any]]) -> Iterator[FieldSpec]:
    """The keys that a map may have."""
    for schema in schemas:
        for name, inner in schema.get("properties", {}).items():
            yield field_spec(name, inner)


def values(schemas: Iterable[Mapping[str, Any]]) -> Iterator[Word]:
    """The words that a value may be."""
    for schema in schemas:
        yield from words_of({key: value for key, value in schema.items() if key != "anyOf"})
        yield from (Word(name=word) for word in schema.get("enum", ()) if isinstance(word, str))


def _step(schema: Mapping[str, Any], step: str) -> Any:
    if schema.get("type") == "array" and step == ITEM:
        return schema.get("items", False)
    return schema.get("properties", {}).get(step, schema.get("additionalProperties", False))


def _branches(root: Mapping[str, Any], schema: Any) -> Iterator[Mapping[str, Any]]:
    """A schema and all that it may be instead."""
    if isinstance(schema, bool):
        return
    yield schema
    if "$ref" in schema:
        yield from _branches(root, root["$defs"][schema["$ref"].removeprefix("#/$defs/")])
    for branch in (*schema.get("anyOf", ()), *schema.get("allOf", ()), schema.get("then", False)):
        yield from _branches(root, branch)
