r"""Invisible characters.

Tag characters, variation selectors and other invisible characters can spell hidden text; the message decodes
it.
Direction controls make a line look different from what it says.
Zero-width spaces, soft hyphens and similar characters come with text that was copied from a web page.

Characters that emoji, or Arabic, Hebrew, Indic, Thai, Chinese or Japanese text need are not reported.

## Why

The model reads text that nobody who reviews the file can see.
In a name or a key, an invisible character makes it a different name.

## Example

```markdown agents/reviewer.md escaped
---
name: reviewer
description: Reviews code
---

Read the tests.\u{e0052}\u{e0075}\u{e006e}
```

## Use instead

```markdown agents/reviewer.md escaped
---
name: reviewer
description: Reviews code
---

Read the tests.
```
"""

from agentls.linter import unusual_characters
from agentls.linter.api import Change, Context, Edit, Effects, File, Finding, Fix, Iterator, Span
from agentls.text import invisible_characters
from agentls.text.invisible_characters import Hidden
from agentls.text.mojibake import halves

GROUPS = ("encoding", "security")
CASES = {
    "text": "they spell hidden text",
    "direction": "they change the direction of the text",
    "syntax": "in a key, a name or a list",
    "nothing": "elsewhere",
}
SUPERSEDES = ("value", "field", "tool", "name")
CHARACTERS = invisible_characters.ALL
# Enough to see what it is about.
_LONGEST_SHOWN = 200


def check(context: Context, effects: Effects) -> Iterator[Finding]:
    file = context.file
    source = file.text.source
    if file.origin and file.origin.is_misread:
        return
    fence = file.document.opening.start if file.document.opening and file.document.problems else -1
    pictures = halves.printable(source)
    for found in invisible_characters.find(source):
        # What is left of a picture is told as that.
        if found.start - 1 in pictures:
            continue
        # The mark at the very start has a rule of its own.
        if found.start == 0 and source[: found.end] == "\ufeff":
            continue
        # So has what hides the front matter.
        if found.end == fence and file.document.problems[0].kind == "misplaced-invisible":
            continue
        variant = _variant(file, found)
        effect = effects.get(variant)
        if effect:
            span = Span(found.start, found.end)
            message = f"{_complaint(source, found)} {effect.text}"
            covers = unusual_characters.word_around(file, span) if variant == "syntax" else None
            yield effect.finding(span, message, covers=covers)


def _variant(file: File, found: Hidden) -> str:
    if found.kind != "nothing":
        return found.kind
    return "syntax" if unusual_characters.is_in_syntax(file, found.start) else "nothing"


def _complaint(source: str, found: Hidden) -> str:
    run = source[found.start : found.end]
    count = len(run)
    what = (
        unusual_characters.title(run[0])
        if len(set(run)) == 1 and count == 1
        else f"{count} invisible characters"
    )
    says = found.says[:_LONGEST_SHOWN]
    if found.kind == "direction":
        return f"{what}: the text after it is displayed in a different order than it is read: `{says}`."
    if says:
        return f"{what} that spell `{says}`."
    return f"{what}, an invisible character." if count == 1 else f"{what}."


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    title = "Remove it" if finding.span.length == 1 else "Remove them"
    yield Fix(title, Change.of(file.path, Edit(finding.span, "")), is_preferred=True)
