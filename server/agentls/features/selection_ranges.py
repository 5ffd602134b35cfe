"""What to select as a selection grows: word, item, value, field, front matter; paragraph, section, all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agentls.syntax.markdown_headings import sections
from agentls.syntax.nodes import Mapping, Scalar, Sequence
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agentls.semantics.file import File
    from agentls.syntax.markdown_headings import Section
    from agentls.syntax.nodes import Node

_WORD = re.compile(r"[\w-]+")


def selections(file: File, offset: int) -> list[Span]:
    """The stretches around the cursor, each larger than the one before it; the last is the whole text."""
    whole = Span(0, len(file.text.source))
    around = sorted({*_around(file, offset), whole}, key=lambda span: span.length)
    found: list[Span] = []
    for span in around:
        is_empty = span.length == 0 or offset not in span
        # Stretches that cross each other would make the selection jump.
        if not is_empty and (not found or (span.start <= found[-1].start and found[-1].end <= span.end)):
            found.append(span)
    return found or [whole]


def _around(file: File, offset: int) -> Iterator[Span]:
    yield from _word(file, offset)
    document = file.document
    for field in document.fields:
        if offset in field.span:
            yield field.key
            yield from _values(file, field.value, offset)
            yield from (item.span for item in file.items(field))
            yield field.span
    if document.opening:
        yield document.content
        end = document.closing.end if document.closing else document.content.end
        yield Span(document.opening.start, end)
    if offset in document.body:
        yield from _paragraph(file, offset)
        yield from (block.span for block in file.code_blocks)
        yield from _sections(sections(document, file.code_blocks))
        yield document.body


def _word(file: File, offset: int) -> Iterator[Span]:
    line = file.text.line_around(offset)
    for match in _WORD.finditer(file.text.source, line.start, line.end):
        yield Span(*match.span())


def _values(file: File, node: Node, offset: int) -> Iterator[Span]:
    """The value and those in it that hold the cursor."""
    pending = [node]
    while pending:
        value = pending.pop()
        if offset not in value.span:
            continue
        yield _trimmed(file, value.span)
        if isinstance(value, Scalar):
            yield _trimmed(file, value.inner)
        elif isinstance(value, Sequence):
            pending += value.items
        elif isinstance(value, Mapping):
            for entry in value.entries:
                yield Span(entry.key.span.start, entry.value.span.end)
                pending += entry.key, entry.value


def _trimmed(file: File, span: Span) -> Span:
    return Span(span.start, span.start + len(file.text.slice(span).rstrip()))


def _paragraph(file: File, offset: int) -> Iterator[Span]:
    """The lines around the cursor up to the next blank ones."""
    text, body = file.text, file.document.body
    first = last = text.line_at(offset)
    top, bottom = text.line_at(body.start), text.line_at(body.end)
    if not text.slice(text.line_span(first)).strip():
        return
    while first > top and text.slice(text.line_span(first - 1)).strip():
        first -= 1
    while last < bottom and text.slice(text.line_span(last + 1)).strip():
        last += 1
    yield text.line_around(offset)
    yield Span(text.line_span(first).start, text.line_span(last).end)


def _sections(tree: Iterable[Section]) -> Iterator[Span]:
    for section in tree:
        yield section.span
        yield from _sections(section.children)
