r"""NUL character.

It is left over from a program that filled a file with empty bytes, or that wrote UTF-16 into it.

## Why

No YAML parser accepts it, so front matter that contains one cannot be read.
In the body, it makes Git and most editors treat the file as binary data.

## Example

```markdown agents/reviewer.md escaped
---
name: reviewer
description: Reviews code
---

Read the tests first.\u{0}
```

## Use instead

```markdown agents/reviewer.md escaped
---
name: reviewer
description: Reviews code
---

Read the tests first.
```
"""

import re

from agentls.linter.api import Change, Context, Edit, Effects, Finding, Fix, Iterator, Span

GROUPS = ("encoding",)
CASES = {
    "front-matter": "in the front matter",
    "body": "below the front matter",
}
CHARACTERS = "\x00"
_RUN = re.compile("\x00+")


def check(context: Context, effects: Effects) -> Iterator[Finding]:
    file = context.file
    content = file.document.content
    for match in _RUN.finditer(file.text.source):
        is_inside = content.start <= match.start() < content.end
        effect = effects.get("front-matter" if is_inside else "body")
        if effect:
            count = match.end() - match.start()
            says = "NUL character (U+0000)." if count == 1 else f"{count} NUL characters (U+0000)."
            yield effect.finding(Span(*match.span()), f"{says} {effect.text}")


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    title = "Remove it" if finding.span.length == 1 else "Remove them"
    yield Fix(title, Change.of(file.path, Edit(finding.span, "")), is_safe=True, is_preferred=True)
