"""Skill not found.

agentls searches the project, its parent folders up to the root of the repository, the user folder, the
plugins in the workspace, and the plugins that are installed and enabled.
If an enabled plugin cannot be read, nothing is reported, since any name could be one of its skills.
Names with a marketplace (``name@market``) and names from plugins that are not available here cannot be
checked.

## Why

An agent silently starts without the skills that do not exist.

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
from agentls.workspace import close_names, presence

GROUPS = ("references",)
ABOUT = "name"
REFERENCES = ("skill",)


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file, view = context.file, context.view
    if not view.is_complete:
        return
    named = {reference.name for reference in file.references if reference.kind == "skill"}
    for reference in file.references:
        if reference.kind != "skill" or presence.has_skill(context, reference.name):
            continue
        meant = close_names.closest_name(context, "skill", reference.name)
        if meant in named:
            meant = None
        elsewhere = view.foreign_skills(reference.name)
        related = tuple(
            Related(
                d.path,
                d.location,
                f"Found here, in a folder that {file.dialect.product} does not read",
            )
            for d in elsewhere
        )
        cause = ""
        if elsewhere:
            cause = f": {file.dialect.product} does not read `{view.display_path(elsewhere[0].path)}`"
        message = f"Skill `{reference.name}` not found{cause}. {effect.text}{did_you_mean(meant)}"
        data = (meant,) if meant else ()
        yield effect.finding(reference.span, message, data, related=related)


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    for meant in finding.data:
        yield Fix.replacing(file.path, finding.span, meant)
    yield from new_files.creation_fixes(context, "skill", file.text.slice(finding.span))
