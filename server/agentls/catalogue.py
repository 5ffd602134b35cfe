"""The facts about the products, loaded from ``schemas/``: fields, values, tools, effects, sources.

The only user of jsonschema, and the only reader of the packaged schemas.
A schema is standard JSON Schema 2020-12; what that cannot say stands under ``x-agentls``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from agentls.document import Opaque
from agentls.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_EXTENSION = "x-agentls"
_PACKAGED = Path(__file__).parent / "schemas"
# In a checkout and an editable install the schemas are where they are edited.
SCHEMAS = _PACKAGED if _PACKAGED.is_dir() else Path(__file__).parents[2] / "schemas"


@dataclass(frozen=True, slots=True)
class Effect:
    """What a product does about one kind of mistake; ``severity`` None means: not worth a finding.

    ``until``: the version that no longer does so; empty for what the newest one does.
    """

    severity: Severity | None
    text: str
    scopes: tuple[str, ...] = ()
    versions: str = ""
    source: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """A value of an enumeration or the name of a tool, with its documentation in Markdown."""

    name: str
    doc: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class FieldSpec:
    """What a product accepts in one field; ``doc`` is Markdown, ``expects`` ends "`name` expects ..."."""

    name: str
    doc: str
    schema: Mapping[str, Any]
    facts: Mapping[str, Any]
    required: bool

    @property
    def expects(self) -> str:
        return str(self.facts.get("expects", "another value"))

    @property
    def holds(self) -> str:
        """The kind of names the value holds: tool, skill, agent, ...; empty for none."""
        return str(self.facts.get("holds", ""))

    @property
    def is_names(self) -> bool:
        """Whether the value is a list of names in the products' own syntax."""
        return self.facts.get("syntax") == "names"

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The documented values, in the order of the schema."""
        return tuple(_words(self.schema))

    def invalid(self, scope: str) -> Effect:
        facts = self.facts.get("invalid", {})
        return _effect(facts | facts.get("scopes", {}).get(scope, {}) if facts else {"severity": "warning"})


@dataclass(frozen=True)
class Vocabulary:
    """The tools of a product."""

    tools: Mapping[str, Word]
    facts: Mapping[str, Any]

    @property
    def aliases(self) -> Mapping[str, Mapping[str, str]]:
        return dict(self.facts.get("aliases", {}))

    @property
    def removed(self) -> Mapping[str, Mapping[str, Any]]:
        return dict(self.facts.get("removed", {}))

    @cached_property
    def silent(self) -> frozenset[str]:
        """Names that exist for some accounts or versions only; nothing is said about them."""
        return frozenset(self.facts.get("conditional", ()))

    @property
    def foreign(self) -> Mapping[str, list[str]]:
        """Names of other products' tools, with those products."""
        return dict(self.facts.get("foreign", {}))

    @cached_property
    def suggestions(self) -> Mapping[str, str]:
        """What other products and habit call a tool, in lower case, to its name here."""
        return {name.lower(): tool for name, tool in self.facts.get("suggest", {}).items()}


@dataclass(frozen=True)
class Dialect:
    """One kind of file of one product, as of the version ``target`` (empty: the newest)."""

    name: str
    title: str
    schema: Mapping[str, Any]
    facts: Mapping[str, Any]
    fields: Mapping[str, FieldSpec]
    tools: Vocabulary
    target: tuple[int, ...] = ()

    @property
    def product(self) -> str:
        return str(self.facts["product"])

    @property
    def kind(self) -> str:
        """What such a file defines: agent, skill or command."""
        return str(self.facts["kind"])

    @cached_property
    def known(self) -> frozenset[str]:
        """Field names that certainly start an entry of front matter."""
        others = (name for kind in ("misspelled", "ignored") for name in self.facts.get(kind, {}))
        return frozenset(self.fields) | frozenset(others)

    def effect(self, rule: str, scope: str) -> Effect | None:
        """What the mistake means in this dialect; None where the rule does not apply."""
        for effect in self._effects.get(rule, ()):
            is_over = effect.until and not (self.target and self.target < version(effect.until))
            if not is_over and (not effect.scopes or scope in effect.scopes):
                return effect if effect.severity else None
        return None

    def applies(self, rule: str) -> bool:
        """Whether the rule, or a variant of it, says anything in this dialect."""
        return rule in self._rules

    @cached_property
    def _rules(self) -> frozenset[str]:
        return frozenset(name.partition(".")[0] for name in self._effects)

    @property
    def effects(self) -> Mapping[str, tuple[Effect, ...]]:
        return MappingProxyType(self._effects)

    @cached_property
    def _effects(self) -> dict[str, tuple[Effect, ...]]:
        return {
            rule: tuple(_effect(facts) for facts in alternatives)
            for rule, alternatives in self.facts.get("effects", {}).items()
        }

    def errors(self, values: Mapping[str, object]) -> tuple[tuple[str, tuple[str | int, ...], str], ...]:
        """``(field, path inside it, what is expected there)`` for each field whose value does not fit."""
        known = {name: value for name, value in values.items() if name in self.fields and not _opaque(value)}
        return self._errors_of(json.dumps(known))

    @cached_property
    def _errors_of(self) -> Callable[[str], tuple[tuple[str, tuple[str | int, ...], str], ...]]:
        # While a body is being written, the values are checked anew with every keystroke.
        return lru_cache(maxsize=64)(lambda values: tuple(self._errors(json.loads(values))))

    def _errors(self, values: dict[str, object]) -> Iterator[tuple[str, tuple[str | int, ...], str]]:
        seen: set[str] = set()
        for error in self._validator.iter_errors(values):
            if not error.absolute_path:
                continue  # a required field that is missing has a rule of its own
            name = str(error.absolute_path[0])
            if name not in seen:
                seen.add(name)
                deepest = _deepest(error)
                expects = _expects(self.schema, name, deepest) or self.fields[name].expects
                yield name, tuple(deepest.absolute_path)[1:], expects

    @cached_property
    def _validator(self) -> Any:
        return _validator_of(self.schema)


@dataclass(frozen=True)
class Catalogue:
    dialects: Mapping[str, Dialect]


@cache
def load() -> Catalogue:
    """The packaged catalogue; read once, never changed."""
    schemas = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(SCHEMAS.glob("*.json"))}
    vocabularies = {
        name: Vocabulary({word.name: word for word in _words(schema)}, schema[_EXTENSION])
        for name, schema in schemas.items()
        if "vocabulary" in schema.get(_EXTENSION, {})
    }
    return Catalogue(
        {
            name: _dialect(schema, vocabularies)
            for name, schema in schemas.items()
            if "dialect" in schema.get(_EXTENSION, {})
        }
    )


def setting_errors(raw: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...], str | None]]:
    """``(setting, path inside it, what is expected)`` for each setting that cannot be used.

    What is expected is None for a setting that does not exist.
    """
    schema = _settings_schema()
    for name in raw:
        if name not in schema["properties"]:
            yield name, (), None
    known = {name: value for name, value in raw.items() if name in schema["properties"]}
    for error in _settings_validator().iter_errors(known) if known else ():
        name, *place = map(str, error.absolute_path)
        levels = " or ".join(f'"{level}"' for level in schema["$defs"]["level"]["enum"])
        is_level = error.validator == "enum"
        yield name, tuple(place), levels if is_level else schema["properties"][name][_EXTENSION]["expects"]


@cache
def _settings_schema() -> Any:
    return json.loads((SCHEMAS / "settings.json").read_text("utf-8"))


@cache
def _settings_validator() -> Any:
    return _validator_of(_settings_schema())


def _validator_of(schema: Mapping[str, Any]) -> Any:
    from jsonschema import Draft202012Validator  # noqa: PLC0415  90 ms that a start should not pay

    # Its name is of no use here, since it refers to itself only, and one that starts with `urn:` makes
    # jsonschema 4.17 look for a reference inside of another one on the network.
    return Draft202012Validator({key: value for key, value in schema.items() if key != "$id"})


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


def version(text: str) -> tuple[int, ...]:
    """A version such as ``2.1.200`` in a form that compares; empty for the newest."""
    return tuple(map(int, text.split("."))) if text else ()


def _is_there(facts: Mapping[str, Any], target: tuple[int, ...]) -> bool:
    return not target or "since" not in facts or version(facts["since"]) <= target


def _dialect(schema: dict[str, Any], vocabularies: Mapping[str, Vocabulary]) -> Dialect:
    facts = schema[_EXTENSION]
    required = schema.get("required", [])
    fields = {
        name: FieldSpec(name, spec.get("description", ""), spec, spec.get(_EXTENSION, {}), name in required)
        for name, spec in schema["properties"].items()
    }
    return Dialect(facts["dialect"], schema["title"], schema, facts, fields, vocabularies[facts["tools"]])


def _words(schema: Mapping[str, Any]) -> Iterator[Word]:
    for branch in (schema, *schema.get("anyOf", ())):
        if isinstance(branch.get("const"), str | bool):
            name = branch["const"]
            text = name if isinstance(name, str) else str(name).lower()
            yield Word(text, branch.get("description", ""), branch.get(_EXTENSION, {}))


def _effect(facts: Mapping[str, Any]) -> Effect:
    severity = facts["severity"]
    return Effect(
        None if severity == "none" else Severity[severity.upper()],
        facts.get("effect", ""),
        tuple(facts.get("scopes", ())) if isinstance(facts.get("scopes"), list) else (),
        facts.get("versions", ""),
        facts.get("source", ""),
        facts.get("until", ""),
    )


def _opaque(value: object) -> bool:
    if isinstance(value, dict):
        return any(_opaque(item) for item in value.values())
    if isinstance(value, list):
        return any(_opaque(item) for item in value)
    return isinstance(value, Opaque)


def _deepest(error: Any) -> Any:
    """The error that went furthest into the value: of several branches the one that was meant."""
    while error.context:
        error = max(error.context, key=lambda inner: len(inner.absolute_path))
    return error


def _expects(schema: Any, field: str, error: Any) -> str | None:
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
        if isinstance(node, dict) and _EXTENSION in node:
            found = node[_EXTENSION].get("expects", found)
    return found
