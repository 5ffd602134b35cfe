"""Edits that make a broken front matter entry readable, one or more for each cause.

The first repair of a cause is the one an author most probably means. It is certain when the product
then reads what it already recovered, or when no other reading of the text is plausible.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from agentls.findings import Edit, apply
from agentls.syntax import yaml, yaml_problems
from agentls.syntax.nodes import Scalar
from agentls.syntax.spelling import Style
from agentls.syntax.yaml_retry import double_quoted
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from agentls.syntax.document import Document, Field, Problem

_LINE_BREAK = re.compile(r"\r\n?|\n")
_LEADING_TABS = re.compile(r"^ *\t+", re.MULTILINE)
_STAR = re.compile(r"^(?P<indent>[^\S\r\n]*)[*•](?=[^\S\r\n])", re.MULTILINE)
_ITEM_DASH = re.compile(r"(?:^|\s)-[^\S\r\n]+")
_INNER_LINE = re.compile(r"[^\S\r\n]*+(?:-[^\S\r\n]++)?+(?:[\w-]+:[^\S\r\n]++)?+(?P<value>[^\r\n]*[^\s])")
_INNER_WORD = re.compile(
    r"(?:[\[{,]\s*|:[^\S\r\n]+|^[^\S\r\n]*-[^\S\r\n]+)(?P<word>[@`%](?:[^,\[\]{}\r\n]*[^\s,\[\]{}])?)",
    re.MULTILINE,
)
_SIGN = re.compile(r"[^\S\r\n]*(?:=>?)?[^\S\r\n]*")


class Repair(NamedTuple):
    title: str
    edits: tuple[Edit, ...]
    is_certain: bool = True


def repairs(document: Document, problem: Problem) -> Iterator[Repair]:
    """The repairs of one problem, the likeliest first."""
    if at_place := _AT_PLACE.get(problem.kind):
        yield from at_place(document, problem)
        return
    field = document.field_at(problem.span.start)
    if field and isinstance(field.value, Scalar) and field.value.style is Style.RAW and field.value.value:
        yield from _OF_VALUE.get(problem.kind, _of_plain)(document, field)


# Repairs of a place


def _space(_document: Document, problem: Problem) -> Iterator[Repair]:
    yield Repair("Add a space after the colon", (Edit(Span(problem.span.end, problem.span.end), " "),))


def _colon(document: Document, problem: Problem) -> Iterator[Repair]:
    sign = _SIGN.match(document.text.source, problem.span.end, problem.entry.end)
    end = sign.end() if sign else problem.span.end
    yield Repair("Add a colon after the field name", (Edit(Span(problem.span.end, end), ": "),))


def _spaces(document: Document, problem: Problem) -> Iterator[Repair]:
    matches = _LEADING_TABS.finditer(document.text.source, problem.entry.start, problem.entry.end)
    edits = tuple(Edit(Span(*match.span()), match.group().replace("\t", "  ")) for match in matches)
    yield Repair("Indent with spaces", edits)


def _inner_text(document: Document, problem: Problem) -> Iterator[Repair]:
    """The rest of a line below a field."""
    line = document.text.line_span(document.text.line_at(problem.span.start))
    found = _INNER_LINE.match(document.text.source, line.start, line.end)
    if found:
        edit = Edit(Span(*found.span("value")), double_quoted(found["value"]))
        yield from _if_it_reads(document, problem, (edit,))


def _inner_words(document: Document, problem: Problem) -> Iterator[Repair]:
    """All words of the entry that start with such a character, since the parser tells only of the first."""
    entry = problem.entry
    edits = tuple(
        Edit(Span(*match.span("word")), double_quoted(match["word"]))
        for match in _INNER_WORD.finditer(document.text.source, entry.start, entry.end)
    )
    yield from _if_it_reads(document, problem, edits)


def _if_it_reads(document: Document, problem: Problem, edits: tuple[Edit, ...]) -> Iterator[Repair]:
    mended = apply(document.text.source[: problem.entry.end], edits)[problem.entry.start :]
    if yaml.is_valid(mended):
        yield Repair("Quote the value", edits)


def _nothing(_document: Document, _problem: Problem) -> Iterator[Repair]:
    """Quotes around the whole value would make a text of a list."""
    yield from ()


_AT_PLACE: dict[str, Callable[[Document, Problem], Iterator[Repair]]] = {
    "no-space-after-colon": _space,
    "no-colon": _colon,
    "tab-indentation": _spaces,
    "inner-colon": _inner_text,
    "inner-indicator": _inner_words,
    "inner-syntax": _nothing,
}


# Repairs of a value


def _of_plain(document: Document, field: Field) -> Iterator[Repair]:
    """Text that needs quotes, or a block when it has several lines."""
    value = _raw(field)
    if value[0] in "\"'" and yaml.is_valid(value):
        return  # between quotes already; what is wrong is around it, and once more would not help
    is_one_line = not _LINE_BREAK.search(value)
    if is_one_line:
        quoted = Edit(field.value.span, double_quoted(value))
        yield Repair("Quote the value", (quoted,))
    block = _block(document, field, value)
    yield Repair("Convert the value to a text block", (block,), is_certain=not is_one_line)


def _unindented(document: Document, field: Field) -> Iterator[Repair]:
    """Text of several lines: a block keeps them apart, indentation alone makes them one."""
    yield from _of_plain(document, field)
    text, value = document.text, field.value.span
    lines = range(text.line_at(value.start) + 1, text.line_at(value.end) + 1)
    spans = [text.line_span(line) for line in lines]
    edits = tuple(Edit(Span(s.start, s.start), "  ") for s in spans if text.slice(s).strip())
    indented = apply(text.source[: value.end], edits)[field.span.start :]
    if yaml.is_valid(indented):
        yield Repair("Indent the lines", edits, is_certain=False)


def _unclosed_quote(_document: Document, field: Field) -> Iterator[Repair]:
    value = _raw(field)
    end = field.value.span.end
    yield Repair("Close the quote", (Edit(Span(end, end), value[0]),))


def _inner_quote(document: Document, field: Field) -> Iterator[Repair]:
    """A quote within the text, which is escaped; or quoted words at its start, which are a part of it."""
    value = _raw(field)
    quote = value[0]
    if _LINE_BREAK.search(value):
        yield Repair("Convert the value to a text block", (_block(document, field, value),))
        return
    inner_end = yaml_problems.quote_end(value, Span(0, len(value)), quote) or len(value)
    is_around_all = value[-1] == quote and not _closes(value, inner_end)
    text = value[1:-1] if is_around_all else value
    quoted = double_quoted(text) if '"' not in text or "'" in text else f"'{text}'"
    title = "Escape the quotes in the text" if is_around_all else "Quote the whole value"
    yield Repair(title, (Edit(field.value.span, quoted),))


def _closes(value: str, end: int) -> bool:
    """Whether the quote before ``end`` looks like the end of quoted words and not like an apostrophe."""
    return not value[end - 2].isspace() and not value[end : end + 1].isalnum()


def _unclosed_bracket(_document: Document, field: Field) -> Iterator[Repair]:
    value = _raw(field)
    end = field.value.span.end
    yield Repair("Close the bracket", (Edit(Span(end, end), "]" if value[0] == "[" else "}"),))


def _list_on_key_line(document: Document, field: Field) -> Iterator[Repair]:
    items = [item.strip() for item in _ITEM_DASH.split(_raw(field)) if item.strip()]
    newline = document.text.newline
    lines = "".join(f"{newline}  - {item}" for item in items)
    gap = Span(_after_colon(document, field), field.value.span.end)
    yield Repair("Put each entry on its own line", (Edit(gap, lines),))


def _star_list(document: Document, field: Field) -> Iterator[Repair]:
    first = document.text.line_starts[document.text.line_at(field.value.span.start)]
    stars = _STAR.finditer(document.text.source, first, field.value.span.end)
    edits = tuple(Edit(Span(*match.span()), f"{match['indent'] or '  '}-") for match in stars)
    yield Repair("Start each entry with a dash", edits)


def _block_text(document: Document, field: Field) -> Iterator[Repair]:
    """``| text`` on one line: the text belongs on the next."""
    value = _raw(field)
    header, text = value[0], value[1:].lstrip("-+ \t")
    block = _block(document, field, text)
    edit = Edit(block.span, block.text.replace("|-", f"{header}-", 1))
    yield Repair("Start the text on the next line", (edit,))


_OF_VALUE: dict[str, Callable[[Document, Field], Iterator[Repair]]] = {
    "unindented": _unindented,
    "unclosed-quote": _unclosed_quote,
    "text-after-quote": _inner_quote,
    "unclosed-bracket": _unclosed_bracket,
    "list-on-key-line": _list_on_key_line,
    "star-list": _star_list,
    "block-text": _block_text,
}


def _raw(field: Field) -> str:
    return field.value.value if isinstance(field.value, Scalar) else ""


def _block(document: Document, field: Field, value: str) -> Edit:
    """The value as a block in which a written-out line break becomes a real one, as it is shown."""
    return block(document, field, value if _LINE_BREAK.search(value) else value.replace("\\n", "\n"))


def block(document: Document, field: Field, text: str) -> Edit:
    """A field's value replaced by ``text`` as a ``|-`` block; the lines lose their own indentation."""
    newline = document.text.newline
    body = newline.join(f"  {line.strip()}".rstrip() for line in _LINE_BREAK.split(text))
    return Edit(Span(_after_colon(document, field), field.value.span.end), f" |-{newline}{body}")


def _after_colon(document: Document, field: Field) -> int:
    return document.text.source.index(":", field.key.end) + 1
