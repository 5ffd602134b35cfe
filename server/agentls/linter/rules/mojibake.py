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

from functools import lru_cache
from typing import TYPE_CHECKING

from agentls.findings import Change, Edit, Finding, Fix
from agentls.text import mojibake
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.semantics.file import File
    from agentls.workspace import View

RULE = "mojibake"
GROUPS = ("encoding",)


def check(view: View, file: File) -> Iterator[Finding]:
    effect = file.effect(RULE)
    if file.text.source.isascii():
        return  # and the codecs' tables are not even loaded
    # Where the whole text is misread, nothing in it says anything about the file.
    if effect is None or (file.origin and file.origin.is_misread):
        return
    echoes = file.origin.echoes if file.origin else frozenset()
    for run in mojibake.find(file.text.source):
        if echoes and not echoes.isdisjoint(range(run.start, run.end)):
            continue
        span = Span(run.start, run.end)
        message = f"{_complaint(run.original, run.candidates, run.encoding)} {effect.text}"
        choices = ("certain", run.original) if run.original is not None else ("unsure", *run.candidates)
        yield Finding(RULE, effect.severity, span, message, choices, covers=span)


# Damage comes in many copies of the same few runs.
@lru_cache(maxsize=256)
def _complaint(original: str | None, candidates: tuple[str, ...], encoding: str) -> str:
    cause = f"(UTF-8 read as {mojibake.title(encoding)})"
    if original is not None:
        return f"Damaged text: this was `{original}` {cause}."
    if candidates:
        return f"Damaged text: this was {' or '.join(f'`{choice}`' for choice in candidates)} {cause}."
    return f"Damaged text {cause}."


def fix(view: View, file: File, finding: Finding) -> Iterator[Fix]:
    certainty, *choices = finding.data
    for choice in choices:
        is_certain = certainty == "certain"
        change = Change.of(file.path, Edit(finding.span, choice))
        yield Fix(f"Restore `{choice}`", change, is_safe=is_certain, is_preferred=is_certain)
