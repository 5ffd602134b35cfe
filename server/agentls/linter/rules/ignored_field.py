"""Field without effect.

The product knows the field, but ignores it in this kind of file, from this source or without another field.
For example, an agent from a plugin cannot define hooks, a command is always named after its file, and the
``agent`` of a skill only counts if the skill forks.

## Why

The field has no effect here.

## Example

```markdown commands/deploy.md
---
name: ship-it
description: Deploys the project
---
```

## Use instead

```markdown commands/deploy.md
---
description: Deploys the project
---
```
"""

from agentls.linter.api import Change, Context, Edit, Effect, Effects, File, Finding, Fix, Iterator, Span
from agentls.outcome import tool_entries
from agentls.products import FieldSpec
from agentls.semantics import field_conditions
from agentls.syntax.document import Field
from agentls.workspace import presence

GROUPS = ("fields",)
SUPERSEDES = ("value", "tool", "name")
CASES = {
    "unmet": "a field that needs another one",
}


def check(context: Context, effects: Effects) -> Iterator[Finding]:
    file = context.file
    for field in file.document.fields:
        if found := _effect_and_message(file, field, effects):
            effect, message = found
            yield effect.finding(field.key, message, is_unnecessary=True, covers=field.span)


def _effect_and_message(file: File, field: Field, effects: Effects) -> tuple[Effect, str] | None:
    spec, name = file.dialect.fields.get(field.name), field.name
    if effect := effects.get(""):
        if reason := file.dialect.ignored.get(name):
            return effect, reason
        if spec and field_conditions.is_ignored(file, spec):
            return effect, spec.otherwise or f"`{name}` has no effect here. {effect.text}"
    effect = effects.get("unmet")
    if effect and spec and (lack := _lack(file, spec, field)):
        return effect, f"`{name}` has no effect without {lack}. {effect.text}"
    return None


def _lack(file: File, spec: FieldSpec, field: Field) -> str:
    """What else the field needs, in words; empty for nothing, and where that has a finding of its own."""
    if needed := field_conditions.unmet(file, spec):
        other, value = needed
        is_wrong = any(error.field == other for error in file.dialect.errors(file.values))
        return "" if is_wrong else f"`{other}: {value}`"
    if spec.requires_tool and file.items(field) and not _has_tool(file, spec.requires_tool):
        return f"the tool `{spec.requires_tool}`"
    return ""


def _has_tool(file: File, tool: str) -> bool:
    """Whether no list leaves the tool out, as far as that is known: its own tools count for it."""
    fields = list(tool_entries.tool_fields(file))
    names = {
        name
        for field in fields
        for entry in tool_entries.entries(file, field)
        for name in (entry.item.text, entry.tool.name if entry.tool else "")
    }
    if not fields or not names.isdisjoint(file.dialect.tools.wildcards):
        return True
    return any(name == tool or name.startswith(f"{tool}/") for name in names)


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    field = next((field for field in file.document.fields if field.key == finding.span), None)
    # Without its line, JSON would keep a comma too many.
    if field and not file.dialect.format.quotes_keys:
        edits = (Edit(span, "") for span in file.document.removals([field]))
        yield Fix(f"Remove `{field.name}`", Change.of(file.path, *edits))
        spec = file.dialect.fields.get(field.name)
        needed = field_conditions.unmet(file, spec) if spec else None
        named = file.values.get(field.name)
        is_agent = spec is not None and spec.holds == "agent"
        # It would make the field count, and so an agent that is not there.
        is_usable = not is_agent or (isinstance(named, str) and presence.has_agent(context, named))
        if needed and is_usable and file.document.field(needed[0]) is None:
            line = f"{needed[0]}: {needed[1]}"
            new = Edit(Span(field.key.start, field.key.start), f"{line}{file.text.newline}")
            yield Fix(f"Add `{line}`", Change.of(file.path, new))
