"""The true cause why one front matter entry is not YAML, at its token.

A parser reports where it gave up; an author needs the place that made it give up.
Each cause is a ``kind`` of ``Problem``; ``rules.invalid_yaml`` has the words, ``yaml_repairs`` the repairs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agentls.syntax import yaml, yaml_retry
from agentls.syntax.document import Problem
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.text.source import Text

_COLON = re.compile(r":(?=[^\S\r\n]|[\r\n]|\Z)")
_TAB_INDENT = re.compile(r"^ *+\t++[ \t]*+(?=\S)", re.MULTILINE)
# A key whose value follows without the space that would make it one; `http://` is no key.
_TIGHT_KEY = re.compile(r"^(?P<key>[A-Za-z_][\w-]*)(?P<colon>:)(?=[^\s:/])", re.MULTILINE)
# A key with another sign, or with none, between it and its value.
_SIGNLESS_KEY = re.compile(r"^(?P<key>[A-Za-z_][\w-]*)(?P<sign>[^\S\r\n]*=>?|(?=[^\S\r\n]+\S))", re.MULTILINE)
_STAR_ITEM = re.compile(r"^[^\S\r\n]*(?P<star>[*•])(?=[^\S\r\n])", re.MULTILINE)
_DASH_ITEM = re.compile(r"-[^\S\r\n]")
_BLOCK_HEADER = re.compile(r"[|>][-+0-9]*[^\S\r\n]*(?=#|[\r\n]|\Z)")
_LINE_END = re.compile(r"[\r\n]|\Z")
# A plain value must not start with these: YAML gives each a meaning of its own.
_INDICATORS = "*&@`%!|>"
_BRACKETS = {"[": "]", "{": "}"}
# A line of a list or of fields below a field; a description may start with a word and a colon.
_LINE_OF_MANY = re.compile(r"(?P<indent>[^\S\r\n]+)(?:-[^\S\r\n]|[\w-]+:(?=[^\S\r\n]|[\r\n]|\Z))")
_TEXT = re.compile(r"description\b")
# What is wrong inside a list or below a field is where the parser stops.
_INNER = {":": "inner-colon"} | dict.fromkeys("@`%", "inner-indicator")


def explain(text: Text, entry: Span, value: Span, error: yaml.ReadError, known: frozenset[str]) -> Problem:
    """Why the entry that covers ``entry``, with its value at ``value``, failed with ``error``."""
    block = text.source[entry.start : entry.end]
    recoverable = yaml.is_valid(yaml_retry.quote_simple_values(block))
    for kind, span in _candidates(text, entry, value, known):
        return Problem(kind, span, entry, error.reason, recoverable)
    offset = min(max(error.offset, entry.start), max(entry.start, entry.end - 1))
    kind = "syntax"
    if text.source[value.start] in _BRACKETS or _holds_many(text, entry, value):
        kind = _INNER.get(text.source[offset], "inner-syntax")
    return Problem(kind, Span(offset, min(offset + 1, entry.end)), entry, error.reason, recoverable)


def stray(text: Text, entry: Span, known: frozenset[str]) -> Problem:
    """Why lines that read as YAML are no fields."""
    for kind, span in _key_causes(text.source, entry, known):
        return Problem(kind, span, entry)
    return Problem("stray-text", entry, entry)


def not_a_mapping(text: Text, root: Span, known: frozenset[str]) -> Problem:
    """Why front matter that reads as YAML has no fields at all."""
    problem = stray(text, root, known)
    return problem if problem.kind != "stray-text" else Problem("not-a-mapping", root, root)


def _candidates(text: Text, entry: Span, value: Span, known: frozenset[str]) -> Iterator[tuple[str, Span]]:
    source = text.source
    first = source[value.start : value.start + 1]
    if tab := _TAB_INDENT.search(source, entry.start, entry.end):
        yield "tab-indentation", Span(*tab.span())
    yield from _key_causes(source, Span(entry.start, entry.end), known)
    if not first:
        return
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
    elif first in _INDICATORS and not _BLOCK_HEADER.match(source, value.start, value.end):
        yield "block-text" if first in "|>" else "indicator", Span(value.start, value.start + 1)
    elif not _holds_many(text, entry, value):
        yield from _plain_causes(text, entry, value)


def _holds_many(text: Text, entry: Span, value: Span) -> bool:
    """Whether a value is fields or a list below its field, and no text."""
    first, last = text.line_at(value.start), text.line_at(max(value.start, value.end - 1))
    if first == text.line_at(entry.start) or _TEXT.match(text.source, entry.start):
        return False
    lines = [line for n in range(first, last + 1) if (line := text.slice(text.line_span(n))).strip()]
    least = min(len(line) - len(line.lstrip()) for line in lines)
    outer = (line for line in lines if not line[least].isspace() and line[least] != "#")
    return all((match := _LINE_OF_MANY.match(line)) and len(match["indent"]) == least for line in outer)


def _key_causes(source: str, entry: Span, known: frozenset[str]) -> Iterator[tuple[str, Span]]:
    """A line that would be a field if its colon were in order; only known fields are told from text."""
    for match in _TIGHT_KEY.finditer(source, entry.start, entry.end):
        if match["key"] in known:
            yield "no-space-after-colon", Span(*match.span("colon"))
    for match in _SIGNLESS_KEY.finditer(source, entry.start, entry.end):
        if match["key"] in known:
            yield "no-colon", Span(*match.span("key"))


def _quote_causes(source: str, value: Span, quote: str) -> Iterator[tuple[str, Span]]:
    end = quote_end(source, value, quote)
    if end is None:
        yield "unclosed-quote", Span(value.start, value.start + 1)
    elif rest := _rest_of_line(source, end, value.end):
        yield "text-after-quote", rest


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
    depth = 0
    for offset in range(value.start, value.end):
        depth += (source[offset] == bracket) - (source[offset] == _BRACKETS[bracket])
        if depth == 0:
            if rest := _rest_of_line(source, offset + 1, value.end):
                yield "text-after-bracket", rest
            return
    yield "unclosed-bracket", Span(value.start, value.start + 1)


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
        yield "colon", Span(*colon.span())
    if colon := _COLON.search(text.source, min(line_end, value.end), value.end):
        yield "colon", Span(*colon.span())


def _unindented(text: Text, line: int, end: int) -> Iterator[tuple[str, Span]]:
    """The first line after the value that should have been indented to belong to it."""
    while line < len(text.line_starts) and text.line_starts[line] < end:
        span = text.line_span(line)
        words = text.slice(span)
        if words.strip() and not words[0].isspace() and not words.startswith("#"):
            yield "unindented", Span(span.start, span.start + len(words.rstrip()))
            return
        line += 1
