"""A dialect with a user's own words in it, as of a version of the product."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from agentls.products.catalogue import load
from agentls.products.specs import FieldSpec, Vocabulary, Word, version

if TYPE_CHECKING:
    from collections.abc import Mapping

    from agentls.products.dialect import Dialect


@lru_cache(maxsize=64)
def adapted(
    name: str,
    tools: tuple[str, ...] = (),
    fields: tuple[str, ...] = (),
    models: tuple[str, ...] = (),
    target_version: str = "",
) -> Dialect:
    """The dialect of that name with a user's own words in it, as of a version of the product."""
    dialect = load().dialects[name]
    if not (tools or fields or models or target_version):
        return dialect
    target = version(target_version)
    own = {
        field: FieldSpec(field, "A field of your own, from the settings.", {}, {}, required=False)
        for field in fields
        if field not in dialect.fields
    }
    specs = {
        name: _with_models(spec, models)
        for name, spec in dialect.fields.items()
        if _is_there(spec.facts, target)
    }
    return replace(
        dialect,
        fields=specs | own,
        tools=_with_tools(dialect.tools, tools, target),
        target=target,
    )


def _with_models(spec: FieldSpec, models: tuple[str, ...]) -> FieldSpec:
    if spec.holds != "model":
        return spec
    own = [{"const": model, "description": "A model of your own, from the settings."} for model in models]
    return replace(spec, schema={**spec.schema, "anyOf": [*own, *spec.schema.get("anyOf", ())]})


def _with_tools(vocabulary: Vocabulary, own: tuple[str, ...], target: tuple[int, ...]) -> Vocabulary:
    added = {tool: Word(tool, "A tool of your own, from the settings.") for tool in own}
    present = {tool: word for tool, word in vocabulary.tools.items() if _is_there(word.facts, target)}
    return replace(vocabulary, tools=present | added)


def _is_there(facts: Mapping[str, Any], target: tuple[int, ...]) -> bool:
    return not target or "since" not in facts or version(facts["since"]) <= target
