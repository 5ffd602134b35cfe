"""Broken front matter in chunks, one for each entry, so that one bad field never hides another."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from agentls.syntax import yaml
from agentls.syntax.nodes import Scalar
from agentls.syntax.spelling import Style
from agentls.syntax.yaml_lines import nearly_keys
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.text.source import Text

KEY_LINE = re.compile(
    r"^(?P<quote>[\"']?)(?P<key>[A-Za-z_][\w.-]*)(?P=quote)[^\S\r\n]*:(?=\s|\Z)", re.MULTILINE
)
# Speakers and labels of an `<example>` whose lines lost their indentation; never fields of a product.
_EXAMPLE_LABELS = frozenset({"user", "assistant", "context", "commentary", "example"})
_AT_MARGIN = re.compile(r"[\r\n][^\s#]")
_COMMENT = re.compile(r"[^\S\r\n]*(?:#.*)?")


class Chunk(NamedTuple):
    """One entry: ``span`` ends with its value, ``lines`` where the next one starts.

    Lines before the first key have no key.
    """

    key: Scalar | None
    value: Span
    span: Span
    lines: Span


def chunks(text: Text, content: Span, known: frozenset[str]) -> Iterator[Chunk]:
    """The chunks of what stands between the fences; ``known`` are names that certainly start an entry."""
    starts: dict[int, re.Match[str] | None] = {content.start: None}
    starts |= {key.start: None for key in nearly_keys(text.source, content, known)}
    starts |= {match.start(): match for match in _entry_starts(text, content, known)}
    for start, end in pairwise((*sorted(starts), content.end)):
        if starts[start] or text.source[start:end].strip():
            yield _chunk(text, Span(start, end), starts[start])


def _chunk(text: Text, span: Span, key: re.Match[str] | None) -> Chunk:
    start = key.end() if key else span.start
    words = text.source[start : _end_of_words(text, start, span.end) if key else span.end]
    value_start = start + len(words) - len(words.lstrip()) if words.strip() else start
    value = Span(value_start, value_start + len(words.strip()))
    entry = Span(span.start if key else value.start, max(value.end, start))
    return Chunk(_key(key) if key else None, value, entry, span)


def _key(match: re.Match[str]) -> Scalar:
    start, end = match.span("key")
    quotes = len(match["quote"])
    style = {"": Style.PLAIN, "'": Style.SINGLE, '"': Style.DOUBLE}[match["quote"]]
    return Scalar(Span(start - quotes, end + quotes), match["key"], style)


def _end_of_words(text: Text, start: int, end: int) -> int:
    """Where a value ends: comments below it belong to what comes next."""
    line, first = text.line_at(end), text.line_at(start)
    while line > first and _COMMENT.fullmatch(text.source, text.line_starts[line], end):
        line -= 1
        end = max(start, text.line_span(line).end)
    return end


def _entry_starts(text: Text, content: Span, known: frozenset[str]) -> Iterator[re.Match[str]]:
    """The key lines that start an entry; one that a broken entry swallowed (``user:``) does not."""
    current: re.Match[str] | None = None
    broken = False
    for match in KEY_LINE.finditer(text.source, content.start, content.end):
        if current and match["key"] not in known:
            if match["key"].lower() in _EXAMPLE_LABELS:
                continue
            broken = broken or _is_broken(text, current, match.start())
            if broken:
                continue
        current, broken = match, False
        yield match


def _is_broken(text: Text, key: re.Match[str], end: int) -> bool:
    """Whether an entry is none; it may go on at the margin only where it stood there before."""
    is_indented = not _AT_MARGIN.search(text.source, key.end(), _end_of_words(text, key.end(), end))
    return not (is_indented or yaml.is_valid(text.source[key.start() : end]))
