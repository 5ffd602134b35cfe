"""Markdown with YAML front matter to a ``Document``; never raises, whatever the text.

The whole block is read strictly first. Where that fails it is read entry by entry, so that one bad
field never hides another, and each failing entry yields one problem at its cause.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from agentls.syntax import fences, yaml, yaml_problems, yaml_retry
from agentls.syntax.document import Document, Problem
from agentls.syntax.nodes import Entry, Mapping, Node, Scalar
from agentls.syntax.spelling import Style
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.text.source import Text

_KEY_LINE = re.compile(
    r"^(?P<quote>[\"']?)(?P<key>[A-Za-z_][\w.-]*)(?P=quote)[^\S\r\n]*:(?=\s|\Z)", re.MULTILINE
)
# Speakers and labels of an `<example>` whose lines lost their indentation; never fields of a product.
_EXAMPLE_LABELS = frozenset({"user", "assistant", "context", "commentary", "example"})
_BODY_START = re.compile(r"^(?:#{1,6}[^\S\r\n]+\S|\*\*\S)", re.MULTILINE)
_AT_MARGIN = re.compile(r"[\r\n][^\s#]")
_COMMENT = re.compile(r"[^\S\r\n]*(?:#.*)?")


def read(text: Text, known: frozenset[str]) -> Document:
    """Read a file; ``known`` are the field names that certainly start an entry."""
    found = fences.find(text)
    if found is None:
        return Document(text, body=Span(0, len(text.source)))
    document = Document(text, found.body, found.opening, found.content, found.closing)
    if found.flaw:
        return _read_flawed(document, found.flaw, known)
    strict = _read_strictly(document, known)
    if strict and found.closing:
        return strict
    swallowed = _body_inside(text, found.content, known)
    if found.closing is None or swallowed is not None:
        return _read_unclosed(document, swallowed, known)
    return _read_tolerantly(document, known)


def _read_flawed(document: Document, flaw: str, known: frozenset[str]) -> Document:
    """No product sees this front matter; for whoever mends it, its fields are read all the same."""
    read = _read_strictly(document, known) or _read_tolerantly(document, known)
    at = document.opening if document.opening and document.opening.length else _first_line(document)
    problem = Problem(f"misplaced-{flaw}", at, Span(0, document.content.end))
    return replace(read, problems=(problem, *read.problems), is_recovered=False)


def _first_line(document: Document) -> Span:
    return document.text.line_span(0)


def _read_strictly(document: Document, known: frozenset[str]) -> Document | None:
    content = document.content
    try:
        reading = _reading(document.text.source[: content.end], content.start)
    except yaml.ReadError:
        return None
    if reading.root is None:
        return document
    if not isinstance(reading.root, Mapping):
        problem = yaml_problems.not_a_mapping(document.text, reading.root.span, known)
        return replace(document, problems=(problem,), is_recovered=False)
    return replace(document, root=reading.root, anchors=reading.anchors)


@lru_cache(maxsize=16)
def _reading(head: str, start: int) -> yaml.ParsedYaml:
    """While a body is being written, what stands above it is read once. The result is never changed."""
    return yaml.read(head, start, len(head))


def _body_inside(text: Text, content: Span, known: frozenset[str]) -> int | None:
    """Where the body starts inside the content, if the closing fence was forgotten before it."""
    last_known = max(
        (
            match.start()
            for match in _KEY_LINE.finditer(text.source, *_range(content))
            if match["key"] in known
        ),
        default=None,
    )
    if last_known is None:
        return None
    for match in _BODY_START.finditer(text.source, last_known, content.end):
        before = text.line_span(text.line_at(match.start()) - 1)
        if before.start > content.start and not text.slice(before).strip():
            return match.start()
    return None


def _range(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _read_unclosed(document: Document, body: int | None, known: frozenset[str]) -> Document:
    """The closing fence is missing: what stands before the body is front matter all the same."""
    text, content = document.text, document.content
    end = content.end if body is None else body
    inner = replace(document, content=Span(content.start, end))
    read = _read_strictly(inner, known) or _read_tolerantly(inner, known)
    at = Span(*_range(document.opening)) if body is None and document.opening else text.line_around(end)
    problem = Problem("unclosed", at, Span(content.start, end))
    if body is None:
        # Nothing marks where the body starts, so nothing more is said of what stands in between.
        return replace(read, content=content, problems=(problem,), is_recovered=False, closing=None)
    return replace(
        read,
        problems=(problem, *read.problems),
        is_recovered=False,
        closing=None,
        body=Span(end, len(text.source)),
    )


def _read_tolerantly(document: Document, known: frozenset[str]) -> Document:
    source = document.text.source
    entries: list[Entry] = []
    problems: list[Problem] = []
    anchors: dict[str, Node] = {}
    for chunk in _chunks(document.text, document.content, known):
        try:
            reading = yaml.read(source, chunk.lines.start, chunk.lines.end)
        except yaml.ReadError as error:
            problems.append(yaml_problems.explain(document.text, chunk.span, chunk.value, error, known))
            if chunk.key:
                value = Scalar(chunk.value, source[chunk.value.start : chunk.value.end], Style.RAW)
                entries.append(Entry(chunk.key, value))
            continue
        anchors |= reading.anchors
        if isinstance(reading.root, Mapping):
            entries += reading.root.entries
        elif reading.root is not None:
            problems.append(yaml_problems.stray(document.text, chunk.span, known))
    if not problems:
        problems.append(_elsewhere(document))
    return replace(
        document,
        root=Mapping(document.content, tuple(entries), flow=False),
        problems=tuple(problems),
        is_recovered=_recovers(document),
        anchors=anchors,
    )


def _elsewhere(document: Document) -> Problem:
    """Every entry reads on its own but the whole does not; then the parser's own place is the best."""
    content = document.content
    try:
        yaml.read(document.text.source, content.start, content.end)
    except yaml.ReadError as error:
        start = min(error.offset, max(content.start, content.end - 1))
        return Problem("syntax", Span(start, min(start + 1, content.end)), content, error.reason)
    return Problem("syntax", Span(content.start, content.start), content)


def _recovers(document: Document) -> bool:
    block = yaml_retry.quote_simple_values(document.text.slice(document.content))
    try:
        return isinstance(yaml.read(block, 0, len(block)).root, Mapping)
    except yaml.ReadError:
        return False


class _Chunk(NamedTuple):
    """One entry: ``span`` ends with its value, ``lines`` where the next one starts.

    Lines before the first key have no key.
    """

    key: Scalar | None
    value: Span
    span: Span
    lines: Span


def _chunks(text: Text, content: Span, known: frozenset[str]) -> Iterator[_Chunk]:
    starts = list(_entry_starts(text, content, known))
    first = starts[0].start() if starts else content.end
    if text.source[content.start : first].strip():
        yield _chunk(text, Span(content.start, first), None)
    for index, match in enumerate(starts):
        end = starts[index + 1].start() if index + 1 < len(starts) else content.end
        yield _chunk(text, Span(match.start(), end), match)


def _chunk(text: Text, span: Span, key: re.Match[str] | None) -> _Chunk:
    start = key.end() if key else span.start
    words = text.source[start : _end_of_words(text, start, span.end) if key else span.end]
    value_start = start + len(words) - len(words.lstrip()) if words.strip() else start
    value = Span(value_start, value_start + len(words.strip()))
    entry = Span(span.start if key else value.start, max(value.end, start))
    return _Chunk(_key(key) if key else None, value, entry, span)


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
    for match in _KEY_LINE.finditer(text.source, *_range(content)):
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
