r"""Lines that end in different ways.

Some end with CR LF as on Windows, others with LF.

## Why

The products read both.
Diffs show changes in lines that nobody changed, and some editors show the odd ends as signs.

## Example

```markdown agents/reviewer.md escaped
---
name: reviewer
description: Reviews code
---

Read the tests first.\u{d}
Then the code.
```

## Use instead

```markdown agents/reviewer.md escaped
---
name: reviewer
description: Reviews code
---

Read the tests first.
Then the code.
```
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from agentls.findings import Change, Edit, Finding, Fix
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.semantics.file import File
    from agentls.workspace import View

RULE = "mixed-line-endings"
GROUPS = ("encoding",)
_BREAK = re.compile(r"\r\n?|\n")
_NAMES = {"\r\n": "CR LF", "\n": "LF", "\r": "CR"}


def check(view: View, file: File) -> Iterator[Finding]:
    effect = file.effect(RULE)
    if effect is None or "\r" not in file.text.source:
        return
    breaks = list(_BREAK.finditer(file.text.source))
    counts = Counter(match.group() for match in breaks)
    if len(counts) > 1:
        usual = counts.most_common(1)[0][0]
        first = next(match for match in breaks if match.group() != usual)
        words = " and ".join(f"{count} with {_NAMES[end]}" for end, count in counts.most_common())
        message = f"Lines end in different ways: {words}. {effect.text}"
        yield Finding(RULE, effect.severity, Span(*first.span()), message, (usual,))


def fix(view: View, file: File, finding: Finding) -> Iterator[Fix]:
    (usual,) = finding.data
    odd = [match for match in _BREAK.finditer(file.text.source) if match.group() != usual]
    change = Change.of(file.path, *(Edit(Span(*match.span()), usual) for match in odd))
    yield Fix(f"End every line with {_NAMES[usual]}", change, is_safe=True, is_preferred=True)
