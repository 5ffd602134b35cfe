"""The law of safe fixes: an agent that was damaged and mended can do no more than it could before both.

Nor does anything else mean something new: a value is the one from before the damage, or the one that the
product read in spite of it, and no line of the prompt becomes a field.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

import made
import mutations
from agentls.explain import loading
from agentls.explain.loading import LoadState
from agentls.linter import fix_all
from agentls.outcome import tool_access
from agentls.syntax.nodes import Scalar
from agentls.syntax.spelling import Style

if TYPE_CHECKING:
    from agentls.semantics.file import File
    from made import Made

_PATH = ".claude/agents/reviewer.md"
_BODY = "\n\n# How to review\n\nRead the change: then say it.\n\n---\n\nmodel: none of the small ones.\n"
_AGENTS = {
    "a list of names": """---
name: reviewer
description: Reviews a change and says what is wrong. Use it after every change.
tools: Read, Grep
model: opus
---""",
    "a denial": """---
name: reviewer
description: "Reviews a change: names, tests and style."
disallowedTools: Write, Edit
permissionMode: plan
---""",
    "a list with dashes": """---
name: reviewer
description: |
  Reviews a change.

  Use it after every change.
tools:
  - Read
  - Agent(tester, writer)
---""",
    "a list in brackets": """---
name: 'reviewer'
tools: ["Read", "Grep", "Agent(tester)"]
description: >-
  Reviews a change.
  Use it often.
disallowedTools: [Bash]
---""",
}
_COMPARED = ("name", "description", "model", "permissionMode")
# The agents that start others need some.
_OTHERS = {
    f".claude/agents/{name}.md": f"---\nname: {name}\ndescription: Knows all about tests.\n---\n\nTest.\n"
    for name in ("tester", "writer")
}


class Powers(NamedTuple):
    """``everything``: all tools but those that are denied."""

    everything: bool
    tools: frozenset[str]
    denied: frozenset[str]

    def exceed(self, other: Powers) -> bool:
        if other.everything:
            return not other.denied <= self.denied | (frozenset() if self.everything else other.denied)
        # Letter case is a slip that a safe fix mends; what stands in parentheses may have it, too.
        return self.everything or not _lower(self.tools) <= _lower(other.tools)


def _lower(names: frozenset[str]) -> set[str]:
    return {name.lower() for name in names}


@pytest.mark.slow
@pytest.mark.parametrize("kind", _AGENTS)
def test_a_safe_fix_widens_nothing_and_changes_no_value(kind: str):
    source = _AGENTS[kind] + _BODY
    whole = _workspace(source)
    before, before_powers = _file(whole), _powers(whole)
    assert before_powers, "the agent must be loaded before it is damaged"
    complaints = []
    for slip, damaged in mutations.mutants(source):
        if damaged == source:
            continue
        broken = _workspace(damaged)
        # A slip may make another kind of file of it.
        if made.locate(_PATH) not in broken.files:
            continue
        mended = _mended(broken)
        if mended is None:
            continue
        after, powers = _file(mended), _powers(mended)
        allowed = [before_powers, _powers(broken)]
        if powers and all(powers.exceed(one) for one in allowed if one):
            complaints.append(f"{slip}: more powers: {powers}\n{damaged}\n=>\n{after.text.source}")
        complaints += [
            f"{slip}: {what}\n{damaged}\n=>\n{after.text.source}"
            for what in _changes(before, _file(broken), after)
        ]
    assert not complaints, f"{len(complaints)} times:\n" + "\n".join(complaints[:5])


def _workspace(source: str) -> Made:
    return made.make({_PATH: source, **_OTHERS})


def _file(workspace: Made) -> File:
    return workspace.files[made.locate(_PATH)]


def _mended(workspace: Made) -> Made | None:
    """After all safe fixes; None where there are none."""
    file = _file(workspace)
    context = workspace.context(file)
    result = fix_all.fix_all(context, workspace.surroundings, fix_all.safe_fix, lambda _: True)
    return _workspace(result.file.text.source) if result.done else None


def _powers(workspace: Made) -> Powers | None:
    """What the agent may use; None where it is not loaded, or does not start."""
    context = workspace.context(_file(workspace))
    if loading.outcome(context).state is not LoadState.LOADED:
        return None
    found = tool_access.of(context)
    named = {f"{name}({', '.join(inside)})" if inside else name for name, inside in found.tools}
    # Of a tool with parentheses the limit counts, which stands in the entry.
    entries = {
        item.text
        for field, spec in context.file.specified_fields
        if spec.is_names and spec.holds == "tool" and not spec.denies
        for item in context.file.items(field)
    }
    limited = {entry for entry in entries if "(" in entry and entry.partition("(")[0] in named}
    tools = frozenset(named - {entry.partition("(")[0] for entry in limited} | limited)
    return Powers(bool(found.basis), tools, frozenset(found.denied))


def _changes(before: File, broken: File, after: File) -> list[str]:
    found = []
    for name in _COMPARED:
        value, field = _words(after, name), broken.document.field(name)
        # What nobody could read may be mended in the way that is the likeliest.
        if field and (not isinstance(field.value, Scalar) or field.value.style is Style.RAW):
            continue
        if value not in (_words(before, name), _words(broken, name), ""):
            found.append(f"`{name}` became {value!r}")
    names = {field.name for field in after.document.fields}
    known = {field.name for file in (before, broken) for field in file.document.fields}
    found += [f"`{name}` became a field" for name in names - known - {"tools"}]
    if not _body(after).endswith(_body(before)) and _body(after) != _body(broken):
        found.append(f"the prompt became {_body(after)!r}")
    return found


def _words(file: File, name: str) -> str:
    """The value without the layout of its lines."""
    return " ".join((file.document.string(name) or "").split())


def _body(file: File) -> str:
    return file.text.slice(file.document.body).strip()
