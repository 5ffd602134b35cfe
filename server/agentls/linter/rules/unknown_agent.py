"""Agent not found.

The agent is named in ``Agent(...)`` in a tool list, or in the ``agent`` field of a skill or command that
forks.
Letter case and separators are ignored.
Agents that are included in the product are known; agents of plugins that are not available here cannot be
checked.

## Why

A name that is not found is usually a typo, or the agent was renamed.

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

from agentls.linter.api import Context, Effect, File, Finding, Fix, Iterator
from agentls.refactoring import new_files
from agentls.semantics.file_references import Reference
from agentls.semantics.summary import Definition
from agentls.text.similar_words import did_you_mean, without_style
from agentls.workspace import symbols

GROUPS = ("references",)
ABOUT = "name"
REFERENCES = ("agent",)


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file, view = context.file, context.view
    if not view.is_complete:
        return
    for reference in file.references:
        if reference.kind != "agent" or not _counts(file, reference) or _is_there(context, reference.name):
            continue
        meant = symbols.closest_name(context, "agent", reference.name)
        message = f"Agent `{reference.name}` not found. {effect.text}{did_you_mean(meant)}"
        yield effect.finding(reference.span, message, (meant,) if meant else ())


def _counts(file: File, reference: Reference) -> bool:
    """Whether the product reads the name at all, as far as that is documented."""
    field = reference.field.name if reference.field else ""
    if field == "agent":
        return file.document.string("context") == "fork"
    return reference.item is not None and field != "observer" and "*" not in reference.name


def _is_there(context: Context, name: str) -> bool:
    file, view = context.file, context.view
    if view.lookup("agent", name):
        return True
    bundled = file.dialect.bundled.of_kind("agent")
    spellings, plugins = view.derive("agent", "spellings", _spellings)
    if without_style(name) in spellings or without_style(name) in map(without_style, bundled):
        return True
    plugin, colon, _ = name.partition(":")
    # What a plugin that is not here brings along cannot be known.
    return bool(colon) and plugin not in plugins


def _spellings(agents: list[Definition]) -> tuple[set[str], set[str]]:
    """How agents may be called but for letter case and separators, and the plugins that bring some along."""
    names = {definition.name for definition in agents}
    short = {name.rpartition(":")[2] for name in names}
    return set(map(without_style, names | short)), {name.partition(":")[0] for name in names if ":" in name}


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    for meant in finding.data:
        yield Fix.replacing(file.path, finding.span, meant)
    yield from new_files.creation_fixes(context, "agent", file.text.slice(finding.span))
