"""Real files by strangers: nothing fails on them, and what is said about them is what was read and judged.

``python tests/corpus/survey.py --show RULE`` prints the findings for reading.
"""

import logging

import pytest

from agentls import checking
from agentls.findings import Severity
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
    # A template whose only entry is a placeholder.
    ("agents/agent-template.md", "no-usable-tool"),
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


def test_no_finding_is_sent_to_the_first_character(surveyed):
    """In these files every cause has a place of its own."""
    at_top = [each.report.path for each in surveyed for f in each.report.findings if f.span.start == 0]
    assert at_top == []


def test_a_finding_marks_words_and_not_lines(surveyed):
    """The span is that of the token: nothing but `no-usable-tool` marks more than a name is long."""
    long = {f.rule for each in surveyed for f in each.report.findings if f.span.length > 80}
    assert long <= {"no-usable-tool"}


def test_half_of_the_agents_and_all_skills_are_free_of_warnings(surveyed):
    """The sample is rich in trouble; over all public files of the family the share is above 0.63.

    It holds a part of each project only, so what a file refers to is not counted.
    """
    referring = checking.groups()["references"]
    shares = {
        title: sum(each.is_clean_but_for(referring) for each in surveyed if each.dialect == title)
        / sum(each.dialect == title for each in surveyed)
        for title in {each.dialect for each in surveyed}
    }
    assert shares["Claude Code subagent"] > 0.49
    assert shares["Claude Code skill"] == 1
