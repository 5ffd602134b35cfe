"""Damaged text (mojibake).

UTF-8 text was read in another encoding and saved that way.
``â€”`` was a dash and ``âœ…`` was a check mark before a program read the file as Windows-1252, Mac Roman or
a similar encoding and wrote back what it saw.
The finding covers exactly one damaged run and shows what it was.

## Why

The model reads the garbled text as is, in the middle of its instructions.
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

from functools import lru_cache

from agentls.linter.api import Change, Context, Edit, Effect, Finding, Fix, Iterator, Span
from agentls.text import mojibake

GROUPS = ("encoding",)
SUPERSEDES = ("control-character", "invisible-character", "odd-space", "replacement-character")
# In plain ASCII nothing is damaged, and the codecs' tables are not even loaded.
CHARACTERS = "\x80-\U0010ffff"


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file = context.file
    # Where the whole text is misread, nothing in it says anything about the file.
    if file.origin and file.origin.is_misread:
        return
    echoes = file.origin.echoes if file.origin else frozenset()
    for run in mojibake.find(file.text.source):
        if echoes and not echoes.isdisjoint(range(run.start, run.end)):
            continue
        span = Span(run.start, run.end)
        message = f"{_complaint(run.original, run.candidates, run.encoding)} {effect.text}"
        choices = ("certain", run.original) if run.original is not None else ("unsure", *run.candidates)
        yield effect.finding(span, message, choices, covers=span)


# Damage comes in many copies of the same few runs.
@lru_cache(maxsize=256)
def _complaint(original: str | None, candidates: tuple[str, ...], encoding: str) -> str:
    cause = f"(UTF-8 read as {mojibake.title(encoding)})"
    if original is not None:
        return f"Damaged text: this was `{original}` {cause}."
    if candidates:
        return f"Damaged text: this was {' or '.join(f'`{choice}`' for choice in candidates)} {cause}."
    return f"Damaged text {cause}."


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    certainty, *choices = finding.data
    for choice in choices:
        is_certain = certainty == "certain"
        change = Change.of(file.path, Edit(finding.span, choice))
        yield Fix(f"Restore `{choice}`", change, is_safe=is_certain, is_preferred=is_certain)
