"""The engine: which findings are echoes of others, and what is said for another product."""

from __future__ import annotations

from typing import TYPE_CHECKING

import made
from agentls.findings import Severity
from agentls.settings.layers import Layer, parse

if TYPE_CHECKING:
    from agentls.settings.layers import Settings

_PATH = ".claude/agents/reviewer.md"


def _found(source: str, settings: Settings | None = None):
    return made.make({_PATH: source}, settings).findings[made.locate(_PATH)]


def _settings(raw: dict[str, object]) -> Settings:
    settings, complaints = parse([Layer(raw)])
    assert complaints == []
    return settings


def test_a_rule_that_is_off_still_explains_its_echoes():
    source = "---\nname: reviewer\ndescription: Reviews code\ntools: Read, Gerp: x\n---\n"
    assert [finding.rule for finding in _found(source)] == ["invalid-yaml"]
    assert _found(source, _settings({"rules": {"invalid-yaml": "off"}})) == []


def test_for_another_product_nothing_is_more_than_information_and_nothing_is_said_twice():
    source = "---\nname: reviewer\ndescription: Reviews code\ntools: Read, Gerp\ncolor: Red\n---\n"
    own = _found(source)
    both = _found(source, _settings({"alsoCheck": ["Claude Code", "Cursor", "GitHub Copilot"]}))
    assert [f for f in both if not f.product] == own
    others = [f for f in both if f.product]
    assert others
    assert {f.severity for f in others} <= {Severity.INFORMATION, Severity.HINT}
    assert not {(f.rule, f.span) for f in others} & {(f.rule, f.span) for f in own}
