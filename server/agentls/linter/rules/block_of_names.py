"""Text block instead of a list.

A ``|`` block is a single text with line breaks in it.
Names are separated by commas or spaces, or written as a YAML list; line breaks do not separate them.

## Why

The product looks for a single tool or skill whose name contains line breaks, does not find it and drops it.

## Example

```markdown
---
name: reviewer
description: Reviews code
tools: |
  Read
  Grep
---
```

## Use instead

```markdown
---
name: reviewer
description: Reviews code
tools:
  - Read
  - Grep
---
```
"""

import re

from agentls.linter.api import Change, Context, Edit, Effects, Finding, Fix, Iterator, Span
from agentls.outcome import tool_entries
from agentls.syntax.nodes import Scalar
from agentls.syntax.spelling import Style

GROUPS = ("tools", "references")
CASES = {
    "none": "no name is left",
    "some": "some names are left",
}
SUPERSEDES = ("tool", "name", "list")


def check(context: Context, effects: Effects) -> Iterator[Finding]:
    file = context.file
    for field, spec in file.specified_fields:
        value = field.value
        if not (spec.is_names and isinstance(value, Scalar) and value.style is Style.LITERAL):
            continue
        is_unusable = spec.holds == "tool" and not any(e.is_usable for e in tool_entries.entries(file, field))
        effect = effects.get("none" if is_unusable else "some")
        # A comma at the end of a line separates.
        if effect and any(not line.endswith(",") for line in _lines(value)[:-1]):
            sign = Span(value.span.start, value.span.start + 1)
            message = f"Line breaks do not separate names, so these lines are one name. {effect.text}"
            yield effect.finding(sign, message, covers=field.span)


def _lines(value: Scalar) -> list[str]:
    return [line.strip() for line in value.value.split("\n") if line.strip()]


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    field = file.document.field_at(finding.span.start)
    if field is None or not isinstance(field.value, Scalar):
        return
    names = [re.sub(r"^[-*•]\s+", "", line).rstrip(",") for line in _lines(field.value)]
    items = file.text.with_line_breaks(file.dialect.format.items(names))
    start = file.text.source.index(file.dialect.format.sign, field.key.end) + 1
    change = Change.of(file.path, Edit(Span(start, field.value.span.end), items))
    yield Fix("Convert to a list", change, is_safe=True, is_preferred=True)
