r"""File is not UTF-8.

The message says where the first invalid byte is, and names the encoding if only one makes sense of the file.
The encoding is proven, never guessed: the whole file must decode to text in which nothing is odd.

## Why

Products read every file as UTF-8 and replace each invalid byte with U+FFFD.
To them, a UTF-16 file has no front matter.
Editors hide the problem: each shows such a file in its own way.

## Example

```markdown agents/reviewer.md in-cp1252
---
name: reviewer
description: Reviews naïve code
---
```

## Use instead

```markdown agents/reviewer.md in-utf-8
---
name: reviewer
description: Reviews naïve code
---
```
"""

from agentls.linter.api import Change, Context, Edit, Effects, File, Finding, Fix, Iterator, Span
from agentls.text import mojibake
from agentls.text.decoding import Origin
from agentls.text.source import Text

GROUPS = ("encoding",)
CASES = {
    "bytes": "some bytes",
    "utf-16": "the whole file is UTF-16",
}


def check(context: Context, effects: Effects) -> Iterator[Finding]:
    file = context.file
    origin = file.origin
    if origin is None or origin.is_utf8:
        return
    effect = effects.get("utf-16" if origin.is_utf16 else "bytes")
    if effect is None:
        return
    line, column = origin.place
    line_end = file.text.line_span(line).end
    start = file.text.offset(line, column)
    span = Span(start, line_end if origin.is_utf16 else min(start + 1, line_end))
    parts = [_complaint(origin, line), _probably(origin), effect.text, _advice(origin)]
    yield effect.finding(span, " ".join(filter(None, parts)))


def _complaint(origin: Origin, line: int) -> str:
    if origin.is_utf16:
        return "The file is UTF-16, not UTF-8."
    offset = origin.first_bad or 0
    return f"The file is not UTF-8: byte 0x{origin.data[offset]:02X} at offset {offset}, in line {line + 1}."


def _probably(origin: Origin) -> str:
    names = [reading.name for reading in origin.readings]
    return f"It is {' or '.join(names)}." if names and not origin.is_utf16 else ""


def _advice(origin: Origin) -> str:
    """What to do where no edit of the text can help."""
    if origin.is_misread:
        right = next((reading.name for reading in origin.readings if reading.encoding), "UTF-8")
        wrong = mojibake.title(origin.encoding)
        return (
            f"Your editor shows it as {wrong}: reload it as {right} before you edit, then save it as UTF-8."
        )
    return "" if origin.encoding == "utf-8" and origin.readings else "Save it as UTF-8."


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    origin = file.origin
    # Where the text at hand was decoded otherwise, an edit cannot change how the editor saves it.
    if origin is None or origin.encoding != "utf-8":
        return
    is_certain = len(origin.readings) == 1
    for reading in origin.readings:
        change = Change.of(file.path, *_edits(file, reading.text))
        title = f"Convert from {reading.name} to UTF-8"
        yield Fix(title, change, is_safe=is_certain, is_preferred=is_certain)


def _edits(file: File, right: str) -> Iterator[Edit]:
    """Only the lines that differ, without what is alike at both of their ends."""
    other = Text(right)
    for line in range(len(file.text.line_starts)):
        span = file.text.line_span(line)
        old, new = file.text.slice(span), other.slice(other.line_span(line))
        if old != new:
            before = _length_alike(old, new)
            after = _length_alike(old[before:][::-1], new[before:][::-1])
            yield Edit(Span(span.start + before, span.end - after), new[before : len(new) - after])


def _length_alike(old: str, new: str) -> int:
    """How far two texts are alike from their start."""
    return next(
        (i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new))
    )
