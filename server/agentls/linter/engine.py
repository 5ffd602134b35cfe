"""Runs the rules: each guarded, one finding per cause, in the order of the text.

This module alone knows which rules there are (the modules of ``rules/``) and which finding makes
another one an echo.
"""

from __future__ import annotations

import importlib
import inspect
import logging
import pkgutil
from bisect import bisect_right
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

import agentls.linter.rules
from agentls.findings import Severity
from agentls.linter.suppression import suppressions
from agentls.products import identification, load
from agentls.semantics.file import as_read_by
from agentls.settings.layers import OFF, ON
from agentls.text.similar_words import closest, did_you_mean
from agentls.text.source import Span
from agentls.workspace import Context

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from agentls.findings import Finding, Fix
    from agentls.semantics.file import File
    from agentls.settings.layers import Settings
    from agentls.workspace import ScopedView

_log = logging.getLogger(__name__)

# Rules of taste.
OPINION = "opinion"

_TOOL_RULES = frozenset({"unknown-tool", "removed-tool", "unavailable-tool"})
_VALUE_RULES = frozenset(
    {"invalid-value", "invalid-name", "missing-name", "missing-description", "unknown-color"}
)
_STRUCTURE_RULES = frozenset({"unknown-field", "misspelled-field", "duplicate-field"})
_NAME_RULES = frozenset({"missing-skill", "unknown-agent"})
# About a word as a whole, whose trouble may be a single character in it.
_WORD_RULES = _VALUE_RULES | _STRUCTURE_RULES | _TOOL_RULES | _NAME_RULES

# Within the stretch that a finding of the first rule covers, findings of the others are its echo.
_SUPERSEDES = {
    "invalid-yaml": _VALUE_RULES
    | _STRUCTURE_RULES
    | _TOOL_RULES
    | _NAME_RULES
    | {"no-usable-tool", "duplicate-name"},
    "unclosed-front-matter": _VALUE_RULES - {"invalid-value", "unknown-color"},
    "no-usable-tool": _TOOL_RULES,
    "misspelled-field": frozenset({"unknown-field"}),
    "leaked-example": frozenset({"unknown-field", "misspelled-field", "duplicate-field"}),
    "block-of-names": _TOOL_RULES | _NAME_RULES | {"no-usable-tool", "duplicate-name"},
    "misplaced-front-matter": frozenset({"early-closing-fence"}),
    "invalid-toml": _VALUE_RULES | {"missing-field"},
    "misread-value": _VALUE_RULES | _TOOL_RULES,
    "ignored-field": _VALUE_RULES | _TOOL_RULES | _NAME_RULES,
    "mojibake": frozenset({"control-character", "invisible-character", "odd-space", "replacement-character"}),
    "invisible-character": _WORD_RULES,
    "odd-space": _WORD_RULES,
    "smart-quote": _WORD_RULES,
    "missing-name": frozenset({"invalid-value"}),
    "missing-description": frozenset({"invalid-value"}),
    "invalid-name": frozenset({"invalid-value"}),
    "unknown-color": frozenset({"invalid-value"}),
}


class Rule(NamedTuple):
    """A rule's code is its module's name, its documentation the module's docstring (Markdown).

    ``groups``: what it can be chosen or silenced by besides its name. Of the group ``opinion`` nothing is
    heard before somebody asks for it. ``cases`` says in words which cases the product tells apart.
    """

    code: str
    doc: str
    groups: tuple[str, ...]
    cases: Mapping[str, str]
    check: Callable[[ScopedView, File], Iterable[Finding]]
    fix: Callable[[ScopedView, File, Finding], Iterable[Fix]] | None

    @property
    def title(self) -> str:
        return self.doc.split("\n", 1)[0].rstrip(".").replace("``", "`")

    @property
    def names(self) -> frozenset[str]:
        """Everything that means this rule."""
        return frozenset({self.code, *self.groups})


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its code."""
    found = {}
    for info in pkgutil.iter_modules(agentls.linter.rules.__path__):
        module = importlib.import_module(f"{agentls.linter.rules.__name__}.{info.name}")
        code = info.name.replace("_", "-")
        doc = inspect.cleandoc(module.__doc__ or "")
        cases = getattr(module, "CASES", {})
        found[code] = Rule(code, doc, module.GROUPS, cases, module.check, getattr(module, "fix", None))
    return found


@cache
def groups() -> dict[str, tuple[str, ...]]:
    """The groups of rules, each with the codes of its rules."""
    names = sorted({group for rule in rules().values() for group in rule.groups})
    return {name: tuple(code for code, rule in rules().items() if name in rule.groups) for name in names}


def unknown_selectors(settings: Settings) -> list[str]:
    """A complaint for each rule that the settings name and that does not exist."""
    named = dict.fromkeys(choice.selector for choice in settings.choices)
    return [f"settings: {complaint}" for complaint in map(no_such_rule, named) if complaint]


def no_such_rule(name: str) -> str:
    """A complaint about a name that is neither a rule nor a group; empty for one that is."""
    known = load().selectors
    return "" if name in known else f"there is no rule {name!a}.{did_you_mean(closest(name, sorted(known)))}"


def check(context: Context) -> list[Finding]:
    """All findings of a file, as its settings and its comments want them."""
    own = _check(context)
    products = context.file.settings.also_check
    others = [finding for product in products for finding in _of_other(context, product)]
    if not others:
        return own
    known = {(finding.rule, finding.span) for finding in own}
    return _sorted([*own, *(finding for finding in others if (finding.rule, finding.span) not in known)])


def _of_other(context: Context, product: str) -> Iterator[Finding]:
    """What is wrong with the file for another product, which is never more than information."""
    file = context.file
    identity = identification.as_of(file.identity, product)
    if identity is None or product == file.dialect.product:
        return
    for finding in _check(Context(context.view, as_read_by(file, identity))):
        severity = max(finding.severity, Severity.INFORMATION)
        yield finding._replace(
            severity=severity, message=f"For {product}: {finding.message}", product=product
        )


def _check(context: Context) -> list[Finding]:
    file = context.file
    levels = {code: _level(rule, file) for code, rule in rules().items() if file.dialect.applies(code)}
    found = [
        finding
        for code, level in levels.items()
        # A rule that is off may still make another one's finding an echo.
        if level != OFF or code in _SUPERSEDES
        for finding in _run(rules()[code], context)
    ]
    return _sorted(_unsuppressed(_at_levels(_without_echoes(found), levels), file))


def causes(context: Context) -> list[Finding]:
    """What the product does about the file, whatever its user wants to hear: no opinions, no levels."""
    facts = [r for r in rules().values() if context.file.dialect.applies(r.code) and OPINION not in r.groups]
    return _sorted(_without_echoes([finding for rule in facts for finding in _run(rule, context)]))


def _sorted(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: (finding.span, finding.severity, finding.rule))


def _level(rule: Rule, file: File) -> str:
    """The level that the settings give a rule in this file; ``on`` leaves each finding its own."""
    return file.settings.level(rule.code, rule.groups, file.path) or (OFF if OPINION in rule.groups else ON)


def _at_levels(findings: Iterable[Finding], levels: dict[str, str]) -> Iterator[Finding]:
    for finding in findings:
        level = levels[finding.rule]
        if level == ON:
            yield finding
        elif level != OFF:
            yield finding._replace(severity=Severity[level.upper()])


def _unsuppressed(findings: Iterable[Finding], file: File) -> Iterator[Finding]:
    spans: dict[str, list[tuple[int, int]]] = {}
    for one in suppressions(file.document):
        for name in one.rules:
            spans.setdefault(name, []).append((one.covered.start, one.covered.end))
    if not spans:
        yield from findings
        return
    silenced = {name: _Stretches(sorted(own)) for name, own in spans.items()}
    for finding in findings:
        start = Span(finding.span.start, finding.span.start)
        if not any(silenced[name].holds(start) for name in rules()[finding.rule].names & silenced.keys()):
            yield finding


def _run(rule: Rule, context: Context) -> list[Finding]:
    """A failing rule costs its own findings and nobody else's."""
    try:
        return list(rule.check(context.view, context.file))
    except Exception:  # noqa: BLE001  that is the guard
        _log.exception("rule %s failed", rule.code)
        return []


def _without_echoes(findings: list[Finding]) -> Iterator[Finding]:
    covered = _covered(findings)
    for finding in findings:
        if finding.rule not in covered or not covered[finding.rule].holds(finding.span):
            yield finding


def _covered(findings: list[Finding]) -> dict[str, _Stretches]:
    """For each rule the stretches in which what it says is an echo."""
    present = {finding.rule for finding in findings}
    spans: dict[str, list[tuple[int, int]]] = {}
    for finding in findings:
        if finding.covers is not None:
            for rule in _SUPERSEDES.get(finding.rule, frozenset()) & present:
                spans.setdefault(rule, []).append((finding.covers.start, finding.covers.end))
    return {rule: _Stretches(sorted(stretches)) for rule, stretches in spans.items()}


class _Stretches:
    """Stretches of text, to be asked many times: hundreds of findings may cover something."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self._starts = [start for start, _ in spans]
        # How far the text is covered by what starts up to here.
        self._ends = list(accumulate((end for _, end in spans), max))

    def holds(self, span: Span) -> bool:
        index = bisect_right(self._starts, span.start)
        return index > 0 and span.end <= self._ends[index - 1]


def fixes(context: Context, finding: Finding) -> list[Fix]:
    """The remedies for a finding, built now."""
    rule = rules().get(finding.rule)
    # What mends a file for another product may break it for its own.
    if rule is None or rule.fix is None or finding.product:
        return []
    try:
        return list(rule.fix(context.view, context.file, finding))
    except Exception:  # noqa: BLE001  that is the guard
        _log.exception("fixing %s failed", finding.rule)
        return []
