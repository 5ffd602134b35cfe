"""A description that costs more than it says.

Whoever chooses an agent or a skill reads all descriptions, in every conversation.
This one has examples in it and more than 256 characters, or more than 1,024; of a skill's, what lies
beyond 1,536 characters is cut off.

## Why

The list of descriptions has a budget; what exceeds it is cut or left out without a word.
Examples teach the one who does the work, and belong in the body.

## Example

```markdown
---
name: reviewer
description: |-
  Reviews code.
  <example>
  user: "I have changed how invoices are rounded, added two columns to the table of orders and moved the
  tests into a folder of their own. Is this good, and what would you do in another way? I would like to
  send it to the others today, so please tell me about the worst of it first."
  assistant: "I will ask the reviewer."
  </example>
---

You review code.
```

## Use instead

```markdown
---
name: reviewer
description: Reviews code; use it when somebody asks whether a change is good.
---

You review code.
```
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agentls.findings import Change, Edit, Finding, Fix
from agentls.syntax import yaml_repairs
from agentls.syntax.document import Scalar, Style
from agentls.text import token_count
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.semantics.file import File
    from agentls.workspace import View

RULE = "long-description"
GROUPS = ("text",)
CASES = {
    "cut": "longer than the product takes",
    "long": "long, or with examples",
}

_LONG = 1024
# With less an example costs no more than a good description does.
_LEAST_WITH_EXAMPLES = 256
_EXAMPLES = re.compile(
    r"(?:\s*(?:(?:for |some )?examples?|e\.g\.)\s*:?)?\s*<example>.*</example>\s*", re.DOTALL | re.IGNORECASE
)


def check(view: View, file: File) -> Iterator[Finding]:
    text = file.document.string("description")
    field = file.document.field("description")
    if text is None or field is None or not isinstance(field.value, Scalar):
        return
    if field.value.style is Style.RAW:
        return  # first it must be readable at all
    limit = file.dialect.facts.get("description-limit")
    variant = "cut" if limit and len(text) > limit else "long"
    effect = file.effect(f"{RULE}.{variant}")
    has_examples = "<example>" in text and len(text) >= _LEAST_WITH_EXAMPLES
    if effect and (variant == "cut" or len(text) > _LONG or has_examples):
        what = (
            f"This description has {len(text):,} characters, about {token_count.tokens(len(text)):,} tokens"
        )
        examples = ", examples included" if has_examples else ""
        yield Finding(RULE, effect.severity, field.key, f"{what}{examples} (an estimate). {effect.text}")


def fix(view: View, file: File, finding: Finding) -> Iterator[Fix]:
    field = file.document.field("description")
    if field is None or not isinstance(field.value, Scalar) or file.document.closing is None:
        return
    text = field.value.value
    if "\n" not in text:
        text = text.replace("\\n", "\n")
    found = _EXAMPLES.search(text)
    if found is None or not text[: found.start()].strip():
        return
    newline = file.text.newline
    rest = f"{text[: found.start()].rstrip()}\n{text[found.end() :].strip()}".strip()
    examples = found.group().strip()
    examples = examples[examples.lower().index("<example>") :].replace("\n", newline)
    end = len(file.text.source.rstrip())
    moved = f"{newline}{newline}## Examples{newline}{newline}{examples}"
    edits = (yaml_repairs.block(file.document, field, rest), Edit(Span(end, end), moved))
    yield Fix("Move the examples to the body", Change.of(file.path, *edits), preferred=True)
