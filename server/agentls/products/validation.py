"""JSON Schema at work: which values of a document do not fit, and what is expected in their places."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from agentls.products.records import EXTENSION, NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class SchemaError(NamedTuple):
    """A value that does not fit: the field it is in, the path inside that, what is expected there in words.

    ``choices`` are the values that are allowed instead, where the schema lists all of them; ``invalid`` is
    what the schema says that becomes of the value, as it stands there.
    """

    field: str
    path: tuple[str | int, ...]
    expected: str
    choices: tuple[Any, ...] = ()
    invalid: Mapping[str, Any] = NOTHING


def errors(schema: Mapping[str, Any], document: Mapping[str, Any]) -> tuple[SchemaError, ...]:
    """Every value in the fields of a document that does not fit, each once, in the order of the document.

    What the document as a whole lacks, such as a required field, is not among them.
    """
    found: dict[tuple[str | int, ...], SchemaError] = {}
    for error in _validator(_Identified(schema)).iter_errors(document):
        for cause in _causes(error):
            path = tuple(cause.absolute_path)
            if path and path not in found:
                choices = tuple(cause.validator_value) if cause.validator == "enum" else ()
                said = _said(schema, cause)
                expected, invalid = str(said.get("expects", "")), said.get("invalid", NOTHING)
                found[path] = SchemaError(str(path[0]), path[1:], expected, choices, invalid)
    if len(found) <= 1:
        return tuple(found.values())
    places = _ValueOrder(document)
    return tuple(found[path] for path in sorted(found, key=places.of))


class _Identified:
    """A schema by its identity: there is one object for each, and it is never changed."""

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self.schema = schema

    def __hash__(self) -> int:
        return id(self.schema)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Identified) and other.schema is self.schema


@lru_cache(maxsize=64)
def _validator(schema: _Identified) -> Any:
    from jsonschema import Draft202012Validator  # noqa: PLC0415  90 ms that a start should not pay

    return Draft202012Validator(schema.schema)


def _causes(error: Any) -> Iterator[Any]:
    """What is wrong: of several branches all that is wrong in the one that was meant.

    That is the one which went furthest into the value. Where none goes into it, the whole value is wrong.
    """
    if not error.context:
        yield error
        return
    branches: dict[Any, list[Any]] = {}
    for inner in error.context:
        branches.setdefault(inner.schema_path[0], []).append(inner)
    for inner in max(branches.values(), key=lambda branch: max(len(e.absolute_path) for e in branch)):
        yield from _causes(inner)


def _said(schema: Mapping[str, Any], error: Any) -> dict[str, Any]:
    """What is said on the way from the schema to the error; of each key the nearest."""
    found: dict[str, Any] = {}
    node: Any = schema
    for step in error.absolute_schema_path:
        # The path of an error leaves out the references it went through.
        while isinstance(node, dict) and step not in node and "$ref" in node:
            node = schema["$defs"][node["$ref"].rpartition("/")[2]]
            found |= _facts(node)
        try:
            node = node[step]
        except (KeyError, IndexError, TypeError):
            break
        found |= _facts(node)
    return found


def _facts(node: Any) -> dict[str, Any]:
    facts = node.get(EXTENSION) if isinstance(node, dict) else None
    return facts if isinstance(facts, dict) else {}


class _ValueOrder:
    """The places of values in a document, as numbers that compare; each map is counted once."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document
        self._order: dict[int, dict[str, int]] = {}

    def of(self, path: tuple[str | int, ...]) -> tuple[int, ...]:
        place: list[int] = []
        node: Any = self._document
        for step in path:
            place.append(step if isinstance(step, int) else self._number(node, step))
            node = node[step]
        return tuple(place)

    def _number(self, node: Mapping[str, Any], key: str) -> int:
        order = self._order.get(id(node))
        if order is None:
            order = self._order[id(node)] = {name: number for number, name in enumerate(node)}
        return order[key]
