"""The rule about skills that no file names, which has to be turned on."""

from __future__ import annotations

import pytest

import made
from agentls.linter import engine
from agentls.settings.layers import Layer, parse

SKILL = "---\ndescription: Deploys to production\n---\n"
LEAD = "---\nname: lead\ndescription: Leads\n---\n"


def found(selector: str = "unused-skill", **others: str) -> list[str]:
    settings, complaints = parse([Layer({"rules": {selector: "on"}})])
    assert complaints + engine.unknown_selectors(settings) == []
    files = {".claude/skills/deploy/SKILL.md": SKILL}
    files |= {f".claude/agents/{name}.md": text for name, text in others.items()}
    (findings,) = [
        findings
        for path, findings in made.make(files, settings).findings.items()
        if path.endswith("SKILL.md")
    ]
    return [finding.message.partition(".")[0] for finding in findings]


@pytest.mark.parametrize("selector", ["opt-in", "opinion"])
def test_its_group_turns_it_on_by_its_old_name_too(selector: str):
    names = [message for message in found(selector) if message.startswith("No other file")]
    assert names == ["No other file references the skill `deploy`"]


def test_a_skill_that_no_file_names():
    assert found() == ["No other file references the skill `deploy`"]
    assert found(lead=LEAD + "Then deploy, /deploy/x, and/deploy or /deploy.md.\n") == [
        "No other file references the skill `deploy`"
    ]


@pytest.mark.parametrize(
    "body", ["Run `deploy`.", "Run /deploy: now.", "Run `/deploy`.", "Read [it](../skills/deploy/SKILL.md)."]
)
def test_prose_and_links_are_uses(body: str):
    assert found(lead=LEAD + body) == []


def test_a_list_of_skills_is_a_use():
    assert found(lead=LEAD.replace("name: lead", "name: lead\nskills: deploy")) == []


def test_a_skill_for_people_needs_no_file():
    files = {
        ".claude/skills/deploy/SKILL.md": SKILL.replace("---\nd", "---\ndisable-model-invocation: true\nd")
    }
    settings, _ = parse([Layer({"rules": {"unused-skill": "on"}})])
    (findings,) = made.make(files, settings).findings.values()
    assert findings == []
