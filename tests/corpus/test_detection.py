"""Which product each real file is for: right where its path says so, a guess with a reason elsewhere."""

import re
from collections import Counter

import pytest

from material import CORPUS, needs_corpus
from survey import survey

pytestmark = needs_corpus

# What a path leaves no doubt about, by the folders at its end.
CLEAR = {
    r"(?:.*/)?\.mcp\.json": "Claude Code MCP server list",
    r"\.claude-plugin/plugin\.json": "Claude Code plugin manifest",
    r"\.claude-plugin/marketplace\.json": "Claude Code marketplace",
    r"(?:.*/)?opencode\.jsonc?": "opencode configuration file",
    r"\.claude/agents/(?:.*/)?[^/]+\.md": "Claude Code subagent",
    r"\.claude/skills/[^/]+/SKILL\.md": "Claude Code skill",
    r"\.github/agents/[^/]+\.md": "GitHub Copilot custom agent",
    r"\.gemini/agents/[^/]+\.md": "Gemini CLI subagent",
    r"\.opencode/agents?/(?:.*/)?[^/]+\.md": "opencode agent",
    r"\.cursor/agents/(?:.*/)?[^/]+\.(?:md|mdc|markdown)": "Cursor subagent",
    r"\.kiro/agents/(?:.*/)?[^/]+\.md": "Kiro agent",
    r"\.agents?/agents/[^/]+\.md": "Antigravity agent",
    r"\.qwen/agents/[^/]+\.md": "Qwen Code subagent",
    r"\.agents?/skills/[^/]+/SKILL\.md": "Agent Skill",
    r"\.github/skills/[^/]+/SKILL\.md": "GitHub Copilot skill",
    r"\.opencode/skills/[^/]+/SKILL\.md": "opencode skill",
    r"\.gemini/skills/[^/]+/SKILL\.md": "Gemini CLI skill",
    r"\.kiro/skills/[^/]+/SKILL\.md": "Kiro skill",
}
# The others, by what gave them away.
GUESSES = {
    # In a folder beside `.claude-plugin`.
    ("Claude Code subagent", "plugin"): 37,
    ("Claude Code skill", "plugin"): 29,
    # By name and description, a field that only Claude Code has or a folder `agents`, and no field of others.
    ("Claude Code subagent", "unplaced"): 111,
    # By the name `SKILL.md` and a description.
    ("Agent Skill", "unplaced"): 34,
    # By the ending `.agent.md`.
    ("GitHub Copilot custom agent", "unplaced"): 20,
}


@pytest.fixture(scope="module")
def surveyed():
    return list(survey(CORPUS))


def _by_path(path: str) -> str | None:
    return next((title for end, title in CLEAR.items() if re.search(rf"(?:^|/){end}$", path)), None)


def test_a_path_that_is_clear_decides(surveyed):
    found = {each.report.path: each.dialect for each in surveyed}
    expected = {str(path): title for path in CORPUS.rglob("*.*") if (title := _by_path(path.as_posix()))}
    assert len(expected) > 150
    assert {path: found.get(path) for path in expected} == expected


def test_what_remains_is_guessed_for_a_reason(surveyed):
    others = [each for each in surveyed if _by_path(each.report.path.replace("\\", "/")) is None]
    assert Counter((each.dialect, each.scope) for each in others) == GUESSES
