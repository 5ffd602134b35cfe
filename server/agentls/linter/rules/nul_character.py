r"""A NUL character (U+0000) in the text.

It is what is left of a program that filled a file with empty bytes, or that wrote UTF-16 into it.

## Why

No YAML parser accepts it, so front matter that holds one cannot be read.
In the body, Git and most editors take the file for binary data.

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

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agentls.findings import Change, Edit, Finding, Fix
from agentls.linter import unusual_characters
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.semantics.file import File
    from agentls.workspace import View

RULE = "nul-character"
GROUPS = ("encoding",)
CASES = {
    "front-matter": "in the front matter",
    "body": "below the front matter",
}
_RUN = re.compile("\x00+")


def check(view: View, file: File) -> Iterator[Finding]:
    if "\0" not in unusual_characters.unusual(file.text.source):
        return
    content = file.document.content
    for match in _RUN.finditer(file.text.source):
        is_inside = content.start <= match.start() < content.end
        effect = file.effect(f"{RULE}.{'front-matter' if is_inside else 'body'}")
        if effect:
            count = match.end() - match.start()
            says = "A NUL character (U+0000)." if count == 1 else f"{count} NUL characters (U+0000)."
            yield Finding(RULE, effect.severity, Span(*match.span()), f"{says} {effect.text}")


def fix(view: View, file: File, finding: Finding) -> Iterator[Fix]:
    title = "Remove it" if finding.span.length == 1 else "Remove them"
    yield Fix(title, Change.of(file.path, Edit(finding.span, "")), is_safe=True, is_preferred=True)
