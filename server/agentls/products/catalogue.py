"""The schemas as they lie in the package, or in a checkout, read once."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING, Any

from agentls.products.conversions import conversions
from agentls.products.dialect import Dialect
from agentls.products.effects import effect_spec
from agentls.products.facts import (
    BodyLimits,
    Bundled,
    Checked,
    Configuration,
    FileGlob,
    ReachRules,
    ServerFileGlob,
    powers,
    server_table,
    text_rules,
)
from agentls.products.fields import field_specs
from agentls.products.records import EXTENSION, record, records
from agentls.products.shape_recognition import recognition_rule
from agentls.products.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from agentls.products.conversions import Conversions
    from agentls.products.effects import EffectSpec
    from agentls.products.vocabulary import Vocabulary

# Not with pathlib, which takes as long to load as all schemas.
_PACKAGE = os.path.dirname(os.path.dirname(__file__))
_PACKAGED = os.path.join(_PACKAGE, "schemas")
# In a checkout and an editable install the schemas are where they are edited.
_EDITED = os.path.join(os.path.dirname(os.path.dirname(_PACKAGE)), "schemas")
SCHEMAS = _PACKAGED if os.path.isdir(_PACKAGED) else _EDITED
_ENDING = ".json"
# What is not about a product: the schema of schemas, and those of what agentls itself writes.
_OTHER_ENDING = ".schema.json"


@dataclass(frozen=True)
class Catalogue:
    """All that is known of the products; ``dialects`` by their names.

    ``groups`` are those of rules, ``old_groups`` what some of them were called before.
    """

    dialects: Mapping[str, Dialect]
    conversions: Conversions
    groups: frozenset[str]
    old_groups: Mapping[str, str]

    @cached_property
    def selectors(self) -> frozenset[str]:
        """What settings and comments call rules by: their own names and those of their groups."""
        return self.groups.union(self.old_groups, *(dialect.rules for dialect in self.dialects.values()))

    def dialect_of(self, kind: str, product: str, *, has_body: bool | None = None) -> Dialect | None:
        """How a product writes an agent, a skill or a command: above a text, or with the text in a field."""
        alike = (d for d in self.dialects.values() if (d.kind, d.product) == (kind, product))
        return next((d for d in alike if has_body in (None, d.format.has_body)), None)


@cache
def load() -> Catalogue:
    """The packaged catalogue; read once, never changed."""
    schemas = raw_schemas()
    vocabularies = {
        name: vocabulary(schema)
        for name, schema in schemas.items()
        if "vocabulary" in schema.get(EXTENSION, {})
    }
    settings = schemas["settings"][EXTENSION]
    common = schemas["common-effects"][EXTENSION]["common"]
    return Catalogue(
        {
            name: _dialect(schema, vocabularies, common)
            for name, schema in schemas.items()
            if "dialect" in schema.get(EXTENSION, {})
        },
        conversions(schemas["conversions"][EXTENSION]["conversions"]),
        frozenset(settings["groups"]),
        settings["old-groups"],
    )


def raw_schemas() -> dict[str, dict[str, Any]]:
    """All schemas by their names, each with what it extends."""
    names = sorted(name.removesuffix(_ENDING) for name in os.listdir(SCHEMAS) if _is_schema(name))
    read = {name: raw_schema(name) for name in names}
    return {name: _extended(schema, read) for name, schema in read.items()}


def _is_schema(name: str) -> bool:
    return name.endswith(_ENDING) and not name.endswith(_OTHER_ENDING)


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
    groups = [common[name] for name in facts.get("common", ())]
    make = partial(
        Dialect,
        name=facts["dialect"],
        title=schema["title"],
        schema=schema,
        make_fields=partial(field_specs, schema),
        make_effects=partial(_effects, facts, groups),
        effect_names=frozenset().union(*groups, facts["effects"]),
    )
    return record(
        make,
        {
            **{key: value for key, value in facts.items() if key not in _LOADED},
            "sees": [facts["product"], *facts.get("sees", ())],
        },
        tools=vocabularies.__getitem__,
        checked=partial(record, Checked),
        files=_globs,
        also_reads=_globs,
        unread=_globs,
        configuration=partial(record, Configuration),
        server_files=partial(records, ServerFileGlob),
        servers=server_table,
        shape=recognition_rule,
        sees=frozenset,
        bundled=partial(record, Bundled),
        body=partial(record, BodyLimits),
        powers=powers,
        text=text_rules,
        reach=partial(record, ReachRules),
        allowed_unknown=frozenset,
        example_labels=frozenset,
        recovers_from=frozenset,
    )


# What becomes a part of other attributes.
_LOADED = frozenset({"dialect", "extends", "common", "effects"})
_globs = partial(records, FileGlob)


def _effects(facts: Mapping[str, Any], groups: Iterable[Any]) -> dict[str, tuple[EffectSpec, ...]]:
    """The dialect's own effects on top of the common ones, which are told of its product."""
    told = {"product": facts["product"], "kind": facts["kind"], "source": facts.get("source", "")}
    found = {
        rule: tuple(effect_spec(_told(raw, told)) for raw in alternatives)
        for group in groups
        for rule, alternatives in group.items()
    }
    return found | {
        rule: tuple(map(effect_spec, alternatives)) for rule, alternatives in facts["effects"].items()
    }


def _told(raw: Mapping[str, Any], told: Mapping[str, str]) -> dict[str, Any]:
    return {key: value.format_map(told) if isinstance(value, str) else value for key, value in raw.items()}
