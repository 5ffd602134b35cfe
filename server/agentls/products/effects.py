"""What a product does about a mistake, in one version or another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from agentls.findings import Ends, Finding, Severity
from agentls.products.records import record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from agentls.findings import Related
    from agentls.text.source import Span

# Where nothing is said of it, a wrong value is dropped, as it mostly is.
_DROPPED = "warning"


class Effect(NamedTuple):
    """What a product does about a mistake in a file.

    ``cause`` is the rule, with its case if there are some: ``dead-link.root``.
    ``unless``: fields beside which the product does not mind.
    """

    cause: str
    severity: Severity
    text: str
    unless: tuple[str, ...] = ()
    ends: Ends = Ends.NOTHING

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
            rule=rule,
            severity=self.severity,
            span=span,
            message=message,
            data=data,
            is_unnecessary=is_unnecessary,
            is_deprecated=is_deprecated,
            related=related,
            covers=covers,
            ends=self.ends,
        )


class EffectSpec(NamedTuple):
    """What a schema says that a product does about one kind of mistake.

    ``severity``: how grave that is; None for what is not worth a finding.
    ``until``: the version that no longer does so; empty for what the newest one does.
    ``unless``: fields beside which the product does not mind.
    ``ends``: what the product gives up; None where that follows from the severity.
    """

    severity: Severity | None
    text: str = ""
    scopes: tuple[str, ...] = ()
    versions: str = ""
    source: str = ""
    until: str = ""
    unless: tuple[str, ...] = ()
    ends: Ends | None = None

    def effect(self, cause: str) -> Effect | None:
        """None where nothing is found."""
        if self.severity is None:
            return None
        usual = Ends.FILE if self.severity is Severity.ERROR else Ends.NOTHING
        ends = usual if self.ends is None else self.ends
        return Effect(cause, self.severity, self.text, self.unless, ends)


def effect_spec(raw: Mapping[str, Any]) -> EffectSpec:
    return record(EffectSpec, raw, severity=_severity, ends=_ends)


def invalid_effect(raw: Mapping[str, Any], scope: str) -> EffectSpec:
    """What becomes of a value of another shape in a file of that scope, as a schema says it."""
    usual = {"severity": _DROPPED, **raw}
    own = usual.pop("scopes", {}).get(scope, {})
    return effect_spec(usual | own)


def _severity(word: str) -> Severity | None:
    return None if word == "none" else Severity[word.upper()]


def _ends(word: str) -> Ends:
    return Ends[word.upper()]


def version(text: str) -> tuple[int, ...]:
    """A version such as ``2.1.200`` in a form that compares; empty for the newest."""
    return tuple(map(int, text.split("."))) if text else ()
