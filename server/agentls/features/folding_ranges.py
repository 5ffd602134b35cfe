"""What can be folded away: the front matter, values and lists of several lines, sections, code blocks."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from agentls.syntax.markdown_headings import sections
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agentls.semantics.file import File
    from agentls.syntax.markdown_headings import Section


class FoldingRangeKind(Enum):
    FRONT_MATTER = "front matter"
    VALUE = "value"
    SECTION = "section"
    CODE = "code"


class FoldingRange(NamedTuple):
    """The lines from ``first``, which stays in sight, to ``last``; both counted from 0."""

    first: int
    last: int
    kind: FoldingRangeKind


def folds(file: File) -> list[FoldingRange]:
    """Every stretch of at least two lines that belongs together, in the order of the text."""
    found = [
        FoldingRange(first, last, kind)
        for kind, span in _stretches(file)
        for first, last in [_lines(file, span)]
        if last > first
    ]
    return sorted(found, key=lambda fold: (fold.first, -fold.last))


def _stretches(file: File) -> Iterator[tuple[FoldingRangeKind, Span]]:
    document = file.document
    if document.opening:
        end = document.closing.end if document.closing else document.content.end
        yield FoldingRangeKind.FRONT_MATTER, Span(document.opening.start, end)
    for field in document.fields:
        yield FoldingRangeKind.VALUE, Span(field.key.start, max(field.span.end, field.key.end))
    for block in file.code_blocks:
        yield FoldingRangeKind.CODE, block.span
    for section in _all(sections(document, file.code_blocks)):
        yield FoldingRangeKind.SECTION, section.span


def _all(tree: Iterable[Section]) -> Iterator[Section]:
    for section in tree:
        yield section
        yield from _all(section.children)


def _lines(file: File, span: Span) -> tuple[int, int]:
    """The first and the last line of a stretch that is not blank at its end."""
    text = file.text
    end = span.start + len(text.slice(span).rstrip())
    return text.line_at(span.start), text.line_at(max(end - 1, span.start))
