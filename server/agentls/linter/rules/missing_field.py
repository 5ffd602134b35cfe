"""Missing required field.

The name and the description have their own rules.

## Why

Without the field, the product has nothing to pass to the model.

## Example

```toml .codex/agents/reviewer.toml
name = "reviewer"
description = "Reviews code"
```

## Use instead

```toml .codex/agents/reviewer.toml
name = "reviewer"
description = "Reviews code"
developer_instructions = "You review code."
```
"""

from agentls.linter.api import Context, Effect, Finding, Iterator
from agentls.linter.field_names import stands_in

GROUPS = ("fields",)
_ELSEWHERE = {"name", "description"}


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file, view = context.file, context.view
    if view.declaration(file.path):
        return
    fields = file.document.fields
    for field, spec in file.specified_fields:
        said = file.document.string(field.name)
        word = next((word for word in spec.words if word.is_text and word.name == said), None)
        wanted = (word.needs if word else ()) or spec.needs
        if wanted and not any(file.document.field(name) or stands_in(file, name) for name in wanted):
            what, needs = f"`{field.name}: {said}`" if word and word.needs else f"`{field.name}`", _or(wanted)
            yield effect.finding(field.key, f"{needs} is missing: {what} needs it. {effect.text}")
    for name in sorted(file.dialect.required - _ELSEWHERE) if fields else ():
        if file.document.field(name) is None and not stands_in(file, name):
            at = (file.document.field("name") or fields[0]).key
            yield effect.finding(at, f"`{name}` is missing. {effect.text}")


def _or(names: tuple[str, ...]) -> str:
    return " or ".join(f"`{name}`" for name in names)
