"""Repairs at a place: of a line, a sign or the blanks before it, whatever the value around it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agentls.findings import Edit, apply
from agentls.syntax import yaml, yaml_lines, yaml_problems
from agentls.syntax.repair_types import Repair
from agentls.syntax.yaml_retry import double_quoted
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from agentls.syntax.document import Document, Problem
    from agentls.syntax.repair_types import Expected

_LEADING_TABS = re.compile(r"^ *\t+", re.MULTILINE)
_INNER_LINE = re.compile(r"[^\S\r\n]*+(?:-[^\S\r\n]++)?+(?:[\w-]+:[^\S\r\n]++)?+(?P<value>[^\r\n]*[^\s])")
_INNER_WORD = re.compile(
    r"(?:[\[{,]\s*|:[^\S\r\n]+|^[^\S\r\n]*-[^\S\r\n]+)(?P<word>[@`%](?:[^,\[\]{}\r\n]*[^\s,\[\]{}])?)",
    re.MULTILINE,
)
_SIGN = re.compile(r"[^\S\r\n]*(?:=>?)?[^\S\r\n]*")
_BLANKS = re.compile(r"[^\S\r\n]*")
_FULL_LINE = re.compile(r"^(?P<indent>[^\S\r\n]*)(?=\S)", re.MULTILINE)


def _space(_document: Document, problem: Problem, _expected: Expected) -> Iterator[Repair]:
    yield Repair("Add a space after the colon", (Edit(Span(problem.span.end, problem.span.end), " "),))


def _colon(document: Document, problem: Problem, _expected: Expected) -> Iterator[Repair]:
    sign = _SIGN.match(document.text.source, problem.span.end, problem.entry.end)
    end = sign.end() if sign else problem.span.end
    yield Repair("Add a colon after the field name", (Edit(Span(problem.span.end, end), ": "),))


def _other_colon(document: Document, problem: Problem, _expected: Expected) -> Iterator[Repair]:
    source, (start, end) = document.text.source, problem.span
    blanks = _BLANKS.match(source, end)
    end = blanks.end() if blanks else end
    start -= len(source[:start]) - len(source[:start].rstrip(" \t"))
    is_last = source[end : end + 1] in ("", "\r", "\n")
    yield Repair("Change to a plain colon", (Edit(Span(start, end), ":" if is_last else ": "),))


def _separator(_document: Document, problem: Problem, _expected: Expected) -> Iterator[Repair]:
    start = problem.span.start
    yield Repair("Remove the separator", (Edit(Span(start, start + 1), ""),))


def _comments(document: Document, problem: Problem, _expected: Expected) -> Iterator[Repair]:
    lines = Span(problem.span.start, problem.entry.end)
    found = yaml_lines.foreign_comments(document.text.source, lines)
    yield Repair("Change to a comment in YAML", tuple(Edit(span, comment) for span, comment in found))


def _space_before_comment(_document: Document, problem: Problem, _expected: Expected) -> Iterator[Repair]:
    start = problem.span.start
    # What gets over it has read the comment as text.
    is_certain = not problem.is_recoverable
    yield Repair("Add a space before the comment", (Edit(Span(start, start), " "),), is_certain)


def _dashes(document: Document, problem: Problem, _expected: Expected) -> Iterator[Repair]:
    lines = Span(document.text.line_around(problem.span.start).start, problem.entry.end)
    signs = yaml_lines.tight_items(document.text.source, lines)
    yield Repair("Start each entry with a dash and a space", tuple(Edit(sign, "- ") for sign in signs))


def _line(document: Document, problem: Problem, _expected: Expected) -> Iterator[Repair]:
    yield Repair("Remove the line", (Edit(document.text.lines_around(problem.span), ""),))


def _spaces(document: Document, problem: Problem, _expected: Expected) -> Iterator[Repair]:
    matches = _LEADING_TABS.finditer(document.text.source, problem.entry.start, problem.entry.end)
    edits = tuple(Edit(Span(*match.span()), match.group().replace("\t", "  ")) for match in matches)
    yield Repair("Indent with spaces", edits)


def _left(document: Document, problem: Problem, expected: Expected) -> Iterator[Repair]:
    """The field with what stands below it further in, and the fields beside it."""
    text, source, entry = document.text, document.text.source, problem.entry
    start = text.line_around(problem.span.start).start
    width = problem.span.start - start
    edits = []
    for line in _FULL_LINE.finditer(source, start, entry.end):
        is_field = yaml_lines.is_key(source, line.end(), expected.names)
        if len(line["indent"]) < width or (len(line["indent"]) == width and not is_field):
            break
        edits.append(Edit(Span(line.start(), line.start() + width), ""))
    fields = yaml_lines.indented_fields(text, entry, _behind(document, entry), None, expected.names)
    is_certain = problem.span.start == entry.start or any(
        field.key == problem.span and field.is_certain for field in fields
    )
    repair = Repair("Remove the indentation", tuple(edits), is_certain)
    yield from (repair,) if is_certain else _if_it_reads(document, problem, repair)


def _behind(document: Document, entry: Span) -> int:
    """Where the value ends below which something else stands."""
    field = document.field_at(entry.start)
    end, _ = yaml_problems.value_end(document.text, entry, field.value.span if field else entry)
    return entry.start if end is None else end


def _right(document: Document, problem: Problem, expected: Expected) -> Iterator[Repair]:
    """Lines of quoted text or of a list that stand too far left; the blanks before them mean nothing."""
    source, entry = document.text.source, problem.entry
    edits: dict[Span, Edit] = {}
    for flaw in yaml.read(source, entry.start, entry.end).flaws:
        for line in yaml.lines_too_far_left(source, flaw):
            edits[line] = Edit(line, " " * (flaw.indent + 2))
    is_certain = not yaml_lines.holds_field(source, entry, expected.names)
    yield from _if_it_reads(document, problem, Repair("Indent the lines", tuple(edits.values()), is_certain))


def _alias(document: Document, problem: Problem, _expected: Expected) -> Iterator[Repair]:
    edit = Edit(problem.span, double_quoted(document.text.slice(problem.span)))
    yield Repair("Quote the value", (edit,), problem.is_recoverable)


def _inner_text(document: Document, problem: Problem, _expected: Expected) -> Iterator[Repair]:
    """The rest of a line below a field."""
    line = document.text.line_span(document.text.line_at(problem.span.start))
    found = _INNER_LINE.match(document.text.source, line.start, line.end)
    if found:
        edit = Edit(Span(*found.span("value")), double_quoted(found["value"]))
        yield from _if_it_reads(document, problem, Repair("Quote the value", (edit,)))


def _inner_words(document: Document, problem: Problem, _expected: Expected) -> Iterator[Repair]:
    """All words of the entry that start with such a character, since the parser tells only of the first."""
    entry = problem.entry
    edits = tuple(
        Edit(Span(*match.span("word")), double_quoted(match["word"]))
        for match in _INNER_WORD.finditer(document.text.source, entry.start, entry.end)
    )
    yield from _if_it_reads(document, problem, Repair("Quote the value", edits))


def _if_it_reads(document: Document, problem: Problem, repair: Repair) -> Iterator[Repair]:
    mended = apply(document.text.source[: problem.entry.end], repair.edits)[problem.entry.start :]
    if yaml.is_valid(mended):
        yield repair


def _nothing(_document: Document, _problem: Problem, _expected: Expected) -> Iterator[Repair]:
    """Quotes around the whole value would make a text of a list."""
    yield from ()


AT_PLACE: dict[str, Callable[[Document, Problem, Expected], Iterator[Repair]]] = {
    "no-space-after-colon": _space,
    "no-colon": _colon,
    "other-colon": _other_colon,
    "trailing-comma": _separator,
    "foreign-comment": _comments,
    "tight-comment": _space_before_comment,
    "tight-item": _dashes,
    "document-end": _line,
    "tab-indentation": _spaces,
    "indented-field": _left,
    "unindented-quote": _right,
    "unindented-list": _right,
    "unknown-alias": _alias,
    "inner-colon": _inner_text,
    "inner-indicator": _inner_words,
    "inner-syntax": _nothing,
}
