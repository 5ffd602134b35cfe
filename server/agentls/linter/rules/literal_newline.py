r"""Literal ``\n`` in a text.

``\n`` between words is two characters, a backslash and an n, unless the text is in double quotes.

## Why

Some products convert it to a line break in some kinds of files; elsewhere, users and models see the two
characters.

## Example

```markdown skills/review/SKILL.md
---
name: review
description: Reviews code.\nUse it after a change.
---
```

## Use instead

```markdown skills/review/SKILL.md
---
name: review
description: |-
  Reviews code.
  Use it after a change.
---
```
"""

import re

from agentls.linter.api import Change, Context, Effect, File, Finding, Fix, Iterator, Span
from agentls.syntax import yaml_repairs
from agentls.syntax.document import Field
from agentls.syntax.nodes import Scalar
from agentls.syntax.spelling import Style

GROUPS = ("text",)
WORDS = ("\\n",)

# Not a Windows path, not a doubled backslash.
_LITERAL = re.compile(r"(?<![\\\w:])\\n(?![a-z])|(?<=[.!?:;,>)\w])(?<!:)\\n(?=\\n|[A-Z<\s\"'-])")
_TEXTS = ("description", "when_to_use")


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file = context.file
    for field in _fields(file):
        if found := _LITERAL.search(file.text.source, field.value.span.start, field.value.span.end):
            message = f"`\\n` is two characters here, not a line break. {effect.text}"
            yield effect.finding(Span(*found.span()), message)


def _fields(file: File) -> Iterator[Field]:
    for field, _ in file.specified_fields:
        value = field.value
        if field.name in _TEXTS and isinstance(value, Scalar) and value.style is not Style.DOUBLE:
            yield field


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    for field in _fields(file):
        if finding.span.start in field.value.span and isinstance(field.value, Scalar):
            text = field.value.value.replace("\\n", "\n")
            change = Change.of(file.path, yaml_repairs.block(file.document, field, text))
            yield Fix("Convert to real line breaks", change, is_preferred=True)
