"""One kind of file of one product: its fields, and what the product does about each mistake."""

from __future__ import annotations

from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any

from agentls.products import validation
from agentls.products.effects import version
from agentls.products.facts import BodyLimits, Bundled, Powers, ReachRules, TextRules
from agentls.products.quick_validation import fits
from agentls.products.records import NOTHING, Record
from agentls.products.sources import each_source, sources_in
from agentls.products.vocabulary import Vocabulary
from agentls.syntax.formats import FORMATS
from agentls.syntax.nodes import Opaque

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from agentls.products.effects import Effect, EffectSpec
    from agentls.products.facts import Checked, Configuration, FileGlob, ServerFileGlob, ServerTable
    from agentls.products.fields import FieldSpec
    from agentls.products.shape_recognition import RecognitionRule
    from agentls.products.validation import SchemaError
    from agentls.syntax.formats import Format


class Dialect(Record):
    """One kind of file of one product, as of the version ``target`` (empty: the newest).

    ``kind`` is what such a file defines (agent, skill, command) or is (hooks, settings, servers), ``reader``
    which reader understands it as the product does, ``identity`` what names it (name, stem, folder, path,
    none),
    ``prompt`` the field that holds what is the body elsewhere, and ``sees`` the products whose agents and
    skills it reads, itself included.
    Of twenty dialects most are not needed, so that fields and effects are made when they are first read.
    The other attributes are keys of the schema, which ``x-agentls.schema.json`` describes.
    """

    name: str
    title: str
    schema: Mapping[str, Any]
    make_fields: Callable[[], Mapping[str, FieldSpec]]
    make_effects: Callable[[], Mapping[str, tuple[EffectSpec, ...]]]
    effect_names: frozenset[str]
    target: tuple[int, ...] = ()

    product: str
    kind: str
    reader: str
    identity: str
    checked: Checked
    source: str = ""
    tools: Vocabulary = Vocabulary()
    files: tuple[FileGlob, ...] = ()
    also_reads: tuple[FileGlob, ...] = ()
    unread: tuple[FileGlob, ...] = ()
    configuration: Configuration | None = None
    server_files: tuple[ServerFileGlob, ...] = ()
    server_scopes: tuple[str, ...] = ()
    servers: ServerTable | None = None
    shape: RecognitionRule | None = None
    precedence: str = ""
    sees: frozenset[str] = frozenset()
    bundled: Bundled = Bundled()
    agent_argument: str = ""
    callers: Mapping[str, bool] = NOTHING
    answers_to: str = ""
    bundled_folders: tuple[str, ...] = ()
    prompt: str = ""
    body: BodyLimits = BodyLimits()
    text: TextRules = TextRules()
    reach: ReachRules = ReachRules()
    imports: str = ""
    description_limit: int | None = None
    descriptions_limit: int | None = None
    powers: Powers = Powers()
    allowed_unknown: frozenset[str] = frozenset()
    misspelled: Mapping[str, str] = NOTHING
    misplaced: Mapping[str, str] = NOTHING
    ignored: Mapping[str, str] = NOTHING
    accepted: Mapping[str, Mapping[str, str]] = NOTHING
    example_labels: frozenset[str] = frozenset()
    recovers_from: frozenset[str] | None = None
    front_matter_may_be_list: bool = False
    scalars: str = ""

    @cached_property
    def format(self) -> Format:
        """How such a file is written, and read by its product."""
        return FORMATS[self.reader]

    @property
    def defines(self) -> bool:
        """Whether such a file defines a name."""
        return self.identity != "none"

    @cached_property
    def fields(self) -> Mapping[str, FieldSpec]:
        """By their names, in the order of the schema."""
        return self.make_fields()

    @cached_property
    def effects(self) -> Mapping[str, tuple[EffectSpec, ...]]:
        """What the product does about each mistake, by rules and their variants; the first to fit counts."""
        return self.make_effects()

    @cached_property
    def rules(self) -> frozenset[str]:
        """The rules that say something in this dialect."""
        return frozenset(name.partition(".")[0] for name in self.effect_names)

    @cached_property
    def required(self) -> frozenset[str]:
        return frozenset(name for name, spec in self.fields.items() if spec.required)

    @cached_property
    def known(self) -> frozenset[str]:
        """Field names that certainly start an entry of front matter."""
        return frozenset(self.fields) | frozenset(self.misspelled) | frozenset(self.ignored)

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
            for cause, alternatives in self.effects.items():
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
    def sources(self) -> tuple[str, ...]:
        """Where it is written what is said here; a page counts once, whatever its section."""
        said = sources_in([self.schema, self.tools.schema])
        found = {*said, *(source for e in chain(*self.effects.values()) for source in each_source(e.source))}
        return tuple(sorted({source.partition("#")[0] for source in found}))

    def errors(self, values: Mapping[str, object]) -> tuple[SchemaError, ...]:
        """Every value that does not fit its field, in the order of ``values``."""
        fields = self.schema["properties"]
        misfits = {
            name: value
            for name, value in values.items()
            if name in fields
            and name in self.fields
            and not fits(value, fields[name], self.schema)
            and not _is_opaque(value)
        }
        return validation.errors(self.schema, misfits) if misfits else ()


def _is_opaque(value: object) -> bool:
    if isinstance(value, dict):
        return any(_is_opaque(item) for item in value.values())
    if isinstance(value, list):
        return any(_is_opaque(item) for item in value)
    return isinstance(value, Opaque)
