r"""Lone surrogate.

Programs that count in UTF-16 may cut a character in half, such as an emoji.

## Why

Half of a character cannot be saved as UTF-8: the editor saves something else, or nothing.

## Example

```markdown agents/reviewer.md escaped
---
name: reviewer
description: Reviews code
---

Ship it \u{d83d}
```

## Use instead

```markdown agents/reviewer.md escaped
---
name: reviewer
description: Reviews code
---

Ship it
```
"""

import re

from agentls.linter.api import Change, Context, Edit, Effect, Finding, Fix, Iterator, Span

GROUPS = ("encoding",)
CHARACTERS = "\ud800-\udfff"
_SPOT = re.compile("([\ud800-\udbff])([\udc00-\udfff])|[\ud800-\udfff]")


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file = context.file
    for match in _SPOT.finditer(file.text.source):
        halves = "".join(f" U+{ord(char):04X}" for char in match.group())
        is_pair = match[1] is not None
        says = (
            f"Two separate halves of one character:{halves}." if is_pair else f"Half of a character:{halves}."
        )
        yield effect.finding(Span(*match.span()), f"{says} {effect.text}")


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    halves = file.text.slice(finding.span)
    if len(halves) > 1:
        whole = halves.encode("utf-16", "surrogatepass").decode("utf-16")
        change = Change.of(file.path, Edit(finding.span, whole))
        yield Fix(f"Join the halves of `{whole}`", change, is_safe=True, is_preferred=True)
    else:
        yield Fix("Remove it", Change.of(file.path, Edit(finding.span, "")), is_preferred=True)
