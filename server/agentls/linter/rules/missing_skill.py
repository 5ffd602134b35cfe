"""A skill that is nowhere to be found.

The project, the parent folders up to the repository's root, the user's own folder, the plugins in the
workspace and those that are installed and switched on were searched.
Where a plugin is switched on and cannot be read, any name may be its own, and nothing is said.
Names with a marketplace (``name@market``) and those of plugins that are not here cannot be checked.

## Why

An agent starts without the skills that do not exist, and nobody is told.

## Example

```markdown
---
name: reviewer
description: Reviews code
skills: no-such-skill
---
```

## Use instead

```markdown
---
name: reviewer
description: Reviews code
skills: code-review
---
```
"""

from agentls.linter.api import Context, Effect, Finding, Fix, Iterator, Related
from agentls.refactoring import new_files
from agentls.text.similar_words import did_you_mean
from agentls.workspace import symbols

GROUPS = ("references",)
ABOUT = "name"
REFERENCES = ("skill",)


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file, view = context.file, context.view
    if not view.is_complete:
        return
    for reference in file.references:
        if reference.kind != "skill" or symbols.has_skill(context, reference.name):
            continue
        meant = symbols.closest_name(context, "skill", reference.name)
        elsewhere = view.foreign_skills(reference.name)
        related = tuple(
            Related(
                d.path,
                d.location,
                f"There is one here, in a folder that {file.dialect.product} does not read",
            )
            for d in elsewhere
        )
        message = f"There is no skill `{reference.name}`. {effect.text}{did_you_mean(meant)}"
        data = (meant,) if meant else ()
        yield effect.finding(reference.span, message, data, related=related)


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    for meant in finding.data:
        yield Fix.replacing(file.path, finding.span, meant)
    yield from new_files.creation_fixes(context, "skill", file.text.slice(finding.span))
