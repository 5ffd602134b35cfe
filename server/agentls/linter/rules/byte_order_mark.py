r"""A file that starts with a byte order mark.

Windows programs put the invisible character U+FEFF before the first line to say that a file is UTF-8.

## Why

The front matter must start with the first character of the file.
A program that does not know the mark finds no front matter and does not load the file.

## Example

```markdown agents/reviewer.md in-utf-8-sig
---
name: reviewer
description: Reviews code
---
```

## Use instead

```markdown agents/reviewer.md in-utf-8
---
name: reviewer
description: Reviews code
---
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentls.findings import Change, Edit, Finding, Fix
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.semantics.file import File
    from agentls.workspace import View

RULE = "byte-order-mark"
GROUPS = ("encoding",)
_MARK = "\ufeff"


def check(view: View, file: File) -> Iterator[Finding]:
    is_in_text = file.text.source.startswith(_MARK)
    is_on_disk = file.origin is not None and file.origin.byte_order_mark and file.origin.is_utf8
    effect = file.effect(RULE)
    if effect is None or not (is_in_text or is_on_disk):
        return
    # On disk it stands before the first character that an editor shows.
    span = Span(0, 1) if is_in_text else file.text.line_span(0)
    says = "The file starts with a byte order mark (U+FEFF)."
    advice = "" if is_in_text else " Save it as UTF-8 without a byte order mark."
    yield Finding(RULE, effect.severity, span, f"{says} {effect.text}{advice}")


def fix(view: View, file: File, finding: Finding) -> Iterator[Fix]:
    if file.text.slice(finding.span) == _MARK:
        change = Change.of(file.path, Edit(finding.span, ""))
        yield Fix("Remove the byte order mark", change, is_safe=True, is_preferred=True)
