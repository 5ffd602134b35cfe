"""Nobody can call it.

One field keeps users from calling the skill, and another one keeps the model from it.

## Why

Each of the fields leaves one way to call it.
With both there is none, and agents cannot preload it either.

## Example

```markdown skills/deploy/SKILL.md
---
description: Deploys to production
disable-model-invocation: true
user-invocable: false
---
```

## Use instead

```markdown skills/deploy/SKILL.md
---
description: Deploys to production
disable-model-invocation: true
---
```
"""

from agentls.linter.api import Change, Context, Edit, Effect, Finding, Fix, Iterator

GROUPS = ("fields",)
FIELDS = ("disable-model-invocation",)

# What a product that is not strict takes for true and false.
_WORDS = {
    "true": True,
    "yes": True,
    "on": True,
    "1": True,
    "false": False,
    "no": False,
    "off": False,
    "0": False,
}


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file = context.file
    callers = file.dialect.callers
    fields = [field for field in file.document.fields if field.name in callers]
    wrong = {error.field for error in file.dialect.errors({name: file.values.get(name) for name in callers})}
    closed = [
        name
        for name, value in callers.items()
        if name not in wrong and _WORDS.get(str(file.values.get(name)).casefold()) is value
    ]
    if closed and len(closed) == len(callers):
        others = " and ".join(f"`{field.name}`" for field in fields)
        yield effect.finding(
            fields[-1].span, f"Nobody can call this {file.dialect.kind}: {others} together. {effect.text}"
        )


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    for field in file.document.fields:
        if field.name in file.dialect.callers:
            edits = (Edit(lines, "") for lines in file.document.lines_of(field))
            yield Fix(f"Remove `{field.name}`", Change.of(file.path, *edits))
