"""Real files by strangers: nothing fails on them, and what is said about them is what was read and judged.

``python tests/corpus/survey.py --show RULE`` prints the findings for reading.
"""

import logging
from collections import Counter

import pytest

from agentls.findings import Severity
from agentls.linter import engine
from material import CORPUS, needs_corpus
from survey import survey

pytestmark = needs_corpus

# Every file that does not load at all, and why; each was opened and is true.
ERRORS = {
    # The front matter is never closed, and the body is read as a part of it.
    ("ai-analysis/graphql-architect.md", "unclosed-front-matter"),
    ("business/business-analyst.md", "unclosed-front-matter"),
    ("business/product-manager.md", "unclosed-front-matter"),
    ("infrastructure/cloud-architect.md", "unclosed-front-matter"),
    ("infrastructure/incident-responder.md", "unclosed-front-matter"),
    ("orchestration/learning-system.md", "unclosed-front-matter"),
    ("performance-optimizers/session-optimizer.md", "unclosed-front-matter"),
    ("performance-optimizers/tool-batch-optimizer.md", "unclosed-front-matter"),
    ("personalities/agent-evolution-system.md", "unclosed-front-matter"),
    ("safety-specialists/agent-environment-simulator.md", "unclosed-front-matter"),
    ("safety-specialists/permission-escalator.md", "unclosed-front-matter"),
    # Two of them have a colon in the description, too; closing the front matter would not mend it.
    ("business/business-analyst.md", "invalid-yaml"),
    ("business/product-manager.md", "invalid-yaml"),
    # A folder where Claude Code takes files only, and servers of a type that opencode does not have.
    (".claude-plugin/plugin.json", "invalid-value"),
    ("AloSantana__Antigravitys/opencode.json", "invalid-value"),
    # A template whose only entry is a placeholder.
    ("agents/agent-template.md", "no-usable-tool"),
    # Gemini CLI takes fields and tools of its own only, and these have those of Claude Code or of nobody.
    ("agents/code-reviewer.md", "unknown-field"),
    ("agents/code-reviewer.md", "misspelled-field"),
    ("agents/code-reviewer.md", "unknown-tool"),
    ("agents/test-runner.md", "unknown-field"),
    ("agents/test-runner.md", "misspelled-field"),
    ("agents/test-runner.md", "unknown-tool"),
    ("agents/documenter.md", "unknown-field"),
    ("agents/documenter.md", "unknown-tool"),
    ("agents/git.md", "unknown-field"),
    ("agents/git.md", "unknown-tool"),
    ("agents/meta-feedback.md", "unknown-field"),
    ("agents/meta-feedback.md", "unknown-tool"),
    ("agents/release.md", "unknown-field"),
    ("agents/release.md", "unknown-tool"),
    # For Gemini CLI front matter starts the file, and these start with a comment; one has no description.
    ("agents/brainstorm.md", "misplaced-front-matter"),
    ("agents/enhance.md", "misplaced-front-matter"),
    ("agents/legacy-code.md", "misplaced-front-matter"),
    ("agents/legacy-code.md", "missing-description"),
    ("agents/mobile-developer.md", "misplaced-front-matter"),
    ("agents/project-planner.md", "misplaced-front-matter"),
    # opencode wants a map of tools, and these have Claude Code's list.
    ("agents/code-reviewer.md", "invalid-value"),
    ("agents/test-runner.md", "invalid-value"),
    # Copilot CLI wants a list of skills, and front matter that starts with `---`.
    ("agents/project-planner.md", "invalid-value"),
    ("agents/orchestrator.agent.md", "misplaced-front-matter"),
}

# The products that errors are about, so that a file of the same name elsewhere is no excuse.
UNLOADED = {
    "Claude Code subagent": 12,
    "Gemini CLI subagent": 11,
    "GitHub Copilot custom agent": 2,
    "opencode agent": 2,
    "Claude Code plugin manifest": 1,
    "opencode configuration file": 1,
}


@pytest.fixture(scope="module")
def surveyed():
    return list(survey(CORPUS))


def test_no_rule_fails_on_any_file(caplog):
    caplog.set_level(logging.ERROR)
    assert sum(1 for _ in survey(CORPUS)) > 200
    assert [record.getMessage() for record in caplog.records] == []


def test_errors_stand_only_where_a_file_does_not_load(surveyed):
    found = {
        ("/".join(each.report.path.replace("\\", "/").split("/")[-2:]), finding.rule)
        for each in surveyed
        for finding in each.report.findings
        if finding.severity is Severity.ERROR
    }
    assert found == ERRORS
    broken = [e.dialect for e in surveyed if any(f.severity is Severity.ERROR for f in e.report.findings)]
    assert Counter(broken) == UNLOADED


# A fence that is missing has its place there, and so has what is wrong with where the whole file lies.
_AT_THE_TOP = {"misplaced-front-matter", "missing-front-matter", "unread-place"}


def test_no_finding_is_sent_to_the_first_character(surveyed):
    """In these files every cause has a place of its own."""
    at_top = [
        each.report.path
        for each in surveyed
        for finding in each.report.findings
        if finding.span.start == 0 and finding.rule not in _AT_THE_TOP
    ]
    assert at_top == []


def test_a_finding_marks_words_and_not_lines(surveyed):
    """The span is that of the token: nothing but `no-usable-tool` marks more than a name is long."""
    long = {f.rule for each in surveyed for f in each.report.findings if f.span.length > 80}
    assert long <= {"no-usable-tool"}


# The least share of files that are free of warnings and errors, what they refer to not counted: the sample
# holds a part of each project only, and is rich in trouble. Over all public files of Claude Code's family the
# share is above 0.63.
SHARES = {
    "Claude Code subagent": 0.53,
    "Claude Code skill": 0.94,
    # Two documents without front matter, a fence that is missing, and a list written as text.
    "GitHub Copilot custom agent": 0.76,
    "GitHub Copilot skill": 1,
    "Agent Skill": 0.96,
    # One file of twelve would load.
    "Gemini CLI subagent": 0.08,
    "opencode agent": 0.85,
    "Qwen Code subagent": 1,
    "Cursor subagent": 1,
    "Kiro agent": 1,
    "Antigravity agent": 0.9,
    "Gemini CLI skill": 1,
    "Kiro skill": 1,
    # The sample lacks most of the files that manifests name.
    "Claude Code plugin manifest": 0,
    "Claude Code marketplace": 0,
    "Claude Code MCP server list": 0,
    "opencode configuration file": 0,
}


def test_most_files_of_each_kind_are_free_of_warnings(surveyed):
    # One plugin's manifest keeps 26 files from being loaded; they themselves are clean.
    others = (*engine.groups()["references"], "unread-place")
    shares = {
        title: sum(each.is_clean_but_for(others) for each in surveyed if each.dialect == title)
        / sum(each.dialect == title for each in surveyed)
        for title in {each.dialect for each in surveyed}
    }
    assert {title for title, share in shares.items() if share < SHARES[title]} == set()
    assert shares.keys() == SHARES.keys()
