"""A dialect with a user's own words in it, as of a version of the product."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from agentls.products.catalogue import load
from agentls.products.effects import version
from agentls.products.fields import FieldSpec
from agentls.products.words import Word

if TYPE_CHECKING:
    from agentls.products.dialect import Dialect
    from agentls.products.vocabulary import Vocabulary


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
        field: FieldSpec(name=field, doc="A field of your own, from the settings.", expects="another value")
        for field in fields
        if field not in dialect.fields
    }
    specs = {
        name: _with_models(spec, models)
        for name, spec in dialect.fields.items()
        if _is_there(spec.since, target)
    }
    return dialect.replaced(
        make_fields=lambda: specs | own,
        tools=_with_tools(dialect.tools, tools, target),
        target=target,
    )


def _with_models(spec: FieldSpec, models: tuple[str, ...]) -> FieldSpec:
    if spec.holds != "model":
        return spec
    own = [{"const": model, "description": "A model of your own, from the settings."} for model in models]
    return spec.replaced(schema={**spec.schema, "anyOf": [*own, *spec.schema.get("anyOf", ())]})


def _with_tools(vocabulary: Vocabulary, own: tuple[str, ...], target: tuple[int, ...]) -> Vocabulary:
    added = {tool: Word(name=tool, doc="A tool of your own, from the settings.") for tool in own}
    present = {tool: word for tool, word in vocabulary.tools.items() if _is_there(word.since, target)}
    return vocabulary.replaced(make_tools=lambda: present | added)


def _is_there(since: str, target: tuple[int, ...]) -> bool:
    return not target or version(since) <= target
