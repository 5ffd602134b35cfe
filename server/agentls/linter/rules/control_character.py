r"""Control character.

It is usually left over from an escape: a program read ``\b`` in ``src\backend`` as backspace (U+0008), and
``ackend`` remained.
Others are terminal colors, Windows-1252 bytes that were read as Latin-1, or half of a UTF-16 character.

## Why

The model reads a damaged word, and the damage is hard to notice: editors show little or nothing.

## Example

```markdown agents/reviewer.md escaped
---
name: reviewer
description: Reviews code
---

Look into src\u{8}ackend first.
```

## Use instead

```markdown agents/reviewer.md escaped
---
name: reviewer
description: Reviews code
---

Look into src\backend first.
```
"""

import re

from agentls.linter import unusual_characters
from agentls.linter.api import Change, Context, Edit, Effects, Finding, Fix, Iterator, Span
from agentls.text import mojibake
from agentls.text.mojibake import halves

GROUPS = ("encoding",)
CASES = {"front-matter": "in the front matter"}
CHARACTERS = "\x01-\x08\x0b-\x1f\x7f-\x9f\xa0-\xff"
_SPOT = re.compile(
    "\x1b\\[[0-9;]*[A-Za-z]"  # a terminal's colours
    "|(?<![^\\n])\x0c(?=\\r?\\n|\\Z)"  # a page break on a line of its own, as some editors make it
    "|(?<=[<=>])[\xa0-\xff]|[\x01-\x08\x0b-\x1f\x7f-\x9f]"
)
_ESCAPES = {"\x07": "\\a", "\x08": "\\b", "\x0b": "\\v", "\x0c": "\\f", "\x0d": "\\r", "\x1b": "\\e"}
# What YAML may hold.
_ALLOWED = frozenset(map(chr, (0x0D, *range(0xA0, 0x100))))
_WORD = re.compile(r"\w{1,20}")


def check(context: Context, effects: Effects) -> Iterator[Finding]:
    file = context.file
    source, fields = file.text.source, file.document.content
    if file.origin and file.origin.is_misread:
        return
    for match in _spots(source):
        meant = _meant(source, match)
        span = Span(*match.span())
        candidates = (
            () if meant in _ESCAPES.values() or len(match.group()) > 1 else _halves(source, span.start)
        )
        if candidates and candidates[0] > "\uffff":
            span = Span(span.start - 1, span.end)
            meant = None
        words = _complaint(source, match, meant)
        if candidates and meant is None:
            offered = " or ".join(f"`{one}`" for one in candidates)
            words = f"{words} It may have been {offered} in UTF-16, cut in half."
        choices = (meant,) if meant else candidates
        is_refused = span.start in fields and match.group() not in _ALLOWED
        in_fields = effects.get("front-matter") if is_refused else None
        if effect := in_fields or effects.get(""):
            yield effect.finding(span, f"{words} {effect.text}", choices)


def _spots(source: str) -> Iterator[re.Match[str]]:
    printable, returns = halves.printable(source), unusual_characters.inner_returns(source)
    for match in _SPOT.finditer(source):
        char, start = match.group(), match.start()
        if char == "\x0c" and source[start - 1 : start] in ("", "\n"):
            continue
        if (char == "\r" and start not in returns) or (
            "\xa0" <= char <= "\xff" and start - 1 not in printable
        ):
            continue
        yield match


def _halves(source: str, start: int) -> tuple[str, ...]:
    """What stood here if the text was UTF-16 and only the low byte of each unit was kept."""
    char = source[start]
    return halves.pictures(source[start - 1 : start], char) or (halves.sign(char) if char < " " else ())


def _meant(source: str, match: re.Match[str]) -> str | None:
    """What probably stood here."""
    char = match.group()
    if len(char) > 1:
        return None
    if char in _ESCAPES:
        return _ESCAPES[char] if _WORD.match(source, match.end()) else None
    is_c1 = "\x80" <= char <= "\x9f"
    meant = mojibake.misread(char.encode("latin-1"), "windows-1252") if is_c1 else char
    return meant if meant != char else None


def _complaint(source: str, match: re.Match[str], meant: str | None) -> str:
    char = match.group()
    if len(char) > 1:
        return "Terminal color code."
    name = unusual_characters.title(char)
    if char >= "\xa0":
        return f"{name} after `{source[match.start() - 1]}`."
    if meant is None:
        return f"Control character {name}."
    if char in _ESCAPES:
        word = _WORD.match(source, match.end())
        escape = meant + (word.group() if word else "")
        return f"Control character {name}, probably from an unescaped `{escape}`."
    return f"Control character {name}, probably `{meant}` from Windows-1252 that was read as Latin-1."


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    for meant in finding.data:
        change = Change.of(file.path, Edit(finding.span, meant))
        yield Fix(f"Restore `{meant}`", change, is_preferred=len(finding.data) == 1)
    # The sign before half a picture may be one after all.
    start = finding.span.start + (file.text.source[finding.span.start] in "<=>")
    remove = Change.of(file.path, Edit(Span(start, finding.span.end), ""))
    yield Fix("Remove it", remove, is_preferred=not finding.data)
