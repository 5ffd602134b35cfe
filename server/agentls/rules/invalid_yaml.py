"""Front matter that is not YAML.

One field of the front matter cannot be read as YAML.
The finding stands at the cause, which is often far from the place where a parser gives up: the colon in
a plain sentence, the first line that lost its indentation, the quote that is never closed.

## Why

Products read front matter with a YAML parser and say nothing when it fails.
Claude Code puts simple one-line values between quotes and tries once more; other products skip the file.
The message says which of the two happens here.

## Example

```markdown
---
name: reviewer
description: Reviews code: style, tests and names
---
```

## Use instead

```markdown
---
name: reviewer
description: "Reviews code: style, tests and names"
---
```
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agentls.document import Scalar, Style
from agentls.findings import Change, Edit, Finding, Fix
from agentls.readers.retry import double_quoted
from agentls.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.document import Field, Problem
    from agentls.file import File
    from agentls.workspace import View

RULE = "invalid-yaml"
GROUPS = ("front-matter",)

_CAUSES = {
    "colon": "A colon followed by a space starts a new key, so this plain value is not YAML.",
    "indicator": "A plain value must not start with this character, which has a meaning of its own in YAML.",
    "unclosed-quote": "This quote is never closed.",
    "unclosed-bracket": "This bracket is never closed.",
    "text-after-quote": "The value ended at the closing quote; this text follows it.",
    "tab-indentation": "YAML does not allow tabs as indentation.",
    "unindented": "This line is not indented, so it is neither part of the value above it nor a field.",
    "stray-text": "This is neither a field nor part of one.",
    "not-a-mapping": "Front matter must be fields of the form `name: value`.",
}


def check(view: View, file: File) -> Iterator[Finding]:  # noqa: ARG001
    for problem in file.document.problems:
        if problem.kind == "unclosed":
            continue
        recovers = problem.recoverable and file.document.recovers
        effect = file.effect(f"{RULE}.recovered" if recovers else f"{RULE}.skipped")
        if effect and effect.severity:
            message = f"{_cause(problem)} {effect.text}"
            yield Finding(
                RULE, effect.severity, problem.span, message, (problem.kind,), covers=_covers(file, problem)
            )


def _cause(problem: Problem) -> str:
    return _CAUSES.get(problem.kind) or f"This is not YAML: {problem.detail}."


def _covers(file: File, problem: Problem) -> Span:
    """A broken entry spoils itself; text that is no entry spoils what the whole front matter says."""
    opening = file.document.opening
    if problem.kind in ("not-a-mapping", "stray-text") and opening:
        return Span(opening.start, file.document.content.end)
    return problem.entry


def fix(view: View, file: File, finding: Finding) -> Iterator[Fix]:  # noqa: ARG001
    problem = next((p for p in file.document.problems if p.span == finding.span), None)
    field = file.document.field_at(finding.span.start)
    if (
        problem is None
        or field is None
        or not isinstance(field.value, Scalar)
        or field.value.style is not Style.RAW
    ):
        return
    value = field.value.value
    if value[:1] in ("", '"', "'", "|", ">", "[", "{"):
        return
    if not re.search(r"[\r\n]", value):
        edit = Edit(field.value.span, double_quoted(value))
        yield Fix(
            "Put the value between quotes", Change.of(file.path, edit), problem.recoverable, preferred=True
        )
    yield Fix("Turn the value into a block of text", Change.of(file.path, _block(file, field, value)))


def _block(file: File, field: Field, value: str) -> Edit:
    """The value as a ``|-`` block in which a written-out line break becomes a real one, as it is shown."""
    newline = file.text.newline
    if re.search(r"[\r\n]", value):
        lines = [line.strip() for line in re.split(r"\r\n?|\n", value)]
    else:
        lines = value.split("\\n")
    body = newline.join(f"  {line}".rstrip() for line in lines)
    start = field.key.end + file.text.source[field.key.end :].index(":") + 1
    return Edit(Span(start, field.value.span.end), f" |-{newline}{body}")
