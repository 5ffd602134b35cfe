"""Runs the rules: each guarded, one finding per cause, in the order of the text.

This module alone knows which rules there are: the modules of ``rules/``.
"""

from __future__ import annotations

import importlib
import inspect
import logging
import pkgutil
from bisect import bisect_right
from functools import cache, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

import agentls.linter.rules
from agentls.findings import Ends, Severity
from agentls.linter.needs import CodesByNeed, Need, need_of
from agentls.linter.suppression import suppressions
from agentls.products import identification, load
from agentls.semantics.file import reread_as
from agentls.settings.layers import OFF, ON
from agentls.text.similar_words import closest, did_you_mean
from agentls.text.source import Span
from agentls.workspace import Context

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from types import ModuleType

    from agentls.findings import Finding, Fix
    from agentls.products import Dialect, Effect
    from agentls.semantics.file import File
    from agentls.settings.layers import Settings

_log = logging.getLogger(__name__)

# Rules that are off until somebody turns them on.
OPT_IN = "opt-in"


class Rule(NamedTuple):
    """A rule's code is its module's name, its documentation the module's docstring (Markdown).

    ``groups``: what it can be chosen or silenced by besides its name; ``names``: all that means this rule,
    old names of its groups included. Those of the group ``opt-in`` are off until somebody turns them on.
    ``cases`` says in words which cases the product tells apart; then ``check`` takes what it does in each,
    else what it does. ``need``: without that it has nothing to say.
    ``supersedes``: the rules whose findings, within the stretch that one of this rule covers, are its echo.
    """

    code: str
    doc: str
    groups: tuple[str, ...]
    names: frozenset[str]
    cases: Mapping[str, str]
    need: Need | None
    supersedes: frozenset[str]
    check: Callable[[Context, Any], Iterable[Finding]]
    fix: Callable[[Context, Finding], Iterable[Fix]] | None

    @property
    def title(self) -> str:
        return self.doc.split("\n", 1)[0].rstrip(".").replace("``", "`")


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its code."""
    return {code: _rule(code, module) for code, module in modules().items()}


@cache
def modules() -> dict[str, ModuleType]:
    """The rules' modules by the codes of the rules."""
    names = [info.name for info in pkgutil.iter_modules(agentls.linter.rules.__path__)]
    package = agentls.linter.rules.__name__
    return {name.replace("_", "-"): importlib.import_module(f"{package}.{name}") for name in names}


def _rule(code: str, module: ModuleType) -> Rule:
    return Rule(
        code,
        doc=inspect.cleandoc(module.__doc__ or ""),
        groups=module.GROUPS,
        names=frozenset(
            {code, *module.GROUPS, *(old for old, new in load().old_groups.items() if new in module.GROUPS)}
        ),
        cases=getattr(module, "CASES", {}),
        need=need_of(module),
        supersedes=frozenset(_superseded(getattr(module, "SUPERSEDES", ()))),
        check=module.check,
        fix=getattr(module, "fix", None),
    )


def _superseded(names: Iterable[str]) -> Iterator[str]:
    """Rules by their codes, or by what they are ``ABOUT``."""
    for code, module in modules().items():
        if not {code, getattr(module, "ABOUT", code)}.isdisjoint(names):
            yield code


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
    return "" if name in known else f"unknown rule {name!a}.{did_you_mean(closest(name, sorted(known)))}"


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
    identity = identification.identity_for(file.identity, product)
    if identity is None or product == file.dialect.product:
        return
    for finding in _check(Context(context.view, reread_as(file, identity))):
        severity = max(finding.severity, Severity.INFORMATION)
        message = f"For {product}: {finding.message}"
        # What ends there ends nothing here.
        yield finding._replace(severity=severity, message=message, product=product, ends=Ends.NOTHING)


def _check(context: Context) -> list[Finding]:
    file = context.file
    called = _called(file)
    levels = {rule.code: _level(rule, file) for rule in called}
    # A rule that is off may still make another one's finding an echo.
    found = _found(context, (rule for rule in called if levels[rule.code] != OFF or rule.supersedes))
    return _sorted(_unsuppressed(_at_levels(_without_echoes(found), levels), file))


def _called(file: File) -> list[Rule]:
    """The rules that may find something in a file."""
    return [rules()[code] for code in _codes(file.dialect, file.scope).met_by(file)]


# Half of the time of a large check went into calls that found nothing to look at.
@lru_cache(maxsize=256)
def _codes(dialect: Dialect, scope: str) -> CodesByNeed:
    """The rules that find something in such files."""
    found = dialect.effects_in(scope)
    return CodesByNeed({code: rule.need for code, rule in rules().items() if code in found})


def _found(context: Context, called: Iterable[Rule]) -> list[Finding]:
    file = context.file
    return [f for rule in called for f in _run(rule, context, file.effects(rule.code))]


def causes(context: Context) -> list[Finding]:
    """What the product does about the file, whatever its user wants: no rules to opt in to, no levels."""
    facts = (rule for rule in _called(context.file) if OPT_IN not in rule.groups)
    return _sorted(_without_echoes(_found(context, facts)))


def _sorted(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: (finding.span, finding.severity, finding.rule))


def _level(rule: Rule, file: File) -> str:
    """The level that the settings give a rule in this file; ``on`` leaves each finding its own."""
    return file.settings.level(rule.code, rule.names, file.path) or (OFF if OPT_IN in rule.groups else ON)


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


def _run(rule: Rule, context: Context, effects: Mapping[str, Effect]) -> list[Finding]:
    """A failing rule costs its own findings and nobody else's."""
    if not effects:
        return []
    try:
        return list(rule.check(context, effects if rule.cases else effects[""]))
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
            for rule in rules()[finding.rule].supersedes & present:
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
        return list(rule.fix(context, finding))
    except Exception:  # noqa: BLE001  that is the guard
        _log.exception("fixing %s failed", finding.rule)
        return []
