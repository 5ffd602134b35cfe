r"""Text and places in it: every offset in this project is an index into a Python string.

Lines end at ``\r\n``, ``\n`` and ``\r`` and nothing else, as in the Language Server Protocol;
``str.splitlines`` also splits at U+0085, U+2028 and others, which occur inside damaged text.
Protocol columns (UTF-8, UTF-16) are the business of ``lsp.convert``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

_LINE_BREAK = re.compile(r"\r\n?|\n")
# Lines before this offset are counted sooner than a table of all lines is made (characters).
_NEAR = 4096


class Span(NamedTuple):
    """A half-open range ``[start, end)`` of string indexes."""

    start: int
    end: int

    def __contains__(self, offset: int) -> bool:  # type: ignore[override]  # of a tuple it is a member
        """Whether a cursor at ``offset`` touches the span; both its edges count."""
        return self.start <= offset <= self.end

    @property
    def length(self) -> int:
        return self.end - self.start


class Location(NamedTuple):
    """A stretch of one line, to point at from another file.

    It carries the line itself, because columns of the protocol depend on what stands before them.
    ``line`` counts from 0, ``start`` and ``end`` are columns in code points.
    """

    line: int = 0
    line_text: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Text:
    """A document's text with a line table; lines and columns are counted from 0, in code points."""

    source: str

    @cached_property
    def line_starts(self) -> list[int]:
        """The offset at which each line starts; there is always at least one line."""
        if "\r" not in self.source:
            # One line break alone is much the quicker to find.
            lengths = map(len, self.source.split("\n"))
            return [0, *accumulate(length + 1 for length in lengths)][:-1]
        return [0, *[match.end() for match in _LINE_BREAK.finditer(self.source)]]

    def slice(self, span: Span) -> str:
        return self.source[span.start : span.end]

    def line_at(self, offset: int) -> int:
        """The line that holds ``offset``."""
        return self._line_and_start(offset)[0]

    def position(self, offset: int) -> tuple[int, int]:
        """``(line, column)`` of ``offset``."""
        line, start = self._line_and_start(offset)
        return line, offset - start

    def _line_and_start(self, offset: int) -> tuple[int, int]:
        # Of most files only some names in the front matter are ever located.
        if offset < _NEAR and not self._has_table:
            head = self.source[:offset]
            if "\r" not in head:
                return head.count("\n"), head.rfind("\n") + 1
        line = bisect_right(self.line_starts, offset) - 1
        return line, self.line_starts[line]

    @property
    def _has_table(self) -> bool:
        return "line_starts" in self.__dict__

    def line_span(self, line: int) -> Span:
        """The line without its line break; lines beyond the end are empty, at the end of the text."""
        starts = self.line_starts
        if line >= len(starts):
            return Span(len(self.source), len(self.source))
        start = starts[line]
        end = starts[line + 1] if line + 1 < len(starts) else len(self.source)
        while end > start and self.source[end - 1] in "\r\n":
            end -= 1
        return Span(start, end)

    def lines_around(self, span: Span) -> Span:
        """The whole lines of a stretch, with the line break after the last one."""
        start = self.line_around(span.start).start
        next_line = self.line_at(max(span.end - 1, span.start)) + 1
        end = self.line_starts[next_line] if next_line < len(self.line_starts) else len(self.source)
        return Span(start, end)

    def line_around(self, offset: int) -> Span:
        """The line that holds ``offset``, without its line break."""
        return self._whole_line(*self._line_and_start(offset))

    def _whole_line(self, line: int, start: int) -> Span:
        if self._has_table:
            return self.line_span(line)
        end = self.source.find("\n", start)
        end = len(self.source) if end < 0 else end
        carriage_return = self.source.find("\r", start, end)
        return Span(start, end if carriage_return < 0 else carriage_return)

    def offset(self, line: int, column: int) -> int:
        """The offset of ``(line, column)``; a column beyond the line's end means its end."""
        span = self.line_span(line)
        return min(span.start + column, span.end)

    def locate(self, span: Span) -> Location:
        """Where the span starts, up to its end or the end of that line."""
        line, start = self._line_and_start(span.start)
        stop = self._whole_line(line, start).end
        end = max(min(span.end, stop), span.start)
        return Location(line, self.source[start:stop], span.start - start, end - start)

    def with_line_breaks(self, words: str) -> str:
        """Other words, whose line breaks become those of this text."""
        return words.replace("\n", self.newline)

    @property
    def newline(self) -> str:
        """The line break the text uses first, so that inserted lines look like its own."""
        match = _LINE_BREAK.search(self.source)
        return match.group() if match else "\n"
