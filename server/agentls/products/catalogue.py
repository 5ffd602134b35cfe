"""The schemas as they lie in the package, or in a checkout, read once."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from agentls.products.conversions import Conversions
from agentls.products.dialect import Dialect
from agentls.products.specs import EXTENSION, FieldSpec, Vocabulary, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

# Not with pathlib, which takes as long to load as all schemas.
_PACKAGE = os.path.dirname(os.path.dirname(__file__))
_PACKAGED = os.path.join(_PACKAGE, "schemas")
# In a checkout and an editable install the schemas are where they are edited.
_EDITED = os.path.join(os.path.dirname(os.path.dirname(_PACKAGE)), "schemas")
SCHEMAS = _PACKAGED if os.path.isdir(_PACKAGED) else _EDITED
_ENDING = ".json"


@dataclass(frozen=True)
class Catalogue:
    """All that is known of the products; ``dialects`` by their names."""

    dialects: Mapping[str, Dialect]
    conversions: Conversions
    groups: frozenset[str]

    @cached_property
    def selectors(self) -> frozenset[str]:
        """What settings and comments call rules by: their own names and those of their groups."""
        return self.groups.union(*(dialect.rules for dialect in self.dialects.values()))

    def dialect_of(self, kind: str, product: str) -> Dialect | None:
        """How a product writes an agent, a skill or a command."""
        wanted = (kind, product)
        return next((d for d in self.dialects.values() if (d.kind, d.product) == wanted), None)


@cache
def load() -> Catalogue:
    """The packaged catalogue; read once, never changed."""
    schemas = raw_schemas()
    vocabularies = {
        name: Vocabulary({word.name: word for word in words_of(schema)}, schema[EXTENSION])
        for name, schema in schemas.items()
        if "vocabulary" in schema.get(EXTENSION, {})
    }
    common = schemas["common-effects"][EXTENSION]["common"]
    return Catalogue(
        {
            name: _dialect(schema, vocabularies, common)
            for name, schema in schemas.items()
            if "dialect" in schema.get(EXTENSION, {})
        },
        Conversions(schemas["conversions"][EXTENSION]["conversions"]),
        frozenset(schemas["settings"][EXTENSION]["groups"]),
    )


def raw_schemas() -> dict[str, dict[str, Any]]:
    """All schemas by their names, each with what it extends."""
    names = sorted(name.removesuffix(_ENDING) for name in os.listdir(SCHEMAS) if name.endswith(_ENDING))
    read = {name: raw_schema(name) for name in names}
    return {name: _extended(schema, read) for name, schema in read.items()}


def raw_schema(name: str) -> Any:
    """A schema as it is in its file."""
    with open(os.path.join(SCHEMAS, f"{name}{_ENDING}"), encoding="utf-8") as file:
        return json.load(file)


def _extended(schema: dict[str, Any], schemas: Mapping[str, Any]) -> dict[str, Any]:
    """A schema with all of the one that it extends, and of those that this one extends in turn."""
    base = schema.get(EXTENSION, {}).get("extends")
    found: dict[str, Any] = _merged(_extended(schemas[base], schemas), schema) if base else schema
    return found


def _merged(base: Any, own: Any) -> Any:
    if not (isinstance(base, dict) and isinstance(own, dict)):
        return own
    # The order of fields is that of the base, or that of the schema which names all of the base's again.
    order = {**own, **base} if base.keys() <= own.keys() else {**base, **own}
    merged = {name: _merged(base.get(name), own[name]) if name in own else base[name] for name in order}
    return {name: value for name, value in merged.items() if value is not None}  # null takes away


def _dialect(schema: dict[str, Any], vocabularies: Mapping[str, Vocabulary], common: Any) -> Dialect:
    facts = schema[EXTENSION]
    facts = {**facts, "effects": _effects(facts, common)}
    tools = vocabularies[facts["tools"]] if "tools" in facts else Vocabulary({}, {})
    required = schema.get("required", [])
    fields = {
        name: FieldSpec(name, spec.get("description", ""), spec, spec.get(EXTENSION, {}), name in required)
        for name, spec in schema["properties"].items()
    }
    return Dialect(
        facts["dialect"],
        schema["title"],
        schema,
        facts,
        fields,
        tools,
    )


def _effects(facts: Mapping[str, Any], common: Mapping[str, Any]) -> dict[str, Any]:
    """The dialect's own effects on top of the common ones that it names, told of its product."""
    found: dict[str, Any] = {}
    for name in facts.get("common", ()):
        found |= {
            rule: [_told_of(facts, effect) for effect in effects] for rule, effects in common[name].items()
        }
    found |= facts.get("effects", {})
    return found


def _told_of(facts: Mapping[str, Any], effect: Mapping[str, Any]) -> dict[str, Any]:
    told = {"product": facts["product"], "kind": facts["kind"], "source": facts.get("source", "")}
    return {key: value.format_map(told) if isinstance(value, str) else value for key, value in effect.items()}
