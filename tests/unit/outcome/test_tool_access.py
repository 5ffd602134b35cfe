"""What agents were seen to have when the products themselves started them, and that the account says so.

Claude Code 2.1.332, Qwen Code 0.24.4, Copilot CLI 1.0.102, with two servers, ``notes`` and ``other.one``.
"""

from __future__ import annotations

import pytest

import made
from agentls.outcome import tool_access
from agentls.outcome.tool_refusal import refused_entries

_SERVERS = '{"mcpServers": {"notes": {"command": "notes"}, "other.one": {"command": "other"}}}'
_OWN = "mcpServers:\n  - mine:\n      command: mine"
REFUSED = "refused"

CLAUDE = [
    ("tools: Read, Bash(git log *)", "Read Bash"),
    ("tools: Read, Bash()", "Read Bash"),
    ("tools: Read, Bash(*)", "Read Bash"),
    ("tools: Read, Bash(git log *)x", "Read"),
    ("tools: Read, Bash(git log *", "Read"),
    ("tools: Read(a)), Grep", "Read Grep"),
    ("tools: Read, Bash\ndisallowedTools: Bash(git push *)", "Read"),
    ("tools: Read, Bash\ndisallowedTools: Bash()", "Read"),
    ("tools: Read, Bash\ndisallowedTools: bash", "Read Bash"),
    ('tools: Read, Bash\ndisallowedTools: "*"', "Read Bash"),
    ("tools: Bash\ndisallowedTools: Bash", ""),
    ("tools: Bash(git *)\ndisallowedTools: Bash", ""),
    ("tools: Bash\ndisallowedTools: Bash(rm *)", REFUSED),
    ("tools: Bash(git *)\ndisallowedTools: Bash(git *)", REFUSED),
    ("tools: Read, Agent\ndisallowedTools: Task", "Read"),
    ("tools: Agent\ndisallowedTools: Task", ""),
    ("tools: Task\ndisallowedTools: Agent", REFUSED),
    ("tools: Read, Agent\ndisallowedTools: Agent(helper)", "Read"),
    ("tools: Read, TaskStop\ndisallowedTools: KillShell", "Read"),
    ("tools: Read, Monitor", "Read Monitor"),
    ("tools: Read, Monitor, Bash\ndisallowedTools: Bash", "Read"),
    ("tools: Monitor\ndisallowedTools: Bash", ""),
    ("tools: Foo", REFUSED),
    ("tools: Foo\ndisallowedTools: Foo", ""),
    ("tools: Foo, Bash\ndisallowedTools: Bash", REFUSED),
    ("tools: AskUserQuestion", REFUSED),
    ("tools: AskUserQuestion\ndisallowedTools: AskUserQuestion", ""),
    ("tools: Read, ExitPlanMode", "Read"),
    ("tools: Read, ExitPlanMode\npermissionMode: plan", "Read ExitPlanMode"),
    ("tools: Read, CronCreate\nbackground: true", "Read"),
    ("tools:", ""),
    ("tools: []", ""),
    ("tools: 3", ""),
    ("tools:\n  Read: true", ""),
    ("tools: [[Read, Bash]]", ""),
    ("tools: Read, mcp__notes", "Read notes"),
    ("tools: Read, mcp__notes__*", "Read notes"),
    ("tools: Read, mcp__notes__list", "Read mcp__notes__list"),
    ("tools: Read, mcp__notes__list(x)", "Read mcp__notes__list"),
    ("tools: Read, mcp__other_one", "Read other_one"),
    ("tools: Read, mcp__other.one__list", "Read"),
    ("tools: Read, mcp__*", "Read"),
    ("tools: Read, mcp__*__*", "Read"),
    ("tools: Read, mcp__notes__li*", "Read"),
    ("tools: Read, mcp__*otes__list", "Read"),
    ("tools: Read, mcp__notes*", "Read"),
    ("tools: Read, mcp__notes__", "Read"),
    ("tools: Read, mcp__", "Read"),
    ("tools: Read, Web*", "Read"),
    ("tools: mcp__*", REFUSED),
    ("tools: Web*", REFUSED),
    ("tools: Read, mcp__notes__list\ndisallowedTools: mcp__notes", "Read"),
    ("tools: Read, mcp__notes__list\ndisallowedTools: mcp__*", "Read"),
    ("tools: Read, mcp__notes\ndisallowedTools: mcp__notes__list", "Read notes"),
    ("tools: Read, mcp__notes\ndisallowedTools: mcp__note*", "Read notes"),
    ("tools: mcp__notes\ndisallowedTools: mcp__*", ""),
    ("tools: mcp__notes\ndisallowedTools: mcp__notes__*", ""),
    ("tools: Read\nmcpServers: [notes]", "Read notes"),
    ("tools: Read\ndisallowedTools: mcp__notes\nmcpServers: [notes]", "Read"),
    (f"tools: Read\n{_OWN}", "Read mine"),
    (f"tools: Read\ndisallowedTools: mcp__*\n{_OWN}", "Read"),
    (f"tools: []\n{_OWN}", "mine"),
    (f"tools: Foo\n{_OWN}", "mine"),
]
QWEN = [
    ('tools: [read_file, "run_shell_command(git log *)"]', "read_file"),
    (
        "tools: [read_file, run_shell_command]\ndisallowedTools: [run_shell_command(x)]",
        "read_file run_shell_command",
    ),
    ("tools: [read_file, run_shell_command]\ndisallowedTools: [run_shell_command]", "read_file"),
    ("tools: [read_file, run_shell_command]\ndisallowedTools: [Shell]", "read_file"),
    ('tools: [read_file, run_shell_command]\ndisallowedTools: ["*"]', "read_file run_shell_command"),
    ("tools: [run_shell_command]\ndisallowedTools: [run_shell_command]", ""),
    ('tools: [read_file, "mcp__*", "mcp__notes__*", mcp__notes]', "read_file"),
    ("tools: [read_file, mcp__notes__list]", "read_file mcp__notes__list"),
    ("tools: [read_file, mcp__notes__list]\ndisallowedTools: [mcp__notes]", "read_file"),
    ('tools: [read_file, mcp__notes__list]\ndisallowedTools: ["mcp__*"]', "read_file"),
    ('tools: [read_file, mcp__notes__list]\ndisallowedTools: ["mcp__notes__li*"]', "read_file"),
]
COPILOT = [
    ('tools: [read, "execute(git log *)"]', "read"),
    ('tools: [read, "notes/*"]', "read notes/*"),
    ("tools: [read, notes/list]", "read notes/list"),
    ('tools: [read, "notes/li*"]', "read"),
    ('tools: [read, "*/*"]', "read"),
    ("tools: []", ""),
]
_CASES = [
    (path, fields, expected)
    for path, cases in (
        (".claude/agents/x.md", CLAUDE),
        (".qwen/agents/x.md", QWEN),
        (".github/agents/x.agent.md", COPILOT),
    )
    for fields, expected in cases
]


@pytest.mark.parametrize(("path", "fields", "expected"), _CASES)
def test_an_agent_has_what_the_product_gave_it(path: str, fields: str, expected: str):
    text = f"---\nname: x\ndescription: Reads code\n{fields}\n---\nRead the change and tell.\n"
    workspace = made.make({path: text, ".mcp.json": _SERVERS})
    file = workspace.files[made.locate(path)]
    found = tool_access.of(workspace.context(file))
    if expected == REFUSED:
        assert refused_entries(file)
        expected = ""
    else:
        assert not refused_entries(file)
    assert not found.basis, "what is listed is all there is"
    assert {*(name for name, _ in found.tools), *found.servers} == set(expected.split())


@pytest.mark.parametrize(
    ("fields", "gone", "there"),
    [
        ("disallowedTools: Bash(git push *)", {"Bash", "Monitor"}, {"Read", "notes", "*"}),
        ('disallowedTools: "*"', set(), {"Bash", "Read", "notes", "*"}),
        ("disallowedTools: Web*", set(), {"WebFetch", "notes", "*"}),
        ("disallowedTools: mcp__*", {"notes", "other_one", "*"}, {"Read"}),
        ("disallowedTools: mcp__*__*", {"notes", "other_one", "*"}, {"Read"}),
        ("disallowedTools: mcp__notes", {"notes"}, {"other_one", "*"}),
        ("disallowedTools: mcp__notes__*", {"notes"}, {"other_one", "*"}),
        ("disallowedTools: mcp__notes__list(x)", set(), {"notes"}),
        ('tools: "Read, *"\ndisallowedTools: Read', {"Read"}, {"Bash"}),
        ("permissionMode: plan", set(), {"ExitPlanMode"}),
        ("background: true", {"CronCreate"}, {"Bash"}),
    ],
)
def test_an_agent_without_a_list_has_what_is_not_denied(fields: str, gone: set[str], there: set[str]):
    text = f"---\nname: x\ndescription: Reads code\n{fields}\n---\n"
    workspace = made.make({".claude/agents/x.md": text, ".mcp.json": _SERVERS})
    file = workspace.files[made.locate(".claude/agents/x.md")]
    found = tool_access.of(workspace.context(file))
    names = {*(name for name, _ in found.tools), *found.servers}
    assert found.basis
    assert not names & gone
    assert there <= names
