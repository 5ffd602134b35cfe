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

from __future__ import annotations

from typing import TYPE_CHECKING

from agentls.findings import Finding, Fix, Related
from agentls.refactoring import new_files
from agentls.text.similar_words import did_you_mean
from agentls.workspace import symbols

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.semantics.file import File
    from agentls.workspace import ScopedView

RULE = "missing-skill"
GROUPS = ("references",)


def check(view: ScopedView, file: File) -> Iterator[Finding]:
    effect = file.effect(RULE)
    if effect is None or not view.is_complete:
        return
    for reference in file.references:
        if reference.kind != "skill" or symbols.has_skill(view, file, reference.name):
            continue
        meant = symbols.closest_name(view, file, "skill", reference.name)
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
        yield Finding(RULE, effect.severity, reference.span, message, data, related=related)


def fix(view: ScopedView, file: File, finding: Finding) -> Iterator[Fix]:
    for meant in finding.data:
        yield Fix.replacing(file.path, finding.span, meant)
    yield from new_files.creation_fixes(view, file, "skill", file.text.slice(finding.span))
