"""Front matter closed too early.

Some products end the front matter at the first ``---``, even in the middle of a value, and all of them at the
first line of that kind.
Everything after it is no longer front matter: the rest of the value and all fields below it become the first
lines of the body.

## Why

The file may still load, but it silently loses the fields below; without its name or its description, it does
not load at all.

## Example

```markdown
---
name: reviewer
description: Reviews code --- style, tests and names
tools: Read, Grep
---
```

## Use instead

```markdown
---
name: reviewer
description: Reviews code — style, tests and names
tools: Read, Grep
---
```
"""

import re

from agentls.linter.api import Change, Context, Edit, Effects, File, Finding, Fix, Iterator, Span
from agentls.syntax import parsing
from agentls.text.source import Text

GROUPS = ("front-matter",)
CASES = {
    "skipped": "a required field is lost",
    "cut": "a value or a field is lost",
    "rest": "no field is lost",
}

_DASHES = re.compile(r"-{3,}")
_NEXT_FENCE = re.compile(r"^---[^\S\r\n]*$", re.MULTILINE)
_KEY = re.compile(r"(?P<key>[A-Za-z_][\w-]*):(?:\s|\Z)")
# Words behind the dashes, unless a field begins there at once.
_REST = re.compile(r"(?![A-Za-z_][\w-]*:\s)[^\r\n]*")


def check(context: Context, effects: Effects) -> Iterator[Finding]:
    file = context.file
    document = file.document
    # Where the end is missing altogether, there is another finding.
    if document.closing is None or any(not problem.is_recoverable for problem in document.problems):
        return
    dashes = _DASHES.search(file.text.source, document.content.start, document.content.end)
    if dashes is None:
        if (lost := _fields_below(file)) and (effect := effects.get("cut")):
            what = f"The front matter ends at this line, so {_and([f'`{name}`' for name in lost])} is lost."
            yield effect.finding(document.closing, f"{what} {effect.text}", ("line",))
        return
    span = Span(*dashes.span())
    hurt = [field for field, _ in file.specified_fields if field.span.end > span.start]
    variant = "skipped" if not _still_loads(file, span.start) else "cut" if hurt else "rest"
    effect = effects.get(variant)
    if effect:
        lost = [f"`{field.name}`" for field in hurt if field.span.start > span.start]
        what = f"The front matter ends at these dashes{f', so {_and(lost)} is lost' if lost else ''}."
        yield effect.finding(span, f"{what} {effect.text}")


def _fields_below(file: File) -> list[str]:
    """The fields between the end of the front matter and another fence, if nothing else is there."""
    source, document = file.text.source, file.document
    start = document.closing.end if document.closing else document.body.start
    end = _NEXT_FENCE.search(source, start)
    rest = _REST.match(source, start)
    below = source[rest.end() if rest else start : end.start()] if end else ""
    names: list[str] = []
    for line in below.splitlines():
        key = _KEY.match(line)
        if key and key["key"] in file.dialect.known:
            names.append(key["key"])
        elif line.strip() and not (names and line.startswith((" ", "\t", "#", "- "))):
            return []
    return list(dict.fromkeys(names))


def _still_loads(file: File, end: int) -> bool:
    """Whether what remains of the front matter has what the product asks for."""
    remains = parsing.read(file.dialect.format, Text(f"{file.text.source[:end]}\n---\n"), file.dialect.known)
    if remains.problems and not remains.is_recovered:
        return False
    required = [name for name, spec in file.dialect.fields.items() if spec.required]
    return all(remains.string(name) or not file.document.string(name) for name in required)


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    content = file.document.content
    if finding.data:
        # A field that begins behind the dashes stays.
        is_field = _KEY.match(file.text.source, finding.span.end)
        span = finding.span if is_field else file.text.lines_around(finding.span)
        yield Fix(
            "Remove this end of the front matter", Change.of(file.path, Edit(span, "")), is_preferred=True
        )
        return
    runs = [Span(*match.span()) for match in _DASHES.finditer(file.text.source, content.start, content.end)]
    if all(_is_between_words(file, run) for run in runs):
        yield _everywhere(file, runs, "—", "Change to an em dash `—`", is_preferred=True)
    # Two are enough for a line in a comment and for a table, and for a dash between words.
    yield _everywhere(file, runs, "--", "Shorten to two dashes", is_preferred=False)


def _is_between_words(file: File, run: Span) -> bool:
    source = file.text.source
    around = source[run.start - 1], source[run.end : run.end + 1]
    return file.document.field_at(run.start) is not None and all(side and side in " \t" for side in around)


def _everywhere(file: File, runs: list[Span], sign: str, title: str, *, is_preferred: bool) -> Fix:
    """Every run of dashes, because each of them would be the end."""
    return Fix(title, Change.of(file.path, *(Edit(run, sign) for run in runs)), is_preferred=is_preferred)
