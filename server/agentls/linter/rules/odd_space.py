r"""Non-breaking or other special space.

A special space where a plain space is needed.
Special spaces come from web pages and word processors, and look like a plain space.

## Why

YAML only recognizes plain spaces.
After a colon, in a key or in a name, any other space becomes part of the word it touches.

In text it does no such harm, so it is only a hint there.
It is not reported where it is correct: in French typography, between a number and its unit, and in Chinese
and Japanese text.

## Example

```markdown agents/reviewer.md escaped
---
name: reviewer
description: Reviews code
---

Read\u{a0}the tests first.
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

from agentls.linter import unusual_characters
from agentls.linter.api import Change, Context, Edit, Effects, Finding, Fix, Iterator, Span
from agentls.text.mojibake import halves

GROUPS = ("encoding",)
CASES = {
    "syntax": "in a key, a name or a list",
    "text": "in a text",
}
SUPERSEDES = ("value", "field", "tool", "name")
CHARACTERS = "\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_RUN = re.compile(f"[{CHARACTERS}]+")
# These take milliseconds to compile and are seldom needed, so `re` does it when they are.
# Between two parts of a number, before its unit, and where French sets punctuation apart.
_TYPOGRAPHY = (
    "(?<=[\\d«‹(§№])[\xa0\u2009\u202f](?=[\\w%‰°€$£«»›/×–—])"
    "|[\xa0\u202f\u2009](?=[;:!?»›%‰°€–—])|(?<=[«‹–—])[\xa0\u202f\u2009]"
)
_EAST_ASIAN = "(?<=[\u2e80-\u9fff\uac00-\ud7af\uff00-\uffee])\u3000|\u3000(?=[\u2e80-\u9fff\uff00-\uffee])"


def check(context: Context, effects: Effects) -> Iterator[Finding]:
    file = context.file
    source = file.text.source
    if file.origin and file.origin.is_misread:
        return
    pictures = halves.printable(source)
    for match in _RUN.finditer(source):
        start, end = match.span()
        is_syntax = unusual_characters.is_in_syntax(file, start)
        # What is left of a picture is told as that.
        if start - 1 in pictures or (not is_syntax and _is_right(source, start, end)):
            continue
        effect = effects.get("syntax" if is_syntax else "text")
        if effect:
            span = Span(start, end)
            covers = unusual_characters.word_around(file, span) if is_syntax else None
            names = " and ".join(map(unusual_characters.title, dict.fromkeys(match.group())))
            message = f"{names} instead of a plain space. {effect.text}"
            yield effect.finding(span, message, covers=covers)


def _is_right(source: str, start: int, end: int) -> bool:
    return any(
        match is not None and match.end() == end
        for match in (re.compile(pattern).match(source, start) for pattern in (_TYPOGRAPHY, _EAST_ASIAN))
    )


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    change = Change.of(file.path, Edit(finding.span, " " * finding.span.length))
    is_certain = unusual_characters.is_in_syntax(file, finding.span.start)
    yield Fix("Replace with a plain space", change, is_safe=is_certain, is_preferred=True)
