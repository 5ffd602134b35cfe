"""Edits that make a broken front matter entry readable, one or more for each cause.

The first repair of a cause is the one an author most probably means. It is certain when the product
then reads what it already recovered, or when no other reading of the text is plausible; never when it makes
text of what may be a field or a comment.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agentls.findings import Edit, apply
from agentls.syntax import yaml, yaml_lines, yaml_problems
from agentls.syntax.nodes import Scalar
from agentls.syntax.repair_types import Repair
from agentls.syntax.spelling import Style
from agentls.syntax.yaml_line_repairs import AT_PLACE
from agentls.syntax.yaml_retry import double_quoted
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from agentls.syntax.document import Document, Field, Problem
    from agentls.syntax.repair_types import Expected

_LINE_BREAK = re.compile(r"\r\n?|\n")
_STAR = re.compile(r"^(?P<indent>[^\S\r\n]*)[*•](?=[^\S\r\n])", re.MULTILINE)
_ITEM_DASH = re.compile(r"(?:^|\s)-[^\S\r\n]+")
_FULL_LINE = re.compile(r"^(?P<indent>[^\S\r\n]*)(?=\S)", re.MULTILINE)
# A comment, of another language too, or a rule: lines that are no text either.
_NO_TEXT = re.compile(r"[\r\n][^\S\r\n]*(?://|/\*|<!--|#|[-–—_*=~+]{2,}[^\S\r\n]*(?:[\r\n]|\Z))")
_COMMENT_BEHIND = re.compile(r"[^\S\r\n]#")
# What people put around the names of a list.
_AROUND_NAMES = re.compile(r"[\[\]\"',\s]+")
_NAMES = re.compile(r"[A-Za-z_][\w-]*")
_KEEPS_LINES = frozenset({"star-list", "list-on-key-line"})


def repairs(document: Document, problem: Problem, expected: Expected) -> Iterator[Repair]:
    """The repairs of one problem, the likeliest first."""
    at_place = AT_PLACE.get(problem.kind)
    yield from at_place(document, problem, expected) if at_place else ()
    field = document.field_at(problem.span.start)
    if at_place and problem.kind not in _OF_VALUE:
        return
    if field and isinstance(field.value, Scalar) and field.value.style is Style.RAW and field.value.value:
        is_list = field.name in expected.lists
        of_value = (_OF_LIST if is_list else _OF_TEXT).get(problem.kind) or _OF_VALUE.get(problem.kind)
        is_safe = problem.kind in _KEEPS_LINES or _is_all_its_own(document, field, expected)
        if is_list and not of_value:
            # As text a list may hold other names; it is what the product reads only where it recovers.
            is_safe = is_safe and problem.is_recoverable
        for repair in (of_value or _of_plain)(document, field):
            yield repair._replace(is_certain=repair.is_certain and is_safe)


def _is_all_its_own(document: Document, field: Field, expected: Expected) -> bool:
    """Whether no line of a value could be a field or a comment, which must stay one."""
    source, span = document.text.source, field.value.span
    has_others = _NO_TEXT.search(source, span.start, span.end)
    return not has_others and not yaml_lines.holds_field(source, span, expected.names)


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
    if yaml_problems.BLOCK_HEADER.match(_raw(field)):
        yield from _indented_block(document, field)
        return
    yield from _of_plain(document, field)
    text, value = document.text, field.value.span
    lines = range(text.line_at(value.start) + 1, text.line_at(value.end) + 1)
    spans = [text.line_span(line) for line in lines]
    edits = tuple(Edit(Span(s.start, s.start), "  ") for s in spans if text.slice(s).strip())
    indented = apply(text.source[: value.end], edits)[field.span.start :]
    if yaml.is_valid(indented):
        yield Repair("Indent the lines", edits, is_certain=False)


def _as_text(document: Document, field: Field) -> Iterator[Repair]:
    """Whether a comment or a field was meant as one, or as a part of the text, is not known."""
    for repair in _of_plain(document, field):
        yield repair._replace(is_certain=False)


def _indented_block(document: Document, field: Field) -> Iterator[Repair]:
    """The lines below the sign of a block, all as far in as the first one."""
    source, text, value = document.text.source, document.text, field.value.span
    start = text.line_around(value.start).end
    lines = list(_FULL_LINE.finditer(source, start, value.end))
    first = len(lines[0]["indent"]) if lines else 0
    if first:
        short = [m for m in lines if len(m["indent"]) < first]
        edits = tuple(Edit(Span(*m.span()), " " * first) for m in short)
    else:
        edits = tuple(Edit(Span(m.start(), m.start()), "  ") for m in lines)
    yield Repair("Indent the text", edits)


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


def _closed_bracket(document: Document, field: Field) -> Iterator[Repair]:
    value, source = field.value.span, document.text.source
    close = "]" if source[value.start] == "[" else "}"
    last_line = document.text.line_around(value.end).start
    comment = _COMMENT_BEHIND.search(source, max(value.start, last_line), value.end)
    end = value.start + len(source[value.start : comment.start() if comment else value.end].rstrip())
    # A parenthesis that nothing opens was meant as the bracket.
    opened, closed = (source.count(sign, value.start, end) for sign in "()")
    is_wrong = source[end - 1] == ")" and closed > opened
    edit = Edit(Span(end - is_wrong, end), close)
    if yaml.is_valid(apply(source[: value.end], (edit,))[field.span.start :]):
        yield Repair("Close the bracket", (edit,), close == "]")


def _text_after_bracket(document: Document, field: Field) -> Iterator[Repair]:
    """A text that begins with a bracket: it stays the text that the product may have read."""
    yield from _of_plain(document, field)
    for repair in _closed_bracket(document, field):
        yield repair._replace(is_certain=False)


def _bare_names(document: Document, field: Field) -> Iterator[Repair]:
    """Names in several pairs of quotes or brackets: they need none."""
    names = [name for name in _AROUND_NAMES.split(_raw(field)) if name]
    if names and all(map(_NAMES.fullmatch, names)):
        yield Repair("Remove the quotes and brackets", (Edit(field.value.span, ", ".join(names)),))
    else:
        for repair in (
            _inner_quote(document, field) if _raw(field)[0] in "\"'" else _of_plain(document, field)
        ):
            yield repair._replace(is_certain=False)


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
    "block-indentation": _indented_block,
    "comment-in-text": _as_text,
    "indented-field": _as_text,
    "unclosed-quote": _unclosed_quote,
    "text-after-quote": _inner_quote,
    "list-on-key-line": _list_on_key_line,
    "star-list": _star_list,
    "block-text": _block_text,
}
# Where it matters whether names are expected or a text.
_OF_LIST: dict[str, Callable[[Document, Field], Iterator[Repair]]] = {
    "unclosed-bracket": _closed_bracket,
    "text-after-quote": _bare_names,
    "text-after-bracket": _bare_names,
}
_OF_TEXT: dict[str, Callable[[Document, Field], Iterator[Repair]]] = {
    "unclosed-bracket": _text_after_bracket,
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
