"""JSON Schema at work: what in a value does not fit, and what is expected there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agentls.products.specs import EXTENSION

if TYPE_CHECKING:
    from collections.abc import Mapping


def validator(schema: Mapping[str, Any]) -> Any:
    from jsonschema import Draft202012Validator  # noqa: PLC0415  90 ms that a start should not pay

    # Its name is of no use here, since it refers to itself only, and one that starts with `urn:` makes
    # jsonschema 4.17 look for a reference inside of another one on the network.
    return Draft202012Validator({key: value for key, value in schema.items() if key != "$id"})


def deepest(error: Any) -> Any:
    """The error that went furthest into the value: of several branches the one that was meant."""
    while error.context:
        error = max(error.context, key=lambda inner: len(inner.absolute_path))
    return error


def expects(schema: Any, field: str, error: Any) -> str | None:
    """The nearest ``expects`` on the way from the field to the error."""
    found = None
    node = schema["properties"][field]
    for step in list(error.absolute_schema_path)[2:]:
        # The path of an error leaves out the references it went through.
        while isinstance(node, dict) and step not in node and "$ref" in node:
            node = schema["$defs"][node["$ref"].rpartition("/")[2]]
        try:
            node = node[step]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(node, dict) and EXTENSION in node:
            found = node[EXTENSION].get("expects", found)
    return found
