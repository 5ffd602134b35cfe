"""Conversion: what comes out is clean, what gets lost is told, and what both sides can say comes back."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import made
from agentls import products
from agentls.conversion.file_conversion import Conversion, ConversionRefusedError, convert_file, targets
from agentls.syntax.formats import YAML

# One file of each product that says as much as it can.
_FILES = {
    ".claude/agents/reviewer.md": """\
---
name: reviewer
description: "Reviews code: all of it --- with care"
tools: Read, Edit, Grep, Bash(git log:*), mcp__github__search, mcp__jira, LSP
disallowedTools: Write
model: inherit
color: cyan
maxTurns: "12"
effort: high
permissionMode: plan
background: true
---

Look at every line.
""",
    ".github/agents/reviewer.agent.md": """\
---
name: Code Reviewer
description: Reviews code
tools: [read, search, edit/createFile, github/*, todo]
model: GPT-5 (copilot)
reasoningEffort: high
argument-hint: which file
user-invocable: false
---

Look at every line.
""",
    ".opencode/agents/review/deep.md": """\
---
description: Reviews code
mode: subagent
model: anthropic/claude-sonnet-4-5
temperature: 0.1
top_p: 0.9
steps: 12
color: "#ff0000"
permission:
  edit: deny
  webfetch: ask
  bash:
    "git *": allow
    "*": deny
  github_*: deny
---

Look at every line.
""",
    ".cursor/agents/reviewer.md": """\
---
name: reviewer
description: Reviews code: all of it
tools: Read, Shell
model: fast
is_background: true
readonly: true
---

Look at every line.
""",
    ".gemini/agents/reviewer.md": """\
---
name: reviewer
description: Reviews code
kind: local
display_name: The reviewer
tools: [read_file, list_directory, mcp_github_search, "mcp_jira_*"]
model: gemini-2.5-pro
temperature: 0.2
max_turns: 20
timeout_mins: 5
---

Look at every line.
""",
    ".qwen/agents/reviewer.md": """\
---
name: reviewer_2
description: Reviews code
tools:
  - read_file
  - write_file
disallowedTools:
  - web_fetch
color: auto
maxTurns: 3
approvalMode: auto-edit
---

Look at every line.
""",
    ".factory/droids/reviewer.md": """\
---
name: reviewer
description: Reviews code
model: inherit
reasoningEffort: low
tools: read-only
mcpServers: [github]
---

Look at every line.
""",
    ".kiro/agents/deep/reviewer.md": """\
---
description: Reviews code
tools: [read, shell, "@github", "@jira/search"]
welcomeMessage: Hello
---

Look at every line.
""",
    ".augment/agents/reviewer.md": """\
---
name: reviewer
description: Reviews code
model: sonnet4
color: pink
disabled_tools: [launch-process]
---

Look at every line.
""",
    ".agent/agents/reviewer.md": """\
---
name: reviewer
description: Reviews code
tools: Read, Grep
model: inherit
skills: code-style
---

Look at every line.
""",
    ".codex/agents/reviewer.toml": '''\
name = "reviewer"
description = "Reviews code"
developer_instructions = """
Look at every "line".

Then report."""
model = "gpt-5"
model_reasoning_effort = "high"
sandbox_mode = "read-only"
''',
    ".claude/skills/review/SKILL.md": """\
---
name: review
description: Reviews code
when_to_use: before a release
allowed-tools: [Read, "Bash(git log:*)"]
license: MIT
metadata:
  owner: us
---

# Review
""",
    ".agents/skills/review/SKILL.md": """\
---
name: review
description: Reviews code
allowed-tools: Read Grep
compatibility: needs git
metadata:
  owner: us
---

# Review
""",
    **{
        f".{folder}/skills/review/SKILL.md": "---\nname: review\ndescription: Reviews code\n---\n\n# Review\n"
        for folder in ("cursor", "factory", "gemini", "github", "kiro", "opencode", "qwen")
    },
}


def _file(path: str, text: str):
    workspace = made.make({path: text})
    return workspace.context(workspace.files[made.locate(path)])


def _to(path: str, text: str, target: str) -> Conversion:
    return convert_file(_file(path, text), products.load().dialects[target])


def _pairs():
    for path, text in _FILES.items():
        for target in targets(_file(path, text).file):
            yield pytest.param(path, target.name, id=f"{path} to {target.product}")


def test_every_kind_of_agent_and_skill_is_tried():
    tried = {_file(path, text).file.dialect.name for path, text in _FILES.items()}
    kinds = {d.name for d in products.load().dialects.values() if d.kind in ("agent", "skill")}
    assert tried == kinds
    assert len(list(_pairs())) == len(list(permutations(range(11), 2))) + len(list(permutations(range(9), 2)))


@pytest.mark.parametrize(("path", "target"), list(_pairs()))
def test_what_comes_out_is_clean_and_what_is_lost_is_told(path: str, target: str):
    context = _file(path, _FILES[path])
    file = context.file
    new = convert_file(context, products.load().dialects[target])
    place = made.shown(new.path)
    workspace = made.make({**_AROUND, place: new.text})
    result = workspace.files[new.path]
    assert result.dialect.name == target, "it lies where its product looks"
    assert [(f.rule, f.message) for f in workspace.findings[new.path]] == []
    assert "Look at every" in new.text or "# Review" in new.text
    tables = products.load().conversions
    always = tables.of(file.dialect.name).always
    told = [loss.span for loss in new.losses]
    for field in file.document.fields:
        meaning = tables.of(file.dialect.name).fields.get(field.name)
        names = [name for name, said in tables.of(target).fields.items() if said == meaning]
        is_kept = any(result.document.field(name) for name in names) or meaning in ("prompt", "name")
        is_told = any(span.start in field.span for span in told)
        is_tools = meaning in ("tools", "denied-tools", "permission", "tool-switches")
        is_default = file.values[field.name] in ("inherit", always.get(field.name))
        assert is_kept or is_told or is_default or is_tools, field.name


# What the files above speak of.
_AROUND = {
    ".claude/skills/code-style/SKILL.md": "---\nname: code-style\ndescription: Style\n---\n\n# Style\n",
    ".mcp.json": '{"mcpServers": {"github": {"command": "a"}, "jira": {"command": "b"}}}',
}


@pytest.mark.parametrize(("path", "target"), list(_pairs()))
def test_there_and_back_and_there_again_is_the_same(path: str, target: str):
    source = _file(path, _FILES[path]).file.dialect.name
    there = _to(path, _FILES[path], target)
    back = _to(made.shown(there.path), there.text, source)
    again = _to(made.shown(back.path), back.text, target)
    # What one tool allows besides comes back as tools of its own.
    if not any("also allows" in loss.message for loss in back.losses):
        assert again.text == there.text
    assert again.path == there.path


_RESERVED = {"self", "system", "user", "model", "tool", "config", "default", "main"}
_AGENTS = st.fixed_dictionaries(
    {
        "name": st.from_regex(r"[a-z][a-z0-9]{1,10}(-[a-z0-9]{1,8})?", fullmatch=True).filter(
            lambda name: name not in _RESERVED
        ),
        "description": st.text(
            st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60
        ).filter(str.strip),
    },
    optional={
        "tools": st.lists(
            st.sampled_from(["Read", "Grep", "Glob", "Bash", "WebSearch", "mcp__github__search"]),
            unique=True,
            min_size=1,
        ).map(", ".join),
        "color": st.sampled_from(["red", "blue", "green", "yellow", "purple", "orange", "pink", "cyan"]),
        "maxTurns": st.integers(1, 500),
        "background": st.booleans(),
        "model": st.just("inherit"),
    },
)
# These have a name for each of the tools above and for nothing else in one with it.
_EXACT = ("opencode-agent", "qwen-agent", "gemini-agent", "factory-droid", "augment-agent")


@settings(max_examples=100, deadline=None)
@given(_AGENTS, st.sampled_from(_EXACT))
def test_what_both_sides_can_say_comes_back(values: dict[str, object], target: str):
    path = f".claude/agents/{values['name']}.md"
    text = f"---\n{YAML.fields(values)}\n---\n\nLook at every line.\n"
    file = _file(path, text).file
    there = _to(path, text, target)
    back = _to(made.shown(there.path), there.text, "claude-agent")
    result = _file(path, back.text).file
    lost = {field.name for field in file.document.fields for loss in there.losses if loss.span == field.key}
    for field in values.keys() - lost - {"model"}:
        assert str(result.values.get(field)) == str(file.values[field]).strip(), field


def test_a_file_that_does_not_load_is_not_converted():
    with pytest.raises(ConversionRefusedError, match=r"fix it first. `description` is missing"):
        _to(".claude/agents/reviewer.md", "---\nname: reviewer\n---\n", "gemini-agent")


def test_what_is_forbidden_does_not_come_back():
    text = "---\nname: a\ndescription: b\ndisallowedTools: Edit\n---\n\nLook at every line.\n"
    for target in ("copilot-agent", "cursor-agent", "kiro-agent", "gemini-agent", "factory-droid"):
        new = _to(".claude/agents/a.md", text, target)
        tables = products.load().conversions
        (tools,) = [value for name, value in _values(new).items() if name == "tools"]
        names = tools.split(", ") if isinstance(tools, str) else tools
        assert not any("edit" in tables.tools(target)[name] for name in names)
        assert any("cannot exclude tools" in loss.message for loss in new.losses)


def _values(new: Conversion) -> dict[str, object]:
    workspace = made.make({made.shown(new.path): new.text})
    return workspace.files[new.path].values


@pytest.mark.parametrize(
    ("tools", "target", "expected"),
    [
        ("[]", "copilot-agent", []),
        ("Monitor", "opencode-agent", {"*": "deny"}),
        ("Monitor", "gemini-agent", None),
        ("'*'", "copilot-agent", None),
    ],
)
def test_no_tool_is_not_every_tool(tools: str, target: str, expected: object):
    text = f"---\nname: a\ndescription: b\ntools: {tools}\n---\n\nLook at every line.\n"
    new = _to(".claude/agents/a.md", text, target)
    field = products.load().conversions.field(target, "permission") or "tools"
    assert _values(new).get(field) == expected
    if tools == "Monitor" and expected is None:
        assert any("No tool is left" in loss.message for loss in new.losses)


@pytest.mark.parametrize(
    ("path", "target", "place"),
    [
        ("~/.claude/agents/a.md", "opencode-agent", "~/.config/opencode/agents/a.md"),
        ("~/.claude/agents/a.md", "gemini-agent", "~/.gemini/agents/a.md"),
        ("~/.gemini/agents/a.md", "claude-agent", "~/.claude/agents/a.md"),
        ("sub/.claude/agents/deep/a.md", "copilot-agent", "sub/.github/agents/a.agent.md"),
    ],
)
def test_the_new_file_belongs_to_the_same_project_or_user(path: str, target: str, place: str):
    new = _to(path, "---\nname: a\ndescription: b\n---\n\nLook at every line.\n", target)
    assert made.shown(new.path) == place


def test_a_display_name_becomes_a_name():
    new = _to(".github/agents/x.agent.md", _FILES[".github/agents/reviewer.agent.md"], "gemini-agent")
    assert new.name == "code-reviewer"
    assert any("becomes `code-reviewer`" in loss.message for loss in new.losses)


def test_line_breaks_are_one_kind():
    text = _FILES[".claude/agents/reviewer.md"].replace("\n", "\r\n")
    assert "\r" not in _to(".claude/agents/reviewer.md", text, "opencode-agent").text


@pytest.mark.parametrize(
    "description",
    [
        "on",
        "010",
        "2024-01-01",
        "~",
        "@reviewer looks at it",
        "# no comment",
        "a: b",
        "- x",
        "yes",
        "1e3",
        "|",
        "=",
    ],
)
@pytest.mark.parametrize("target", ["gemini-agent", "cursor-agent", "codex-agent", "opencode-agent"])
def test_a_text_that_looks_like_something_else_stays_a_text(description: str, target: str):
    source = f'---\nname: a\ndescription: "{description}"\n---\n\nLook at every line.\n'
    new = _to(".claude/agents/a.md", source, target)
    assert _values(new)["description"] == description


def test_what_no_file_can_hold_is_not_converted():
    source = "---\nname: a\ndescription: b\n---\n\nLook at every \ud83d line.\n"
    with pytest.raises(ConversionRefusedError, match="cannot be written"):
        _to(".claude/agents/a.md", source, "gemini-agent")
