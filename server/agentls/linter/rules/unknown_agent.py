"""Agent not found.

The agent is named in ``Agent(...)`` in a tool list, in the ``agent`` field of a skill or command that forks,
or in the fields in which other products list agents.
A name must be complete: an agent of a plugin is called ``plugin:name``, or ``plugin:folder:name``.
Calls in the text are only reported where the agent is there under another name.
Agents that are included in the product are known; agents of plugins that are not available here cannot be
checked.

## Why

A name that is not found is usually a typo, or the agent was renamed or belongs to a plugin.

## Example

```markdown
---
name: lead
description: Leads the review
tools: Read, Agent(general-porpose)
---
```

## Use instead

```markdown
---
name: lead
description: Leads the review
tools: Read, Agent(general-purpose)
---
```
"""

from agentls.findings import Severity
from agentls.linter.api import Context, Effects, File, Finding, Fix, Iterator
from agentls.refactoring import new_files
from agentls.semantics import field_conditions
from agentls.semantics.file_references import Reference
from agentls.semantics.summary import Definition
from agentls.text.similar_words import did_you_mean, is_one_edit_away, without_style
from agentls.workspace import close_names, presence

GROUPS = ("references",)
ABOUT = "name"
REFERENCES = ("agent",)
CASES = {
    "style": "a name that differs in letter case or separators only",
    "text": "a call in the text",
}


def check(context: Context, effects: Effects) -> Iterator[Finding]:
    file, view = context.file, context.view
    if not view.is_complete:
        return
    for reference in file.references:
        if reference.kind != "agent" or not _counts(file, reference):
            continue
        name, is_call = reference.name, reference.field is None
        if presence.has_agent(context, name) or (is_call and _is_called(context, name)):
            continue
        is_alike = not is_call and _is_called(context, name)
        effect = effects.get("text" if is_call else "style" if is_alike else "")
        if effect is None:
            continue
        there = _same_by_another_name(context, name)
        meant = there.name if there else close_names.closest_name(context, "agent", name)
        if is_call and not there and not (meant and is_one_edit_away(name, meant)):
            continue  # it may be any word
        says = f"Agent `{name}` not found" + (_cause(context, name, there) or ".")
        message = f"{says} {effect.text}{did_you_mean(None if there else meant)}"
        yield effect.finding(reference.span, message, (meant,) if meant and meant != name else ())


def _counts(file: File, reference: Reference) -> bool:
    """Whether the product reads the name at all, as far as that is documented."""
    spec = file.dialect.fields.get(reference.field.name) if reference.field else None
    if spec and (spec.status == "undocumented" or field_conditions.is_ignored(file, spec)):
        return False
    return not (spec and field_conditions.unmet(file, spec)) and not set(reference.name) & _PATTERN


_PATTERN = frozenset("*?")


def _is_called(context: Context, name: str) -> bool:
    """Whether a call finds it: letter case and separators do not count there."""
    file, view = context.file, context.view
    word = without_style(name)
    bundled = map(without_style, file.dialect.bundled.of_kind("agent"))
    found = (d for d in view.resolve("agent", name) if not d.lacks)
    return word in bundled or any(without_style(d.name) == word for d in found)


def _same_by_another_name(context: Context, name: str) -> Definition | None:
    """The agent that is there, and is called otherwise: by its plugin, or not by its file."""
    view, end = context.view, name.rpartition(":")[2]
    found = (*view.lookup("agent", name), *view.lookup("agent", end), *view.lookup("agent-file", end))
    for definition in found:
        if definition.kind == "agent":
            return definition
        own = (d for d in view.summary(definition.path).definitions if d.kind == "agent")
        return next(own, definition)
    return None


def _cause(context: Context, name: str, there: Definition | None) -> str:
    """Why an agent that is there is not found."""
    if there is None:
        return ""
    path = context.view.display_path(there.path)
    if there.lacks:
        return f": `{path}` has no {there.lacks}, so it is not loaded."
    it = "as an agent of a plugin, it" if there.scope == "plugin" else f"the agent in `{path}`"
    return f": {it} is called `{there.name}`." if there.name != name else ""


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    for meant in finding.data:
        yield Fix.replacing(file.path, finding.span, meant)
    name = file.text.slice(finding.span)
    is_meant = any(without_style(name) == without_style(meant) for meant in finding.data)
    # In a plugin, the new agent would be called otherwise.
    if file.scope != "plugin" and not is_meant and finding.severity < Severity.HINT:
        yield from new_files.creation_fixes(context, "agent", name)
