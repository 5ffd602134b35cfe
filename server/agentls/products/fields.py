"""What a schema says of one field, or of a key further inside one."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from agentls.products.effects import invalid_effect
from agentls.products.records import EXTENSION, NOTHING, Record, record
from agentls.products.words import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from agentls.products.effects import EffectSpec
    from agentls.products.words import Word


class NestedNames(Record):
    """Names further inside a field: the steps to them, what they name, what is written behind a new one.

    A step is a key, several of which one is enough, ``*`` for every entry, or ``keys`` for those of a map.
    """

    at: tuple[str | tuple[str, ...], ...]
    holds: str
    entry: str = ""


class Resources(Record):
    """Files that a field names: the steps to them, what their addresses start with.

    ``also`` are the steps to more of them. ``base`` is where they are seen from: ``file``, or the ``root`` of
    the project. ``missing`` is what the product does where there is no such file, if that is known.
    """

    at: tuple[str, ...]
    base: str
    also: tuple[str, ...] = ()
    signs: tuple[str, ...] = ("",)
    missing: Mapping[str, Any] = NOTHING


class EntryForms(Record):
    """How the entries of a list of tools are understood, where that differs from one field to another.

    ``specifier`` is what becomes of an entry with parentheses: ``whole`` where they are not read, ``unknown``
    where such an entry is no tool; empty where they count. With the tools in ``counting`` they do always.
    ``servers`` is a pattern of the names that mean tools of MCP servers; None for all that look so.
    ``everything``: a wildcard means every tool. ``doc`` says in a sentence which patterns count.
    """

    specifier: str = ""
    counting: frozenset[str] = frozenset()
    servers: str | None = None
    everything: bool = True
    doc: str = ""


class HookEvent(Record):
    """An event that starts hooks. ``matches`` is what its matcher is compared with: the name of a tool, an
    agent or a server, a word; ``none`` where there is no matcher. ``values`` are all that it can be.

    ``guards``: a hook of it that cannot be read takes all with it that it stands in. A matcher of the
    characters ``exact`` is a list of names, any other one a regular expression. ``elsewhere`` are names that
    other products have for it.
    """

    matches: str
    values: tuple[str, ...] = ()
    guards: bool = False
    exact: str = "[A-Za-z0-9_|, -]+"
    elsewhere: tuple[str, ...] = ()


class FieldSpec(Record):
    """What a product accepts in one field; ``doc`` is Markdown, ``expects`` ends "`name` expects ...".

    ``holds`` is the kind of names that the value holds (tool, skill, agent, ...), ``syntax`` how it lists
    them (``words``, ``commas``, ``list``, ``map``); both are empty for none.
    ``denies``: what it names is taken away. ``requires`` are other fields, each with the value without which
    this one does nothing, ``requires_tool`` is a tool of which the same holds where tools are listed.
    ``most``: how many of the names that it lists count.
    """

    name: str
    doc: str = ""
    schema: Mapping[str, Any] = NOTHING
    required: bool = False

    expects: str = ""
    holds: str = ""
    syntax: str = ""
    entries: EntryForms = EntryForms()
    denies: bool = False
    entry: str = ""
    snippet: str = ""
    types: tuple[str, ...] = ()
    names_in: tuple[NestedNames, ...] = ()
    offers: tuple[NestedNames, ...] = ()
    brings_servers: tuple[str, ...] = ()
    resources: Resources | None = None
    event: HookEvent | None = None
    invalid: Mapping[str, Any] = NOTHING
    misread: Mapping[str, str] = NOTHING
    alias_of: str = ""
    deprecated: str = ""
    ignored_in: tuple[str, ...] = ()
    only_for: Mapping[str, str] = NOTHING
    requires: Mapping[str, str] = NOTHING
    requires_tool: str = ""
    most: int | None = None
    otherwise: str = ""
    needs: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    since: str = ""
    status: str = ""
    source: str = ""

    def names_at(self, path: tuple[str, ...]) -> NestedNames | None:
        """What is said of names further inside; ``keys`` as the last step are a map's."""
        return next((place for place in (*self.names_in, *self.offers) if _leads(place.at, path)), None)

    @property
    def is_names(self) -> bool:
        """Whether the value is a list of names in the product's own syntax."""
        return bool(self.syntax)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The documented values, in the order of the schema."""
        return tuple(words_of(self.schema))

    def invalid_effect(self, scope: str) -> EffectSpec:
        """What becomes of a value of another shape in a file of that scope."""
        return invalid_effect(self.invalid, scope)


def field_specs(schema: Mapping[str, Any]) -> dict[str, FieldSpec]:
    """What a schema says of the fields of a document, in its order."""
    required = schema.get("required", ())
    return {
        name: field_spec(name, inner, required=name in required)
        for name, inner in schema["properties"].items()
    }


def field_spec(name: str, schema: Mapping[str, Any], *, required: bool = False) -> FieldSpec:
    """What the schema of a value says of the field, or the key, that holds it."""
    make = partial(FieldSpec, name=name, doc=schema.get("description", ""), schema=schema, required=required)
    return record(
        make,
        schema.get(EXTENSION, {}),
        entries=partial(record, EntryForms, counting=frozenset),
        names_in=_nested,
        offers=_nested,
        resources=_resources,
        event=partial(record, HookEvent),
    )


def _nested(raw: list[Mapping[str, Any]]) -> tuple[NestedNames, ...]:
    return tuple(record(NestedNames, place, at=_steps) for place in raw)


def _steps(raw: list[Any]) -> tuple[str | tuple[str, ...], ...]:
    return tuple(step if isinstance(step, str) else tuple(step) for step in raw)


def _resources(raw: Mapping[str, Any]) -> Resources:
    return record(Resources, raw)


def _leads(steps: tuple[str | tuple[str, ...], ...], path: tuple[str, ...]) -> bool:
    """Whether a path goes these steps, each a key or several of which one is enough."""
    if len(steps) != len(path):
        return False
    wanted = ((step,) if isinstance(step, str) else step for step in steps)
    return all(own in any_of for own, any_of in zip(path, wanted, strict=True))
