"""User-only skill in an agent.

The agent's ``skills`` list contains a skill or a command with ``disable-model-invocation: true``, which only
users can call, by typing its name.

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

from agentls.linter.api import Context, Effect, Finding, Iterator, Related

GROUPS = ("references",)
REFERENCES = ("skill",)


def check(context: Context, effect: Effect) -> Iterator[Finding]:
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
