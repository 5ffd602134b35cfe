"""The true cause why one front matter entry is not YAML, at its token.

A parser reports where it gave up; an author needs the place that made it give up.
Each cause is a ``kind`` of ``Problem``; ``rules.invalid_yaml`` has the words for them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agentls.document import Problem
from agentls.readers import retry, yaml
from agentls.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.text import Text

_COLON = re.compile(r":(?=[^\S\r\n]|$)", re.MULTILINE)
_TAB_INDENT = re.compile(r"^ *\t+[ \t]*(?=\S)", re.MULTILINE)
# A plain value must not start with these: YAML gives each a meaning of its own.
_INDICATORS = "*&@`%!|>"
_OPENERS = {"[": "]", "{": "}"}


def explain(text: Text, entry: Span, value: Span, error: yaml.ReadError) -> Problem:
    """Why the entry that covers ``entry``, with its value at ``value``, failed with ``error``."""
    block = text.source[entry.start : entry.end]
    recoverable = _reads(retry.quote_simple_values(block))
    for kind, span in _candidates(text, entry, value):
        return Problem(kind, span, entry, error.reason, recoverable)
    offset = min(max(error.offset, entry.start), max(entry.start, entry.end - 1))
    return Problem("syntax", Span(offset, min(offset + 1, entry.end)), entry, error.reason, recoverable)


def _candidates(text: Text, entry: Span, value: Span) -> Iterator[tuple[str, Span]]:
    source = text.source
    first = source[value.start : value.start + 1]
    if tab := _TAB_INDENT.search(source, entry.start, entry.end):
        yield "tab-indentation", Span(*tab.span())
    if first and first in "\"'":
        yield from _quote_causes(source, value, first)
    elif first in _OPENERS and first:
        if source.count(first, value.start, value.end) > source.count(
            _OPENERS[first], value.start, value.end
        ):
            yield "unclosed-bracket", Span(value.start, value.start + 1)
    elif first and first in _INDICATORS and not _is_block_header(source, value):
        yield "indicator", Span(value.start, value.start + 1)
    else:
        yield from _plain_causes(text, entry, value)


def _quote_causes(source: str, value: Span, quote: str) -> Iterator[tuple[str, Span]]:
    end = _quote_end(source, value, quote)
    if end is None:
        yield "unclosed-quote", Span(value.start, value.start + 1)
        return
    line_end = re.compile(r"[\r\n]|\Z").search(source, end)
    rest_end = min(line_end.start() if line_end else value.end, value.end)
    if rest := source[end:rest_end].strip():
        start = source.index(rest, end)
        yield "text-after-quote", Span(start, start + len(rest))


def _quote_end(source: str, value: Span, quote: str) -> int | None:
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


def _is_block_header(source: str, value: Span) -> bool:
    return re.compile(r"[|>][-+0-9]*[^\S\r\n]*(#|$)", re.MULTILINE).match(source, value.start) is not None


def _plain_causes(text: Text, entry: Span, value: Span) -> Iterator[tuple[str, Span]]:
    first_line = text.line_span(text.line_at(entry.start))
    line_end = min(first_line.end, entry.end)
    if _reads(text.source[entry.start : line_end]):
        yield from _unindented(text, text.line_at(entry.start) + 1, entry.end)
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


def _reads(block: str) -> bool:
    try:
        yaml.read(block, 0, len(block))
    except yaml.ReadError:
        return False
    return True
