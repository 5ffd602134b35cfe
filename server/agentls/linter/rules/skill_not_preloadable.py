"""Skill that is not preloaded.

The agent's ``skills`` list contains a skill or a command with ``disable-model-invocation: true``, which only
users can call, by typing its name, or it has more names than the product preloads.

## Why

The agent silently starts without the skill's text.

## Example

```markdown
---
name: releaser
description: Prepares a release
skills: deploy
---
```

```markdown skills/deploy/SKILL.md
---
description: Deploys to production
disable-model-invocation: true
---
```

## Use instead

```markdown
---
name: releaser
description: Prepares a release
skills: deploy
---
```

```markdown skills/deploy/SKILL.md
---
description: Deploys to production
---
```
"""

from agentls.linter.api import Context, Effect, Effects, Finding, Iterator, Related
from agentls.outcome import preloaded_skills

GROUPS = ("references",)
REFERENCES = ("skill",)
CASES = {
    "limit": "more names than the product preloads",
}


def check(context: Context, effects: Effects) -> Iterator[Finding]:
    if effect := effects.get(""):
        yield from _only_for_users(context, effect)
    if effect := effects.get("limit"):
        yield from _beyond_limit(context, effect)


def _beyond_limit(context: Context, effect: Effect) -> Iterator[Finding]:
    file = context.file
    if not (left_out := preloaded_skills.beyond_limit(file)):
        return
    first, count = left_out[0], len({reference.name for reference in left_out})
    most = file.dialect.fields[first.field.name].most if first.field else None
    others = f" and {count - 1} more" if count > 1 else ""
    message = f"Only the first {most} different names count, not `{first.name}`{others}. {effect.text}"
    yield effect.finding(first.span, message)


def _only_for_users(context: Context, effect: Effect) -> Iterator[Finding]:
    file, view = context.file, context.view
    for reference in file.references:
        found = view.resolve("skill", reference.name) if reference.kind == "skill" else ()
        # Of several it may be one of the others that is taken.
        if found and all(definition.is_for_users for definition in found):
            message = (
                f"The {found[0].kind} `{reference.name}` has `disable-model-invocation: true`. {effect.text}"
            )
            related = tuple(Related(d.path, d.location, "Only users can call this one") for d in found)
            yield effect.finding(reference.span, message, related=related)
