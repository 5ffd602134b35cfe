"""Damaged text: UTF-8 that was read in another encoding and saved that way.

``â€”`` was a dash and ``âœ…`` was a check mark before a program read the file as Windows-1252, Mac Roman or
the like and wrote back what it saw.
The finding covers exactly one damaged run and says what it was.

## Why

The model reads the debris as it stands, in the middle of its instructions.
No product notices.

## Example

```markdown
---
name: reviewer
description: Reviews code
---

âœ… Read the tests first.
```

## Use instead

```markdown
---
name: reviewer
description: Reviews code
---

✅ Read the tests first.
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentls import mojibake
from agentls.findings import Change, Edit, Finding, Fix
from agentls.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.file import File
    from agentls.workspace import View

RULE = "mojibake"
GROUPS = ("encoding",)


def check(view: View, file: File) -> Iterator[Finding]:  # noqa: ARG001
    effect = file.effect(RULE)
    if effect is None or effect.severity is None:
        return
    for run in mojibake.find(file.text.source):
        span = Span(run.start, run.end)
        choices = (run.original,) if run.original is not None else run.candidates
        meant = " or ".join(f"`{choice}`" for choice in choices)
        cause = f"UTF-8 read as {run.encoding}"
        says = f"Damaged text: this was {meant} ({cause})." if meant else f"Damaged text ({cause})."
        certain = ("certain",) if run.original is not None else ("unsure",)
        yield Finding(RULE, effect.severity, span, f"{says} {effect.text}", certain + choices)


def fix(view: View, file: File, finding: Finding) -> Iterator[Fix]:  # noqa: ARG001
    certainty, *choices = finding.data
    for choice in choices:
        is_certain = certainty == "certain"
        change = Change.of(file.path, Edit(finding.span, choice))
        yield Fix(f"Restore `{choice}`", change, certain=is_certain, preferred=is_certain)
