"""Front matter not recognized.

Front matter must start with ``---`` on the very first line of the file.
Here, a comment, other text, a code fence or an empty line comes first, or the fence is indented, has
too many or too few dashes, or is missing, or the front matter is TOML between two lines ``+++``.
Or the lines end with a carriage return (CR) alone, as they did before Mac OS X.

## Why

Products only look at the first line.
Everything after it is treated as text: the file silently loses its name, description and tools.

## Example

```markdown
<!-- Written by the platform team -->
---
name: reviewer
description: Reviews code
---
```

## Use instead

```markdown
---
name: reviewer
description: Reviews code
---
<!-- Written by the platform team -->
```
"""

import re

from agentls.linter.api import Change, Context, Edit, Effects, File, Finding, Fix, Iterator, Span
from agentls.syntax.nodes import plain

GROUPS = ("front-matter",)
SUPERSEDES = ("early-closing-fence", "invalid-value", "invalid-yaml")
PROBLEMS = ("misplaced-",)
# Some products read such a file all the same.
CASES = {
    "carriage-return": "the lines end with a carriage return alone",
    "word": "something follows `---` on the first line",
}

_PREFIX = "misplaced-"
_WORDS = {
    "indented": "This fence is indented",
    "dashes": "This fence is not three dashes",
    "comment": "A comment comes before the front matter",
    "code": "The front matter is inside a code block",
    "blank": "An empty line comes before the front matter",
    "missing": "The line `---` is missing before the front matter",
    "toml": "`+++` starts front matter in TOML, but it must be YAML between two lines `---`",
    "text": "Text comes before the front matter",
    "invisible": "An invisible character comes before the front matter",
    "block": "This code block is no front matter: it must start and end with a line `---`",
    "json": "This JSON is no front matter: a line `---` before it and one after it are missing",
    "unfenced": "These fields are no front matter: a line `---` before them and one after them are missing",
    "word": "This fence is not `---` alone",
    "glued": "The first field is on the line of the fence",
    "carriage-return": "The lines end with a carriage return (CR) alone",
}
# Of the others it is said that they must be on the first line.
_ABOVE = frozenset({"comment", "code", "blank", "text", "invisible"})
# The order of the text changes, or what is meant is a little less sure.
_UNSAFE = frozenset({"text", "json", "unfenced"})
_TITLES = {
    "comment": "Move the comment below the front matter",
    "text": "Move the text below the front matter",
    "missing": "Add `---` before the fields",
    "invisible": "Remove the character",
    "json": "Put it between two lines `---`",
    "unfenced": "Put the fields between two lines `---`",
    "glued": "Start a new line after `---`",
    "carriage-return": "Convert all line endings to LF",
} | dict.fromkeys(("code", "blank"), "Move the front matter to the first line")
_CARRIAGE_RETURN = re.compile(r"\r\n?")
_INDENT = re.compile(r"^[^\S\r\n]+", re.MULTILINE)
_CODE_END_OF_ALL = re.compile(r"(?:\r\n?|\n)(?:`{3,}|~{3,})\s*\Z")
_CODE_END = re.compile(r"[^\S\r\n]*(?:`{3,}|~{3,})[^\S\r\n]*(?:\r\n?|\n|\Z)")


def check(context: Context, effects: Effects) -> Iterator[Finding]:
    file = context.file
    for problem in file.document.problems:
        flaw = problem.kind.removeprefix(_PREFIX)
        effect = effects.get(flaw if flaw in CASES else "")
        if effect and flaw in _WORDS:
            also = ", but it must start on the first line" if flaw in _ABOVE else ""
            message = f"{_WORDS[flaw]}{also}. {effect.text}"
            yield effect.finding(problem.span, message, (flaw,), covers=problem.entry)


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    (flaw,) = finding.data
    if flaw == "toml":
        yield from _from_toml(file)
        return
    edits = sorted(_edits(file, flaw), key=lambda edit: edit.span)
    title = _TITLES.get(flaw, "Change to `---`")
    yield Fix(title, Change.of(file.path, *edits), is_safe=flaw not in _UNSAFE, is_preferred=True)


def _edits(file: File, flaw: str) -> Iterator[Edit]:
    document, newline = file.document, file.text.newline
    opening, closing = document.opening, document.closing
    if flaw == "carriage-return":
        yield from (Edit(Span(*match.span()), "\n") for match in _CARRIAGE_RETURN.finditer(file.text.source))
    if opening is None or closing is None or flaw == "carriage-return":
        return
    if flaw in ("missing", "unfenced", "json"):
        yield Edit(opening, f"---{newline}")
    elif flaw == "glued":
        yield Edit(Span(opening.end, document.content.start), newline)
        return
    else:
        before = Span(0, opening.start)
        yield Edit(Span(0, opening.end), "---")
        kept = file.text.slice(before).strip() if flaw in ("comment", "text") else ""
        yield from _without_indent(file)
        if flaw == "code" and (end := _code_end(file)):
            yield Edit(Span(*end.span()), "")
        if kept:
            yield Edit(Span(document.body.start, document.body.start), f"{kept}{newline}")
    if closing.length:
        yield Edit(closing, "---")
    else:
        is_begun = file.text.slice(Span(closing.start - 1, closing.start)) in ("\n", "\r")
        yield Edit(closing, f"---{newline}" if is_begun else f"{newline}---")


def _from_toml(file: File) -> Iterator[Fix]:
    """The same fields in YAML; comments are lost on the way."""
    document, form = file.document, file.dialect.format
    if document.opening and document.closing and document.fields:
        fields = {field.name: plain(field.value, document.anchors) for field in document.fields}
        written = file.text.with_line_breaks(f"{form.fields(fields)}\n")
        has_comments = "#" in file.text.slice(document.content)
        fences = (Edit(document.opening, "---"), Edit(document.closing, "---"))
        change = Change.of(file.path, *fences, Edit(document.content, written))
        yield Fix("Change to YAML", change, is_safe=not has_comments, is_preferred=True)


def _code_end(file: File) -> re.Match[str] | None:
    """Where the block around the front matter ends: right behind it, or at the end of the file."""
    source, start = file.text.source, file.document.body.start
    return _CODE_END.match(source, start) or _CODE_END_OF_ALL.search(source, start)


def _without_indent(file: File) -> Iterator[Edit]:
    """Fields as far to the left as their fence should be."""
    content = file.document.content
    matches = list(_INDENT.finditer(file.text.source, content.start, content.end))
    lines = [line for line in file.text.slice(content).splitlines() if line.strip()]
    if not lines or not all(line[0].isspace() for line in lines):
        return
    shared = min(len(line) - len(line.lstrip()) for line in lines)
    for match in matches:
        yield Edit(Span(match.start(), min(match.start() + shared, match.end())), "")
