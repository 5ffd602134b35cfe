r"""Byte order mark.

Some Windows programs put the invisible character U+FEFF at the start of a file to mark it as UTF-8.

## Why

Front matter must start with the first character of the file.
A program that does not recognize the mark finds no front matter and does not load the file.

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

from agentls.linter.api import Change, Context, Edit, Effect, Finding, Fix, Iterator, Span

GROUPS = ("encoding",)
_MARK = "\ufeff"


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file = context.file
    is_in_text = file.text.source.startswith(_MARK)
    is_on_disk = file.origin is not None and file.origin.has_byte_order_mark and file.origin.is_utf8
    if not (is_in_text or is_on_disk):
        return
    # On disk it stands before the first character that an editor shows.
    span = Span(0, 1) if is_in_text else file.text.line_span(0)
    says = "The file starts with a byte order mark (U+FEFF)."
    advice = "" if is_in_text else " Save it as UTF-8 without a byte order mark."
    yield effect.finding(span, f"{says} {effect.text}{advice}")


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    if file.text.slice(finding.span) == _MARK:
        change = Change.of(file.path, Edit(finding.span, ""))
        yield Fix("Remove the byte order mark", change, is_safe=True, is_preferred=True)
