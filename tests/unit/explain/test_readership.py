"""One file, several readers: who reads it, and findings for products that are asked for."""

from __future__ import annotations

import made
from agentls import products
from agentls.explain import readers
from agentls.explain.loading import LoadState
from agentls.findings import Severity
from agentls.linter import engine
from agentls.products import catalogue
from agentls.settings.layers import Settings

_AGENT = ".claude/agents/reviewer.md"
_TEXT = """\
---
name: reviewer
description: Reviews code
tools: Read, Gerp
color: red
---

Look at every line.
"""


def _findings(*products: str, text: str = _TEXT, path: str = _AGENT):
    workspace = made.make({path: text}, Settings(also_check=products))
    return workspace, workspace.findings[made.locate(path)]


def test_only_the_files_own_product_is_heard_by_default():
    _, findings = _findings()
    assert [(finding.rule, finding.product) for finding in findings] == [("unknown-tool", "")]


def test_findings_of_others_are_information_with_their_name():
    _, findings = _findings("opencode", "Gemini CLI")
    others = [finding for finding in findings if finding.product]
    assert {finding.product for finding in others} == {"opencode", "Gemini CLI"}
    assert all(finding.message.startswith(f"For {finding.product}: ") for finding in others)
    assert all(finding.severity >= Severity.INFORMATION for finding in others)
    assert ("invalid-value", "opencode") in {(f.rule, f.product) for f in others}, "a map is wanted there"


def test_what_is_wrong_for_another_product_is_not_mended_here():
    workspace, findings = _findings("Gemini CLI")
    file = workspace.files[made.locate(_AGENT)]
    for finding in findings:
        assert not (finding.product and engine.fixes(workspace.context(file), finding))


def test_what_both_say_is_said_once():
    text = _TEXT.replace("Look at", "It doesnâ€™t look at")
    _, findings = _findings("Cursor", "Qwen Code", text=text)
    assert [finding.product for finding in findings if finding.rule == "mojibake"] == [""]


def test_an_ignored_rule_is_ignored_for_all():
    text = _TEXT.replace("name: r", "# agentls: ignore-file[invalid-value, unknown-tool]\nname: r")
    _, findings = _findings("opencode", text=text)
    assert {finding.rule for finding in findings} <= {"deprecated-field"}


def test_a_skill_is_checked_as_a_skill_and_a_command_as_nothing():
    skill, command = ".claude/skills/review/SKILL.md", ".claude/commands/review.md"
    text = "---\nname: Review\ndescription: Reviews code\n---\n\nLook.\n"
    assert any(f.product for f in _findings("Agent Skills", "Cursor", text=text, path=skill)[1])
    assert not any(f.product for f in _findings("Agent Skills", "Cursor", text=text, path=command)[1])


def test_the_setting_knows_every_product():
    schema = catalogue.raw_schema("settings")
    known = {dialect.product for dialect in products.load().dialects.values() if dialect.format.has_body}
    assert set(schema["properties"]["also-check"]["items"]["enum"]) == known


def test_who_reads_a_file():
    deep = ".claude/agents/deep/reviewer.md"
    workspace = made.make({_AGENT: _TEXT, deep: _TEXT, "~/.claude/agents/mine.md": _TEXT})
    found = {
        made.shown(path): {
            r.file.dialect.product: r.outcome.state for r in readers.of(workspace.context(file))
        }
        for path, file in workspace.files.items()
    }
    assert found[_AGENT].keys() == {"Claude Code", "GitHub Copilot", "Cursor"}
    assert found[deep].keys() == {"Claude Code", "Cursor"}, "GitHub Copilot looks at the folder alone"
    assert found["~/.claude/agents/mine.md"].keys() == {"Claude Code"}
    assert found[_AGENT]["Cursor"] is LoadState.LOADED


def test_a_reader_of_lines_sees_other_things_than_a_reader_of_yaml():
    text = _TEXT.replace("tools: Read, Gerp", "tools:\n  - Read").replace("\nLook at every line.\n", "")
    workspace = made.make({_AGENT: text})
    file = workspace.files[made.locate(_AGENT)]
    found = {reading.file.dialect.product: reading for reading in readers.of(workspace.context(file))}
    assert found["Claude Code"].outcome.state is LoadState.LOADED
    assert found["Cursor"].outcome.state is LoadState.SKIPPED, "it ignores a file with nothing below"
    assert found["Cursor"].file.document.problems
    assert found["Cursor"].ignored == ("color",)
