"""Text that YAML drops.

In an unquoted value, `` #`` starts a comment, ``&word`` at the beginning is the name of an anchor, and
``!word`` is a tag.
None of them is part of the value.
Comments are written with a space behind the ``#``, so there it is only reported in a text that would go on.

## Why

The value loads, but shorter than it was written: ``Fixes issue #12 and others`` becomes ``Fixes issue``.

## Example

```markdown
---
name: fixer
description: Fixes issue #12 and others like it
---
```

## Use instead

```markdown
---
name: fixer
description: "Fixes issue #12 and others like it"
---
```
"""

import re

from agentls.findings import Severity
from agentls.linter.api import Change, Context, Edit, Effect, File, Finding, Fix, Iterator, Span
from agentls.syntax.document import Field
from agentls.syntax.nodes import Scalar
from agentls.syntax.spelling import Style

GROUPS = ("front-matter",)

_COMMENT = re.compile(r"[^\S\r\n]+(?P<lost>#[^\s#](?:[^\S\r\n]*+\S)*+)")
# What goes on behind a sentence that has no end: a number, a sentence, or more than a few words.
_CUT = re.compile(
    r"(?<![.!?:;)\]…])[^\S\r\n]++"
    r"(?P<lost>#[^\S\r\n]++(?!(?:TODO|FIXME|XXX|NOTE|agentls|yamllint)\b)"
    r"(?=\d|(?<=\b[A-Z] # )|[^\r\n.!?]*+[.!?]|(?:[^\s]++[^\S\r\n]+){3}\S)\S(?:[^\S\r\n]*+\S)*+)"
)
_TEXTS = frozenset({"description", "when_to_use", "when-to-use", "initialPrompt"})
_PROPERTY = re.compile(r":[^\S\r\n]+(?P<lost>[&!][^\s\[\]{},]+)(?=[^\S\r\n]+\S)")


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file = context.file
    for field, _ in file.specified_fields:
        for span in _lost(file, field):
            message = f"YAML drops `{file.text.slice(span)}`: {_reason(file, span)}. {effect.text}"
            # Behind `# ` there may be a comment after all.
            is_sure = not file.text.source[span.start + 1].isspace()
            severity = effect.severity if is_sure else max(effect.severity, Severity.INFORMATION)
            yield effect._replace(severity=severity).finding(span, message)


def _lost(file: File, field: Field) -> Iterator[Span]:
    value = field.value
    if not isinstance(value, Scalar) or value.style is not Style.PLAIN or not value.value:
        return
    source = file.text.source
    before = _PROPERTY.match(source, field.key.end, value.span.end)
    # An anchor that somebody refers to was meant as one.
    if before and not (before["lost"][0] == "&" and f"*{before['lost'][1:]}" in source):
        yield Span(*before.span("lost"))
    if behind := _COMMENT.match(source, value.span.end, file.document.content.end):
        yield Span(*behind.span("lost"))
    elif field.name in _TEXTS and (cut := _CUT.match(source, value.span.end, file.document.content.end)):
        yield Span(*cut.span("lost"))


def _reason(file: File, span: Span) -> str:
    return {
        "#": "in an unquoted value, this starts a comment",
        "&": "a word that starts with `&` is the name of an anchor",
        "!": "a word that starts with `!` is a tag",
    }[file.text.source[span.start]]


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    for field in file.document.fields:
        if isinstance(field.value, Scalar) and finding.span in list(_lost(file, field)):
            start = min(field.value.span.start, finding.span.start)
            whole = Span(start, max(field.value.span.end, finding.span.end))
            words = file.text.slice(whole)
            if "\n" not in words and "\r" not in words:
                edit = Edit(whole, file.dialect.format.quoted(words))
                yield Fix("Quote the whole value", Change.of(file.path, edit), is_preferred=True)
            return
