"""Names separated in the wrong way.

Names in a list are separated by commas, or each stands on a line of its own, behind a dash and a space.
Here, another sign stands between them, such as ``，`` or ``;``, or the space behind the dash is missing.
Or a comma in parentheses is in a YAML list between brackets, where it starts a new entry.

## Why

The product reads several names as one, or one name as several, and knows none of them.

## Example

```markdown
---
name: reviewer
description: Reviews code
tools: Read，Grep
---
```

## Use instead

```markdown
---
name: reviewer
description: Reviews code
tools: Read, Grep
---
```
"""

import re

from agentls.findings import Severity
from agentls.linter.api import Change, Context, Edit, Effect, File, Finding, Fix, Iterator, Span
from agentls.linter.unusual_characters import title
from agentls.outcome import tool_refusal
from agentls.products import FieldSpec
from agentls.syntax.document import Field
from agentls.syntax.name_lists import ListItem
from agentls.syntax.nodes import Scalar, Sequence
from agentls.syntax.spelling import Style
from agentls.syntax.yaml_lines import tight_items

GROUPS = ("tools", "references")
SUPERSEDES = ("tool", "name", "list")

# Commas of other scripts, and semicolons; a name has none of them.
_SIGN = re.compile(r"[，、﹐､؛；;]")
# This may be a part of a pattern, but not of two tools; a slash parts a group from a tool of it.
_BAR = re.compile(r"\|")
_GAP = re.compile(r"[^\S\r\n]*[，、﹐､؛；;|][^\S\r\n]*")
_ARGUMENTS = re.compile(r"\([^()]*\)?")


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file = context.file
    if field := _of_arguments(file):
        product = file.dialect.product
        message = f"Commas become part of these names; {product} splits them at spaces only. {effect.text}"
        yield effect.finding(field.value.span, message, (field.name,))
    for field, spec in file.specified_fields:
        if spec.is_names and (found := _found(file, field, spec)):
            span, complaint = found
            does = _does(file, field, spec) or effect
            severity = min(does.severity, Severity.WARNING)
            finding = effect._replace(severity=severity, ends=does.ends).finding
            yield finding(span, f"{complaint} {does.text}", (field.name,), covers=field.span)


def _of_arguments(file: File) -> Field | None:
    """The field with names of arguments, if commas stand between them."""
    field = file.document.field(file.dialect.text.names_field)
    value = field.value if field else None
    is_text = isinstance(value, Scalar) and file.text.slice(value.inner) == value.value
    return field if is_text and any(name.endswith(",") for name in file.argument_names) else None


def _does(file: File, field: Field, spec: FieldSpec) -> Effect | None:
    """What comes of names that do not exist."""
    if spec.holds == "tool":
        is_refused = field.name == "tools" and tool_refusal.refused_entries(file)
        refusal = file.effect("no-usable-tool") if is_refused else None
        return refusal or file.effect("unknown-tool")
    return file.effect(f"missing-{spec.holds}")


def _found(file: File, field: Field, spec: FieldSpec) -> tuple[Span, str] | None:
    if dashes := _tight_dashes(file, field):
        sign = file.text.slice(dashes[0])
        missing = "the space is missing here" if sign == "-" else f"`{sign.strip()}` is another sign"
        return dashes[0], f"A list item starts with a dash and a space; {missing}."
    if halves := _halved(file, field):
        shown = file.text.slice(halves[0])
        return halves[
            0
        ], f"The comma in `{shown:.60}` starts a new entry of this list; quote the whole entry."
    for span in _signs(file, field, spec):
        return span, f"{_shown(file, span)} does not separate names; use a comma."
    return None


def _shown(file: File, span: Span) -> str:
    sign = file.text.slice(span)
    return f"`{sign}`" if sign.isascii() else f"`{sign}` ({title(sign)})"


def _tight_dashes(file: File, field: Field) -> list[Span]:
    """The beginnings of the lines of a list that is none, but one text."""
    value, text = field.value, file.text
    if not isinstance(value, Scalar) or value.style is not Style.PLAIN or not value.value:
        return []
    start = text.line_around(value.span.start).start
    return tight_items(text.source, Span(start, value.span.end)) if start > field.key.end else []


def _halved(file: File, field: Field) -> list[Span]:
    """Entries of a list between brackets that are parts of one: the commas in its parentheses part them."""
    value = field.value
    if not isinstance(value, Sequence) or not value.flow:
        return []
    found, start, depth = [], 0, 0
    for item in value.items:
        text = item.value if isinstance(item, Scalar) and item.style is Style.PLAIN else ""
        start = start if depth else item.span.start
        was, depth = depth, max(0, depth + text.count("(") - text.count(")"))
        if was and not depth:
            found.append(Span(start, item.span.end))
    return found


def _signs(file: File, field: Field, spec: FieldSpec) -> Iterator[Span]:
    """The wrong signs of a list, outside of parentheses."""
    for item in file.items(field):
        bare = _ARGUMENTS.sub(lambda match: " " * len(match.group()), item.text)
        for match in _SIGN.finditer(bare):
            if bare.replace(match.group(), "").strip():
                yield _within(item, match)
        if spec.holds == "tool" and _is_row_of_tools(file, bare):
            yield from (_within(item, match) for match in _BAR.finditer(bare))


def _is_row_of_tools(file: File, text: str) -> bool:
    names = [name.strip() for name in _BAR.split(text)]
    return len(names) > 1 and all(name in file.dialect.tools.tools for name in names)


def _within(item: ListItem, match: re.Match[str]) -> Span:
    return Span(item.span.start + match.start(), item.span.start + match.end())


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    if (field := _of_arguments(file)) and field.name == finding.data[0] and isinstance(field.value, Scalar):
        inner = field.value.inner
        names = re.sub(r",(?=\s|\Z)", "", file.text.slice(inner))
        yield _fix(file, "Separate the names with spaces", [Edit(inner, names)])
        return
    field = file.document.field(finding.data[0])
    spec = file.dialect.fields.get(finding.data[0])
    if field is None or spec is None:
        return
    if dashes := _tight_dashes(file, field):
        edits = [Edit(span, "- ") for span in dashes]
        yield _fix(file, "Start each entry with a dash and a space", edits)
    elif halves := _halved(file, field):
        form = file.dialect.format
        yield _fix(
            file, "Quote the entry", [Edit(span, form.quoted(file.text.slice(span))) for span in halves]
        )
    elif not isinstance(field.value, Sequence) or field.value.flow or spec.syntax == "words":
        yield _fix(file, "Separate the names with commas", _commas(file, field, spec))


def _commas(file: File, field: Field, spec: FieldSpec) -> list[Edit]:
    edits = []
    for span in _signs(file, field, spec):
        start = field.span.start + len(file.text.source[field.span.start : span.start].rstrip(" \t"))
        gap = _GAP.match(file.text.source, start, field.span.end)
        end = gap.end() if gap else span.end
        is_last = end >= field.span.end or file.text.source[end] in "\r\n]\"'#"
        edits.append(Edit(Span(start, end), "," if is_last else ", "))
    return edits


def _fix(file: File, title: str, edits: list[Edit]) -> Fix:
    return Fix(title, Change.of(file.path, *edits), is_safe=True, is_preferred=True)
