"""The true cause why one front matter entry is not YAML, at its token.

A parser reports where it gave up; an author needs the place that made it give up.
Each cause is a ``kind`` of ``Problem``; ``rules.invalid_yaml`` has the words, ``yaml_repairs`` the repairs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agentls.syntax import yaml, yaml_lines, yaml_retry
from agentls.syntax.document import Problem
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.syntax.entry_chunks import Chunk
    from agentls.text.source import Text

_COLON = re.compile(r":(?=[^\S\r\n]|[\r\n]|\Z)")
_TAB_INDENT = re.compile(r"^ *+\t++[ \t]*+(?=\S)", re.MULTILINE)
_STAR_ITEM = re.compile(r"^[^\S\r\n]*(?P<star>[*•])(?=[^\S\r\n])", re.MULTILINE)
_DASH_ITEM = re.compile(r"-[^\S\r\n]")
BLOCK_HEADER = re.compile(r"[|>][-+0-9]*[^\S\r\n]*(?=#|[\r\n]|\Z)")
_INDENT = re.compile(r"(?:\r\n?|\n)(?P<indent>[^\S\r\n]*)(?P<words>\S[^\r\n]*)")
_DOCUMENT_END = re.compile(r"^\.{3}(?=\s|\Z)", re.MULTILINE)
# A comment within text: what follows belongs to nothing.
# A comment to the end of its line, and whether a line follows that goes on.
_COMMENT = re.compile(
    r"(?:^|[^\S\r\n])(?P<words>#[^\r\n]*+)(?:\r\n?|\n|\Z)(?:(?=(?P<more>[^\S\r\n]++[^\s#])))?", re.MULTILINE
)
_SEPARATOR = re.compile(r"[,;][^\S\r\n]*(?:[^\S\r\n]#.*)?")
_LINE_END = re.compile(r"[\r\n]|\Z")
# A plain value must not start with these: YAML gives each a meaning of its own.
_INDICATORS = "*&@`%!|>"
_BRACKETS = {"[": "]", "{": "}"}
# A line of a list or of fields below a field; a description may start with a word and a colon.
_LINE_OF_MANY = re.compile(r"(?P<indent>[^\S\r\n]+)(?:-[^\S\r\n]|[\w-]+:(?=[^\S\r\n]|[\r\n]|\Z))")
_TEXT = re.compile(r"description\b")
# What is wrong inside a list or below a field is where the parser stops.
_INNER = {":": "inner-colon"} | dict.fromkeys("@`%", "inner-indicator")


def explain(text: Text, chunk: Chunk, error: yaml.ReadError, known: frozenset[str]) -> Problem:
    """Why an entry failed with ``error``; ``known`` are the names that certainly are fields."""
    entry, value = chunk.span, chunk.value
    recoverable = yaml.is_valid(yaml_retry.quote_entry(text.source, entry))
    for kind, span in _candidates(text, entry, value, known):
        return Problem(kind, span, entry, error.reason, recoverable)
    offset = min(max(error.offset, entry.start), max(entry.start, entry.end - 1))
    kind = "syntax"
    if text.source[value.start] in _BRACKETS or _holds_many(text, entry, value):
        kind = _INNER.get(text.source[offset], "inner-syntax")
    return Problem(kind, Span(offset, min(offset + 1, entry.end)), entry, error.reason, recoverable)


def stray(text: Text, entry: Span, known: frozenset[str]) -> Problem:
    """Why lines that read as YAML are no fields."""
    for kind, span in yaml_lines.key_causes(text.source, entry, known):
        return Problem(kind, span, entry)
    if comments := yaml_lines.foreign_comments(text.source, entry):
        return Problem("foreign-comment", comments[0][0], entry)
    return Problem("stray-text", entry, entry)


def not_a_mapping(text: Text, root: Span, known: frozenset[str]) -> Problem:
    """Why front matter that reads as YAML has no fields at all."""
    problem = stray(text, root, known)
    return problem if problem.kind != "stray-text" else Problem("not-a-mapping", root, root)


def indented(text: Text, entry: Span) -> Problem:
    """The first fields stand further in than those below them."""
    line_end = text.line_around(entry.start).end
    return Problem("indented-field", Span(entry.start, min(entry.end, line_end)), entry)


def document_end(text: Text, content: Span) -> Span | None:
    """The line that ends the document before all fields have come."""
    match = _DOCUMENT_END.search(text.source, content.start, content.end)
    return Span(*match.span()) if match else None


def _candidates(text: Text, entry: Span, value: Span, known: frozenset[str]) -> Iterator[tuple[str, Span]]:
    yield from _line_causes(text, entry, value, known)
    if value.length:
        yield from _value_causes(text, entry, value)


def _line_causes(text: Text, entry: Span, value: Span, known: frozenset[str]) -> Iterator[tuple[str, Span]]:
    """What is wrong with a line, whatever the value is."""
    source = text.source
    start, limit = value_end(text, entry, value)
    fields = () if start is None else yaml_lines.indented_fields(text, entry, start, limit, known)
    field = next(iter(fields), None)
    # Spaces in place of its tab would make a part of the value of it.
    if field and "\t" in field.indent:
        yield "indented-field", field.key
    if tab := _TAB_INDENT.search(source, entry.start, entry.end):
        yield "tab-indentation", Span(*tab.span())
    yield from yaml_lines.key_causes(source, entry, known)
    if field:
        yield "indented-field", field.key
    if start is not None and (comments := yaml_lines.foreign_comments(source, Span(start, entry.end))):
        yield "foreign-comment", comments[0][0]
    if value.length and text.line_at(value.start) != text.line_at(entry.start):
        lines = Span(text.line_around(value.start).start, value.end)
        if signs := yaml_lines.tight_items(source, lines):
            yield "tight-item", signs[0]


def _value_causes(text: Text, entry: Span, value: Span) -> Iterator[tuple[str, Span]]:
    source, first = text.source, text.source[value.start]
    if first in "\"'":
        yield from _quote_causes(source, value, first)
    elif first in _BRACKETS:
        yield from _bracket_causes(source, value, first)
    elif _DASH_ITEM.match(source, value.start, value.end) and text.line_at(value.start) == text.line_at(
        entry.start
    ):
        yield "list-on-key-line", Span(value.start, value.start + 1)
    elif star := _STAR_ITEM.match(source, source.rfind("\n", 0, value.start) + 1, value.end):
        yield "star-list", Span(*star.span("star"))
    elif BLOCK_HEADER.match(source, value.start, value.end):
        yield from _block_causes(source, value)
    elif first in _INDICATORS:
        yield "block-text" if first in "|>" else "indicator", Span(value.start, value.start + 1)
    elif not _holds_many(text, entry, value):
        yield from _plain_causes(text, entry, value)


def value_end(text: Text, entry: Span, value: Span) -> tuple[int | None, int | None]:
    """Where the value itself ends, and how far the lines are indented that belong to it all the same.

    No place where nothing tells: a quote or a bracket that is never closed.
    """
    source = text.source
    first = source[value.start : value.start + 1]
    end: int | None = value.start
    if first and first in "\"'":
        end = quote_end(source, value, first)
    elif first in _BRACKETS:
        end = _bracket_end(source, value, first)
    if end is None:
        return None, None
    behind = text.line_around(end).end
    is_block = BLOCK_HEADER.match(source, value.start, value.end)
    if is_block or (first and text.line_at(value.start) != text.line_at(entry.start)):
        start = end if is_block else text.line_around(entry.start).end - 1
        line = _INDENT.search(source, start, entry.end)
        is_text = not is_block and not (line and _LINE_OF_MANY.match(line["indent"] + line["words"]))
        if line and line["indent"] and not is_text:
            return behind, len(line["indent"])
    return behind, None


def _block_causes(source: str, value: Span) -> Iterator[tuple[str, Span]]:
    """A line of a block that stands further left than the first one."""
    lines = list(_INDENT.finditer(source, value.start, value.end))
    for line in lines:
        if len(line["indent"]) < max(1, len(lines[0]["indent"])):
            start = line.start("words")
            kind = "block-indentation" if line["indent"] else "unindented"
            yield kind, Span(start, start + len(line["words"].rstrip()))
            return


def _holds_many(text: Text, entry: Span, value: Span) -> bool:
    """Whether a value is fields or a list below its field, and no text."""
    first, last = text.line_at(value.start), text.line_at(max(value.start, value.end - 1))
    if first == text.line_at(entry.start) or _TEXT.match(text.source, entry.start):
        return False
    lines = [line for n in range(first, last + 1) if (line := text.slice(text.line_span(n))).strip()]
    least = min(len(line) - len(line.lstrip()) for line in lines)
    outer = (line for line in lines if not line[least].isspace() and line[least] != "#")
    return all((match := _LINE_OF_MANY.match(line)) and len(match["indent"]) == least for line in outer)


def _quote_causes(source: str, value: Span, quote: str) -> Iterator[tuple[str, Span]]:
    end = quote_end(source, value, quote)
    if end is None:
        yield "unclosed-quote", Span(value.start, value.start + 1)
    elif rest := _rest_of_line(source, end, value.end):
        yield _kind_of_rest(source, rest, "text-after-quote"), rest


def _kind_of_rest(source: str, rest: Span, kind: str) -> str:
    return "trailing-comma" if _SEPARATOR.fullmatch(source, rest.start, rest.end) else kind


def quote_end(source: str, value: Span, quote: str) -> int | None:
    """Where the quoted string ends, as YAML counts: a doubled or escaped quote does not end it."""
    skip = re.compile(r"''" if quote == "'" else r"\\.", re.DOTALL)
    offset = value.start + 1
    while offset < value.end:
        if escaped := skip.match(source, offset, value.end):
            offset = escaped.end()
        elif source[offset] == quote:
            return offset + 1
        else:
            offset += 1
    return None


def _bracket_causes(source: str, value: Span, bracket: str) -> Iterator[tuple[str, Span]]:
    end = _bracket_end(source, value, bracket)
    if end is None:
        yield "unclosed-bracket", Span(value.start, value.start + 1)
    elif rest := _rest_of_line(source, end, value.end):
        yield _kind_of_rest(source, rest, "text-after-bracket"), rest


def _bracket_end(source: str, value: Span, bracket: str) -> int | None:
    depth = 0
    for offset in range(value.start, value.end):
        depth += (source[offset] == bracket) - (source[offset] == _BRACKETS[bracket])
        if depth == 0:
            return offset + 1
    return None


def _rest_of_line(source: str, start: int, end: int) -> Span | None:
    """What stands on the line from ``start`` on, without the white space around it."""
    line_end = _LINE_END.search(source, start)
    stop = min(line_end.start() if line_end else end, end)
    rest = source[start:stop].strip()
    if not rest or rest.startswith("#"):
        return None
    first = source.index(rest, start)
    return Span(first, first + len(rest))


def _plain_causes(text: Text, entry: Span, value: Span) -> Iterator[tuple[str, Span]]:
    first_line = text.line_around(entry.start)
    line_end = min(first_line.end, entry.end)
    if yaml.is_valid(text.source[entry.start : line_end]):
        stray = next(_unindented(text, text.line_at(entry.start) + 1, entry.end), None)
        # What is wrong with the value itself comes before what follows it.
        end = stray[1].start if stray else value.end
        if colon := _COLON.search(text.source, min(line_end, end), end):
            yield "colon", Span(*colon.span())
        if stray:
            yield stray
    elif colon := _COLON.search(text.source, value.start, line_end):
        is_last = not text.source[colon.end() : line_end].strip()
        stray = next(_unindented(text, text.line_at(entry.start) + 1, entry.end), None) if is_last else None
        if stray:
            # To end a line with a colon is natural; to go on at the margin is what nothing can mend.
            yield stray
        yield "colon-at-end" if is_last else "colon", Span(*colon.span())
    if colon := _COLON.search(text.source, min(line_end, value.end), value.end):
        yield "colon", Span(*colon.span())
    comments = _COMMENT.finditer(text.source, value.start, entry.end)
    if comment := next((comment for comment in comments if comment["more"]), None):
        yield "comment-in-text", Span(*comment.span("words"))


def _unindented(text: Text, line: int, end: int) -> Iterator[tuple[str, Span]]:
    """The first line after the value that should have been indented to belong to it."""
    while line < len(text.line_starts) and text.line_starts[line] < end:
        span = text.line_span(line)
        words = text.slice(span)
        if words.strip() and not words[0].isspace() and not words.startswith("#"):
            yield "unindented", Span(span.start, span.start + len(words.rstrip()))
            return
        line += 1
