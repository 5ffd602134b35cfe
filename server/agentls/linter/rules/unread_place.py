"""File in an unread folder.

A file in a folder that the product does not load from.

## Why

Products look for their files only at certain depths: Claude Code for ``SKILL.md`` in the folders directly
below ``skills``, Gemini CLI for agents in ``agents`` itself.
A file in a deeper folder, or without the folder it needs, is silently skipped.
Files that belong to a skill, such as its examples, are not reported.
In a plugin, ``agents`` and ``commands`` in ``plugin.json`` take the place of the folders of these names.
Where links cannot be made, Git leaves a file in place of a linked folder.

## Example

```markdown .claude/skills/web/deploy/SKILL.md
---
name: deploy
description: Deploys the site
---
```

## Use instead

```markdown .claude/skills/deploy/SKILL.md
---
name: deploy
description: Deploys the site
---
```
"""

import os

from agentls.linter.api import Change, Context, Effects, Finding, Fix, Iterator

GROUPS = ("fields",)
CASES = {
    "left-out": "the plugin's manifest lists other files",
    "no-folder": "the file is where a folder should be",
}


def check(context: Context, effects: Effects) -> Iterator[Finding]:
    file, obstacle = context.file, context.file.identity.obstacle
    effect = effects.get(obstacle.case if obstacle else "")
    opening = file.document.opening
    if file.identity.is_loaded_from or effect is None or _is_in_skill(context):
        return
    if obstacle:
        # What has no fields may be documentation.
        if opening or obstacle.case == "no-folder":
            yield effect.finding(opening or file.text.line_span(0), f"{obstacle.words} {effect.text}")
        return
    span = opening if opening and opening.length else file.text.line_span(0)
    meant = file.identity.meant
    says = f"does not load a file of this name: use `{meant}`" if meant else "does not load files from here"
    yield effect.finding(span, f"{file.dialect.product} {says}. {effect.text}", (meant,) if meant else ())


def _is_in_skill(context: Context) -> bool:
    """Whether the folder around a skill is a skill itself; while nobody has looked, it may be."""
    path = context.file.path
    around = os.path.dirname(os.path.dirname(path))
    is_skill = os.path.basename(path) == "SKILL.md"
    return is_skill and context.view.exists(os.path.join(around, "SKILL.md")) is not False


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    path = context.file.path
    for meant in finding.data:
        renamed = os.path.join(os.path.dirname(path), meant)
        yield Fix(f"Rename to `{meant}`", Change(renames={path: renamed}), is_preferred=True)
