"""Hook event outside ``hooks``.

## Why

The event is meant as a safeguard, but at the top level it guards nothing.
Claude Code does not load such an agent, rather than run it without its safeguard.

## Example

```markdown
---
name: deployer
description: Deploys the project
PreToolUse:
  - matcher: Bash
    hooks:
      - type: command
        command: echo checked
---
```

## Use instead

```markdown
---
name: deployer
description: Deploys the project
hooks:
  PreToolUse:
    - matcher: Bash
      hooks:
        - type: command
          command: echo checked
---
```
"""

import re

from agentls.linter.api import Change, Context, Edit, Effect, Finding, Fix, Iterator, Span

GROUPS = ("fields",)

_FILLED_LINE = re.compile(r"(?:^|(?<=\r))(?=[^\r\n])", re.MULTILINE)


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file = context.file
    misplaced = file.dialect.misplaced
    for field in file.document.fields:
        if field.name in misplaced:
            under = misplaced[field.name]
            message = f"`{field.name}` belongs under `{under}`. {effect.text}"
            yield effect.finding(field.key, message, (under,))


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    (under,) = finding.data
    field = next((field for field in file.document.fields if field.key == finding.span), None)
    # Where the outer field is there as well, the two have to be put together by hand.
    if field is None or file.document.field(under) or not file.dialect.format.indents:
        return
    # Where that is ignored, too, nothing is gained.
    if file.scope in file.dialect.fields[under].ignored_in:
        return
    lines = Span(file.text.line_around(field.span.start).start, field.span.end)
    moved = _FILLED_LINE.sub("  ", file.text.slice(lines))
    edit = Edit(lines, f"{under}{file.dialect.format.sign}{file.text.newline}{moved}")
    yield Fix(f"Move it under `{under}`", Change.of(file.path, edit), is_preferred=True)
