"""Hook that cannot run.

The command of a hook names a script that does not exist, or a variable that is not there.

## Why

The hook fails each time, and the product goes on without it.

## Example

```markdown
---
name: reviewer
description: Reviews code
hooks:
  PreToolUse:
    - matcher: Bash
      hooks:
        - type: command
          command: ./scripts/none.sh
---
```

## Use instead

```markdown
---
name: reviewer
description: Reviews code
hooks:
  PreToolUse:
    - matcher: Bash
      hooks:
        - type: command
          command: echo checked
---
```
"""

from agentls.linter.api import Context, Effects, Finding, Fix, Iterator
from agentls.outcome import hook_commands

GROUPS = ("hooks",)
ABOUT = "value"
FIELDS = ("hooks",)
CASES = {
    "script": "a script that does not exist",
    "plugin": "a variable of plugins outside of a plugin",
    "variable": "a misspelled variable of the product",
    "braces": "a variable without braces where only those are replaced",
}


def check(context: Context, effects: Effects) -> Iterator[Finding]:
    if effect := effects.get("script"):
        for script in hook_commands.scripts(context.file):
            if context.view.exists(script.path) is False:
                message = f"`{script.name}` does not exist in {script.place}."
                yield effect.finding(script.span, f"{message} {effect.text}")
    for one in hook_commands.variables(context.file):
        if effect := effects.get(one.case):
            yield effect.finding(one.span, f"{one.message} {effect.text}", one.data)


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    for written in finding.data:
        yield Fix.replacing(context.file.path, finding.span, written)
