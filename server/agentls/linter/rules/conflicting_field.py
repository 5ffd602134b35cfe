"""Fields that exclude each other.

The value of one field, or the field itself, allows only some of the others.

## Why

Some products have several kinds of agents, each with fields of its own, and refuse a file that mixes them.

## Example

```markdown .gemini/agents/reviewer.md
---
name: reviewer
description: Reviews code
kind: remote
agent_card_url: https://example.org/card.json
max_turns: 5
---
```

## Use instead

```markdown .gemini/agents/reviewer.md
---
name: reviewer
description: Reviews code
kind: remote
agent_card_url: https://example.org/card.json
---
```
"""

from agentls.linter.api import Change, Context, Edit, Effect, File, Finding, Fix, Iterator

GROUPS = ("fields",)


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file = context.file
    excluded: dict[str, str] = {}
    for name, by, reason in (*_by_values(file), *_by_fields(file)):
        # What must not be there itself excludes nothing.
        if by not in excluded:
            excluded.setdefault(name, reason)
    for field in file.document.fields:
        if field.name in excluded:
            message = f"`{field.name}` is not allowed with {excluded[field.name]}. {effect.text}"
            yield effect.finding(field.key, message)


def _by_values(file: File) -> Iterator[tuple[str, str, str]]:
    """Fields that must not be there, each with the field that says so, and how it does."""
    for field, spec in file.specified_fields:
        said = file.document.string(field.name)
        for word in spec.words:
            if word.excludes and word.name == said:
                yield from ((name, field.name, f"`{field.name}: {said}`") for name in word.excludes)


def _by_fields(file: File) -> Iterator[tuple[str, str, str]]:
    for field, spec in file.specified_fields:
        yield from ((name, field.name, f"`{field.name}`") for name in spec.excludes)


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    field = next((field for field in file.document.fields if field.key == finding.span), None)
    if field:
        edits = (Edit(span, "") for span in file.document.removals([field]))
        yield Fix(f"Remove `{field.name}`", Change.of(file.path, *edits))
