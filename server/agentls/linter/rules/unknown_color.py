"""Unknown color.

## Why

Only a few names are valid colors here; hexadecimal values and other names are silently dropped.

## Example

```markdown
---
name: reviewer
description: Reviews code
color: "#FF5722"
---
```

## Use instead

```markdown
---
name: reviewer
description: Reviews code
color: orange
---
```
"""

from agentls.linter.api import Context, Effect, File, Finding, Fix, Iterator, Span
from agentls.syntax.nodes import Scalar
from agentls.text import colors
from agentls.text.similar_words import closest, equal_ignoring_style

GROUPS = ("fields",)
ABOUT = "value"
SUPERSEDES = ("invalid-value",)
HOLDS = ("color",)


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file = context.file
    for field, spec in file.specified_fields:
        if spec.holds != "color" or not isinstance(field.value, Scalar):
            continue
        known = [word.name for word in spec.words]
        value = field.value
        if not file.dialect.errors({field.name: value.plain}):
            continue
        # `color: #FF5722` without quotes is a comment, so there is no value at all.
        comment = _comment(file, field.span.end) if value.plain is None else None
        written = file.text.slice(comment) if comment else value.value
        if not written:
            continue
        span = comment or value.span
        meant = _meant(written, known)
        says = f"`{written}` is not a color of {file.dialect.product}."
        if comment:
            says = f"YAML reads `{written}` as a comment, so `{field.name}` has no value."
        hint = f" The closest is `{meant}`." if meant else ""
        yield effect.finding(
            span,
            f"{says} {effect.text}{hint}",
            (meant,) if meant else (),
            covers=field.span,
        )


def _comment(file: File, start: int) -> Span | None:
    line = file.text.line_around(start)
    words = file.text.source[start : line.end]
    return (
        Span(start + len(words) - len(words.lstrip()), line.end) if words.lstrip().startswith("#") else None
    )


def _meant(written: str, known: list[str]) -> str | None:
    if same := equal_ignoring_style(written, known):
        return same
    color = colors.parse(written)
    return colors.closest(color, known) if color else closest(written, known)


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    for meant in finding.data:
        is_same = equal_ignoring_style(file.text.slice(finding.span).strip("\"'"), [meant]) is not None
        spelled = file.dialect.format.in_place(file.text.source, finding.span, meant)
        yield Fix.replacing(file.path, finding.span, meant, spelled, is_safe=is_same)
