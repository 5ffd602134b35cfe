"""One kind of file of one product: its fields, and what the product does about each mistake."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from agentls.products import validation
from agentls.products.quick_validation import fits, is_certain
from agentls.products.specs import effect_of, version
from agentls.syntax.document import Opaque

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from agentls.products.specs import Effect, EffectSpec, FieldSpec, Vocabulary


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

    @property
    def reader(self) -> str:
        """Which of the readers understands such a file as the product does."""
        return str(self.facts["reader"])

    @property
    def sign(self) -> str:
        """What stands between a field's name and its value."""
        return "=" if self.reader == "toml" else ":"

    def entry(self, name: str, value: str) -> str:
        """A field as it is written, on one line; the value is a plain text."""
        return f'{name} = "{value}"' if self.reader == "toml" else f"{name}: {value}"

    def bundled(self, kind: str) -> Sequence[str]:
        """The names of the agents or skills that the product brings along; ``kind`` is one of them."""
        names: Sequence[str] = self.facts.get("bundled", {}).get(f"{kind}s", ())
        return names

    @cached_property
    def sees(self) -> frozenset[str]:
        """The products whose agents and skills this one reads, itself among them."""
        return frozenset({self.product, *self.facts.get("sees", ())})

    @cached_property
    def required(self) -> frozenset[str]:
        return frozenset(name for name, spec in self.fields.items() if spec.required)

    @cached_property
    def known(self) -> frozenset[str]:
        """Field names that certainly start an entry of front matter."""
        others = (name for kind in ("misspelled", "ignored") for name in self.facts.get(kind, {}))
        return frozenset(self.fields) | frozenset(others)

    def effect(self, rule: str, scope: str) -> Effect | None:
        """What the mistake means in this dialect; None where that is not worth a finding.

        ``rule`` may have a case: ``dead-link.root``.
        """
        code, _, case = rule.partition(".")
        return self.effects_in(scope).get(code, {}).get(case)

    def effects_in(self, scope: str) -> Mapping[str, Mapping[str, Effect]]:
        """All that it does about mistakes, by rule and case; ``""`` for what is no case."""
        if scope not in self._in_force:
            found: dict[str, dict[str, Effect]] = {}
            for cause, alternatives in self._effects.items():
                if effect := self._first(cause, alternatives, scope):
                    code, _, case = cause.partition(".")
                    found.setdefault(code, {})[case] = effect
            self._in_force[scope] = found
        return self._in_force[scope]

    def _first(self, cause: str, alternatives: Iterable[EffectSpec], scope: str) -> Effect | None:
        for spec in alternatives:
            is_over = spec.until and not (self.target and self.target < version(spec.until))
            if not is_over and (not spec.scopes or scope in spec.scopes):
                return spec.effect(cause)
        return None

    @cached_property
    def _in_force(self) -> dict[str, dict[str, dict[str, Effect]]]:
        """What was asked for already: the same for all files of a scope."""
        return {}

    def applies(self, rule: str) -> bool:
        """Whether the rule, or a variant of it, says anything in this dialect."""
        return rule in self.rules

    @cached_property
    def rules(self) -> frozenset[str]:
        """The rules that say something in this dialect."""
        return frozenset(name.partition(".")[0] for name in self._effects)

    @property
    def effects(self) -> Mapping[str, tuple[EffectSpec, ...]]:
        return MappingProxyType(self._effects)

    @cached_property
    def _effects(self) -> dict[str, tuple[EffectSpec, ...]]:
        return {
            rule: tuple(effect_of(facts) for facts in alternatives)
            for rule, alternatives in self.facts.get("effects", {}).items()
        }

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """Where its facts come from; a page counts once, whatever its section."""
        tools = [self.tools.facts, *(word.facts for word in self.tools.tools.values())]
        found = _sources_in([self.schema, self.facts, *tools])
        return tuple(sorted({source.partition("#")[0] for source in found}))

    def errors(self, values: Mapping[str, object]) -> tuple[tuple[str, tuple[str | int, ...], str], ...]:
        """``(field, path inside it, what is expected there)`` for each field whose value does not fit."""
        known = {name: value for name, value in values.items() if name in self.fields and not _opaque(value)}
        return self._errors_of(json.dumps(known))

    @cached_property
    def _errors_of(self) -> Callable[[str], tuple[tuple[str, tuple[str | int, ...], str], ...]]:
        # While a body is being written, the values are checked anew with every keystroke.
        return lru_cache(maxsize=64)(lambda values: tuple(self._errors(json.loads(values))))

    def _errors(self, values: dict[str, object]) -> Iterator[tuple[str, tuple[str | int, ...], str]]:
        fields = self.schema["properties"]
        misfits = [
            name for name in fields if name in values and not fits(values[name], fields[name], self.schema)
        ]
        if all(is_certain(values[name], fields[name], self.schema) for name in misfits):
            yield from ((name, (), self.fields[name].expects) for name in misfits)
            return
        seen: set[str] = set()
        for error in self._validator.iter_errors(values):
            if not error.absolute_path:
                continue  # a required field that is missing has a rule of its own
            name = str(error.absolute_path[0])
            if name not in seen:
                seen.add(name)
                deepest = validation.deepest(error)
                expects = validation.expects(self.schema, name, deepest) or self.fields[name].expects
                yield name, tuple(deepest.absolute_path)[1:], expects

    @cached_property
    def _validator(self) -> Any:
        return validation.validator(self.schema)


def _sources_in(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _sources_in(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key == "source" and isinstance(item, str):
                # Several stand in one text, apart by semicolons.
                yield from filter(None, (part.strip() for part in item.split(";")))
            else:
                yield from _sources_in(item)


def _opaque(value: object) -> bool:
    if isinstance(value, dict):
        return any(_opaque(item) for item in value.values())
    if isinstance(value, list):
        return any(_opaque(item) for item in value)
    return isinstance(value, Opaque)
