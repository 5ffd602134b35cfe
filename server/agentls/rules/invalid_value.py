"""A value that the field does not take.

The value has the wrong type, or is none of the words that the field knows.

## Why

Products drop such a value and go on with the default, mostly without a message.

## Example

```markdown
---
name: reviewer
description: Reviews code
maxTurns: many
---
```

## Use instead

```markdown
---
name: reviewer
description: Reviews code
maxTurns: 20
---
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentls.document import Mapping, Scalar, Sequence, descend
from agentls.findings import Finding, Fix
from agentls.nearest import nearest, same_but_for_spelling
from agentls.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.file import File
    from agentls.workspace import View

RULE = "invalid-value"
GROUPS = ("fields",)

_LONGEST_SHOWN = 40


def check(view: View, file: File) -> Iterator[Finding]:  # noqa: ARG001
    for name, path, expects in file.dialect.errors(file.values):
        field, spec = file.document.field(name), file.dialect.fields[name]
        effect = spec.invalid(file.scope)
        if field is None or effect.tier is None:
            continue
        node = descend(field.value, iter(path))
        # Of a list or a map over several lines the name of its field is enough.
        is_long = isinstance(node, Sequence | Mapping) and not node.flow
        span = node.span if node.span.length and not (is_long and not path) else field.key
        got = _shown(file.text.slice(node.span))
        words = [word.name for word in spec.words]
        value = node.value if isinstance(node, Scalar) and not path else ""
        guess = (same_but_for_spelling(value, words) or nearest(value, words)) if value else None
        hint = f" Did you mean `{guess}`?" if guess else ""
        message = f"{_subject(name, path)} expects {expects}, {got}. {effect.text}{hint}"
        covers = Span(span.start, max(span.end, node.span.end))
        yield Finding(RULE, effect.severity, span, message, (guess,) if guess else (), covers=covers)


def _subject(name: str, path: tuple[str | int, ...]) -> str:
    """What the value belongs to: the field, or a key inside it."""
    return f"`{path[-1]}` in `{name}`" if path and isinstance(path[-1], str) else f"`{name}`"


def _shown(value: str) -> str:
    value = " ".join(value.split())
    if not value:
        return "but there is no value"
    return f"not `{value}`" if len(value) <= _LONGEST_SHOWN else f"not `{value[:_LONGEST_SHOWN]}…`"


def fix(view: View, file: File, finding: Finding) -> Iterator[Fix]:  # noqa: ARG001
    for word in finding.data:
        is_same = same_but_for_spelling(file.text.slice(finding.span).strip("\"'"), [word]) is not None
        yield Fix.replacing(file.path, finding.span, word, certain=is_same)
