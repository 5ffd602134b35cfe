"""Invalid value.

The value has the wrong type, or is not one of the values that the field accepts.

## Why

Products drop such a value and use the default, usually silently.

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

import re
from itertools import groupby

from agentls.linter.api import Change, Context, Edit, Effect, File, Finding, Fix, Iterator, Span
from agentls.products import Word, load
from agentls.products.effects import invalid_effect
from agentls.products.nested_values import ITEM, inside, values
from agentls.products.validation import SchemaError
from agentls.refactoring import new_files, tool_names
from agentls.syntax import name_lists
from agentls.syntax.document import Field
from agentls.syntax.name_lists import ListItem
from agentls.syntax.nodes import Mapping, Scalar, Sequence, descend, plain
from agentls.syntax.resolvers import RESOLVERS, Date
from agentls.syntax.spelling import Style
from agentls.text.similar_words import closest, did_you_mean, equal_ignoring_style

GROUPS = ("fields",)
ABOUT = "value"

_LONGEST_SHOWN = 40
_OF_LINES = (Style.RAW, Style.LITERAL, Style.FOLDED)
# What has no spaces in its name.
_WORDS = ("tool", "skill")
_WORD = re.compile(r"[^\s()]+")


# What a field for people expects.
_TEXT = "text"
# What is written over several lines is named, not quoted.
_KINDS = {Sequence: "list", Mapping: "map"}


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file = context.file
    for name, errors in groupby(file.dialect.errors(file.values), key=lambda error: error.field):
        if field := file.document.field(name):
            yield from _in_field(file, field, effect.cause, list(errors))


def _in_field(file: File, field: Field, cause: str, errors: list[SchemaError]) -> Iterator[Finding]:
    for error, node in zip(errors, descend(field.value, [error.path for error in errors]), strict=True):
        path = error.path
        # Each field has an effect of its own, and what is further inside may have another one.
        effect = invalid_effect(error.invalid, file.scope).effect(cause)
        if effect is None:
            continue
        # Of a list or a map over several lines the name of its field is enough.
        is_long = isinstance(node, Sequence | Mapping) and not node.flow
        span = node.span if node.span.length and not (is_long and not path) else field.key
        got = f"not a {_KINDS[type(node)]}" if is_long else _shown(file.text.slice(node.span))
        if isinstance(plain(node, {}, RESOLVERS[file.dialect.scalars]), Date):
            got = f"{got}, a date without quotes"
        value = node.value if isinstance(node, Scalar) else ""
        guess = _guess(file, value, [word.name for word in _words(file, field, path)]) if value else None
        symbol = f"{_symbol(file, field.name, path)} expects {error.expected}"
        message = f"{symbol}, {got}. {effect.text}{did_you_mean(guess)}"
        covers = Span(span.start, max(span.end, node.span.end))
        yield effect.finding(span, message, (guess,) if guess else (), covers=covers)


def _words(file: File, field: Field, path: tuple[str | int, ...]) -> list[Word]:
    """The values of the field, or of a key further inside."""
    if not path:
        return list(file.dialect.fields[field.name].words)
    steps = (ITEM if isinstance(step, int) else step for step in path)
    return list(values(inside(file.dialect, field.name, steps)))


def _guess(file: File, value: str, words: list[str]) -> str | None:
    # What is a tool was not meant as another word.
    if value in file.dialect.tools.tools:
        return None
    return equal_ignoring_style(value, words) or closest(value, words)


def _symbol(file: File, name: str, path: tuple[str | int, ...]) -> str:
    """What the value belongs to: the field, or a key inside it; of a list of servers, the server."""
    keys = [step for step in path if isinstance(step, str)]
    table = file.dialect.servers
    if table and table.at == name and len(keys) > 1:
        name, *keys = keys
    is_known = keys and (isinstance(path[-1], str) or not file.dialect.defines)
    return f"`{keys[-1]}` in `{name}`" if is_known else f"`{name}`"


def _shown(value: str) -> str:
    value = " ".join(value.split())
    if not value:
        return "but there is no value"
    return f"not `{value}`" if len(value) <= _LONGEST_SHOWN else f"not `{value[:_LONGEST_SHOWN]}…`"


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    field = file.document.field_at(finding.span.start)
    words = file.dialect.fields[field.name].words if field and field.value.span == finding.span else ()
    for word in finding.data:
        is_same = equal_ignoring_style(file.text.slice(finding.span).strip("\"'"), [word]) is not None
        is_text = all(known.is_text for known in words if known.name == word)
        spelled = file.dialect.format.in_place(file.text.source, finding.span, word) if is_text else word
        yield Fix.replacing(file.path, finding.span, word, spelled, is_safe=is_same)
    if field and not finding.data and not file.dialect.fields[field.name].holds:
        yield from _quoted(file, field, finding.span)
    if field and isinstance(field.value, Scalar) and field.value.span == finding.span:
        yield from _names(file, field, field.value)
        if not finding.data:
            yield from _lists(file, field, field.value)


def _quoted(file: File, field: Field, span: Span) -> Iterator[Fix]:
    """The value as the text that stands there, where only its type is wrong."""
    form, text, value = file.dialect.format, file.text.slice(span), file.values[field.name]
    errors = file.dialect.errors({field.name: value})
    nodes = descend(field.value, [error.path for error in errors])
    for error, node in zip(errors, nodes, strict=True):
        if node.span != span or not form.holds_lists or len(text.splitlines()) != 1:
            continue
        is_plain = isinstance(node, Scalar) and node.style is Style.PLAIN and node.plain is not None
        # A list of names is no text with brackets.
        if not is_plain and (isinstance(node, Scalar) or error.expected != _TEXT):
            continue
        changed = {field.name: _with(value, error.path, text)}
        if error.path not in [other.path for other in file.dialect.errors(changed)]:
            change = Change.of(file.path, Edit(span, form.quoted(text)))
            yield Fix("Put it in quotes", change, is_preferred=True)


def _with(value: object, path: tuple[str | int, ...], text: str) -> object:
    """The same value with a text at a place inside."""
    if not path:
        return text
    first, *rest = path
    if isinstance(value, dict):
        return {**value, first: _with(value.get(first), tuple(rest), text)}
    if isinstance(value, list) and isinstance(first, int):
        return [_with(item, tuple(rest), text) if i == first else item for i, item in enumerate(value)]
    return value


def _names(file: File, field: Field, value: Scalar) -> Iterator[Fix]:
    """A name that the product takes."""
    if field.name == "name" and value.style is not Style.RAW:
        for name in [*new_files.names_like(file.dialect, value.value, file.identity.stem)][:1]:
            edit = Edit(value.span, file.dialect.format.in_place(file.text.source, value.span, name))
            change = Change.of(file.path, edit)
            yield Fix(f"Rename to `{name}`", change, is_preferred=True)


def _lists(file: File, field: Field, value: Scalar) -> Iterator[Fix]:
    """The names of a text as a list, where the product takes only that; and in its own words."""
    is_one_line = value.style not in _OF_LINES and isinstance(value.plain, str)
    if not (is_one_line and file.dialect.format.holds_lists):
        return
    spec = file.dialect.fields[field.name]
    syntax = "words" if spec.holds in _WORDS else "commas"
    items = list(name_lists.items(file.text.source, value, syntax))
    entries = [item.text for item in items]
    if spec.syntax == "map" and spec.holds == "tool":
        yield from _permission(file, field, items)
    if not items or file.dialect.errors({field.name: entries}):
        return
    # One word that nobody knows may be meant as a word for all of them.
    is_certain = spec.holds in _WORDS and all(_WORD.fullmatch(item.name) for item in items)
    is_certain = is_certain and (len(items) > 1 or tool_names.is_known(entries[0]))
    change = _value_change(file, field, field.name, entries)
    yield Fix("Convert to a list", change, is_safe=is_certain, is_preferred=True)
    if spec.holds == "tool":
        own = [word for words in tool_names.words(file, items) for word in words]
        if own != entries:
            change = _value_change(file, field, field.name, own)
            yield Fix(f"Convert to a list with {file.dialect.product}'s names", change)


def _permission(file: File, field: Field, items: list[ListItem]) -> Iterator[Fix]:
    """The tools of a list, and no others, where a map says for each whether it is allowed."""
    name = load().conversions.field(file.dialect.name, "permission")
    if items and name and file.document.field(name) is None:
        allowed = [word for words in tool_names.words(file, items) for word in words]
        said = {"*": "deny", **dict.fromkeys(allowed, "allow")}
        yield Fix(
            f"Allow only these tools, in `{name}`", _value_change(file, field, name, said), is_preferred=True
        )


def _value_change(file: File, field: Field, name: str, value: object) -> Change:
    """The field with that name and that value."""
    text = file.text.with_line_breaks(file.dialect.format.entry(name, value))
    return Change.of(file.path, Edit(field.span, text))
