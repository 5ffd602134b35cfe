r"""Typographic quotes in YAML.

Word processors and chats turn ``"`` into ``“`` and ``”``.

## Why

YAML only recognizes straight quotes.
Typographic quotes do not quote anything: they become part of the value.

## Example

```markdown
---
name: “reviewer”
description: Reviews code
---
```

## Use instead

```markdown
---
name: "reviewer"
description: Reviews code
---
```
"""

from agentls.linter.api import Change, Context, Edit, Effect, File, Finding, Fix, Iterator, Span
from agentls.syntax.document import Field
from agentls.syntax.nodes import Node, Scalar, Sequence
from agentls.syntax.spelling import Style

GROUPS = ("encoding",)
SUPERSEDES = ("value", "field", "tool", "name")
CHARACTERS = "“”„‟‘’‚‛"
_OPENING = frozenset("“”„‟")
_CLOSING = frozenset("“”")
_SINGLE_OPENING = frozenset("‘’‚‛")
_SINGLE_CLOSING = frozenset("‘’")
_ALL = _OPENING | _SINGLE_OPENING


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file = context.file
    for span in _delimited(file):
        quotes = file.text.source[span.start] + file.text.source[span.end - 1]
        message = f"`{quotes[0]}` and `{quotes[1]}` are not quotation marks in YAML. {effect.text}"
        yield effect.finding(span, message, covers=span)


def _delimited(file: File) -> Iterator[Span]:
    for field in file.document.fields:
        if _is_delimited(file.text.slice(field.key)):
            yield field.key
        if _is_names(file, field):
            yield from (item.span for item in file.items(field) if _is_delimited(item.text))
            continue
        for node in _scalars(field.value):
            if node.style in (Style.PLAIN, Style.RAW) and _is_delimited(file.text.slice(node.span)):
                yield node.span


def _is_names(file: File, field: Field) -> bool:
    spec = file.dialect.fields.get(field.name)
    return spec is not None and spec.is_names


def _scalars(value: Node) -> Iterator[Scalar]:
    if isinstance(value, Scalar):
        yield value
    elif isinstance(value, Sequence):
        for item in value.items:
            yield from _scalars(item)


def _is_delimited(text: str) -> bool:
    """Quoted as a whole, and not only from the first word to the last."""
    if len(text) < len("“”") or not _ALL.isdisjoint(text[1:-1]) or "\n" in text:
        return False
    first, last = text[0], text[-1]
    return (first in _OPENING and last in _CLOSING) or (first in _SINGLE_OPENING and last in _SINGLE_CLOSING)


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    inner = file.text.slice(finding.span)[1:-1]
    field = file.document.field_at(finding.span.start)
    is_name = field is not None and _is_names(file, field)
    # A list of names may be one value for YAML, which must not have quotes in it; a name needs none.
    title = "Remove the quotes" if is_name else "Use straight quotes"
    text = inner if is_name else file.dialect.format.quoted(inner)
    change = Change.of(file.path, Edit(finding.span, text))
    yield Fix(title, change, is_safe=True, is_preferred=True)
