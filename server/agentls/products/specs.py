"""What a schema says in its smallest parts: effects, documented words, fields, the tools of a product."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from agentls.findings import Finding, Severity
from agentls.products.server_tools import ServerTools

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from agentls.findings import Related
    from agentls.text.source import Span

EXTENSION = "x-agentls"


class Effect(NamedTuple):
    """What a product does about a mistake in a file.

    ``cause`` is the rule, with its case if there are some: ``dead-link.root``.
    ``unless``: fields beside which the product does not mind.
    """

    cause: str
    severity: Severity
    text: str
    unless: tuple[str, ...] = ()

    def finding(  # noqa: PLR0913  what a finding may have
        self,
        span: Span,
        message: str,
        data: tuple[str, ...] = (),
        *,
        is_unnecessary: bool = False,
        is_deprecated: bool = False,
        related: tuple[Related, ...] = (),
        covers: Span | None = None,
    ) -> Finding:
        """The mistake at its place."""
        rule = self.cause.partition(".")[0]
        return Finding(
            rule, self.severity, span, message, data, is_unnecessary, is_deprecated, related, covers
        )


class EffectSpec(NamedTuple):
    """What a schema says that a product does about one kind of mistake.

    ``severity``: how grave that is; None for what is not worth a finding.
    ``until``: the version that no longer does so; empty for what the newest one does.
    ``unless``: fields beside which the product does not mind.
    """

    severity: Severity | None
    text: str
    scopes: tuple[str, ...] = ()
    versions: str = ""
    source: str = ""
    until: str = ""
    unless: tuple[str, ...] = ()

    def effect(self, cause: str) -> Effect | None:
        """None where nothing is found."""
        return None if self.severity is None else Effect(cause, self.severity, self.text, self.unless)


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
    def syntax(self) -> str:
        """How the value lists names: ``words``, ``commas``, ``list``, ``map``; empty for no list of names."""
        return str(self.facts.get("syntax", ""))

    def names_at(self, path: tuple[str, ...]) -> Mapping[str, Any]:
        """What is said of names further inside, empty for none; ``keys`` as the last step are a map's."""
        places = (*self.facts.get("names-in", ()), *self.facts.get("offers", ()))
        return next((place for place in places if _leads(place["at"], path)), {})

    @property
    def is_names(self) -> bool:
        """Whether the value is a list of names in the product's own syntax."""
        return bool(self.syntax)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The documented values, in the order of the schema."""
        return tuple(words_of(self.schema))

    def invalid(self, scope: str) -> EffectSpec:
        facts = self.facts.get("invalid", {})
        return effect_of(facts | facts.get("scopes", {}).get(scope, {}) if facts else {"severity": "warning"})


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

    def spelt(self, name: str) -> str:
        """The name as the product documents it, where letter case makes no difference to the product."""
        return self._in_any_case.get(name.lower(), name)

    @cached_property
    def _in_any_case(self) -> Mapping[str, str]:
        names = () if self.facts.get("case-sensitive", True) else (*self.tools, *self.aliases, *self.removed)
        return {name.lower(): name for name in reversed(names)}

    def knows(self, name: str) -> bool:
        """Whether a name is, or was, that of a tool of the product or of an MCP server."""
        spelt = self.spelt(name)
        return any(spelt in names for names in (self.tools, self.aliases, self.removed)) or self.is_of_server(
            name
        )

    def is_of_server(self, name: str) -> bool:
        """Whether a name is that of an MCP server's tool, or of all its tools, and no tool of the product."""
        if not self.servers.are(name):
            return False
        known = self.spelt(name)
        own = (self.tools, self.aliases, self.removed, self.silent, self.facts.get("wildcards", ()))
        return not any(known in words for words in own)

    def server_of(self, name: str) -> str | None:
        """The MCP server that a tool's name tells by its look; None where that tells nothing."""
        return self.servers.guess(name) if self.is_of_server(name) else None

    @cached_property
    def servers(self) -> ServerTools:
        """How its names of tools tell the MCP server."""
        return ServerTools(self.facts.get("servers", {}))

    @cached_property
    def suggestions(self) -> Mapping[str, str]:
        """What other products and habit call a tool, in lower case, to its name here."""
        return {name.lower(): tool for name, tool in self.facts.get("suggest", {}).items()}


def _leads(steps: list[Any], path: tuple[str, ...]) -> bool:
    """Whether a path goes these steps, each a key or several of which one is enough."""
    if len(steps) != len(path):
        return False
    wanted = ([step] if isinstance(step, str) else step for step in steps)
    return all(own in any_of for own, any_of in zip(path, wanted, strict=True))


def version(text: str) -> tuple[int, ...]:
    """A version such as ``2.1.200`` in a form that compares; empty for the newest."""
    return tuple(map(int, text.split("."))) if text else ()


def words_of(schema: Mapping[str, Any]) -> Iterator[Word]:
    for branch in (schema, *schema.get("anyOf", ())):
        if isinstance(branch.get("const"), str | bool):
            name = branch["const"]
            text = name if isinstance(name, str) else str(name).lower()
            yield Word(text, branch.get("description", ""), branch.get(EXTENSION, {}))
        elif branch.get("type") == "boolean":
            yield from (Word("true", ""), Word("false", ""))


def effect_of(facts: Mapping[str, Any]) -> EffectSpec:
    severity = facts["severity"]
    return EffectSpec(
        None if severity == "none" else Severity[severity.upper()],
        facts.get("effect", ""),
        tuple(facts.get("scopes", ())) if isinstance(facts.get("scopes"), list) else (),
        facts.get("versions", ""),
        facts.get("source", ""),
        facts.get("until", ""),
        tuple(facts.get("unless", ())),
    )
