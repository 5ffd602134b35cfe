"""Which parts of a Markdown body are code; nothing else of Markdown is looked at.

What stands in code is an example: links, paths and damage in it are nobody's mistake.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agentls.syntax.document import Document
    from agentls.text.source import Text

_MARK = re.compile(r"(?P<mark>`{3,}|~{3,})(?P<info>[^\r\n]*)")
_INDENT = " \t>"
_LINE_ENDS = ("\n", "\r", "")
_TICKS = re.compile(r"`+")


class CodeBlock(NamedTuple):
    """A fenced block: ``span`` from the opening mark to the end of the closing one, ``mark`` the opening."""

    span: Span
    mark: Span
    indent: str
    info: str
    is_closed: bool


def code_blocks(document: Document) -> list[CodeBlock]:
    """The fenced code blocks of the body; one that is never closed runs to the end."""
    text, body = document.text, document.body
    blocks: list[CodeBlock] = []
    opening: re.Match[str] | None = None
    for match in _marks(text, body):
        if opening is None:
            # A mark with a backtick behind it on its line is code within the line.
            if "`" not in match["info"] or match["mark"][0] != "`":
                opening = match
        elif match["mark"].startswith(opening["mark"]) and not match["info"].strip():
            blocks.append(_block(text, opening, match.end("mark"), is_closed=True))
            opening = None
    if opening:
        blocks.append(_block(text, opening, body.end, is_closed=False))
    return blocks


def nested_blocks(document: Document) -> list[Span]:
    """The fenced code as authors mean it who put blocks into a block with a mark of the same length.

    A mark with words opens one more block, and a bare one closes the innermost.
    """
    spans: list[Span] = []
    open_marks: list[re.Match[str]] = []
    for match in _marks(document.text, document.body):
        if open_marks and not match["info"].strip() and match["mark"].startswith(open_marks[-1]["mark"]):
            opening = open_marks.pop()
            if not open_marks:
                spans.append(Span(opening.start("mark"), match.end("mark")))
        elif not open_marks or match["info"].strip():
            open_marks.append(match)
    return spans


def block_at(blocks: Sequence[CodeBlock], offset: int) -> CodeBlock | None:
    """The block that holds a place; the blocks are in the order of the text, and there may be thousands."""
    before = bisect_right(blocks, offset, key=lambda block: block.span.start) - 1
    return blocks[before] if before >= 0 and offset in blocks[before].span else None


def _marks(text: Text, body: Span) -> list[re.Match[str]]:
    """The first marks of lines; marks are rare, and a search for a fixed text finds them quickly."""
    source, marks = text.source, []
    for sign in ("```", "~~~"):
        start = source.find(sign, body.start, body.end)
        while start >= 0 and (match := _MARK.match(source, start, body.end)):
            if not _indent(text, start).strip(_INDENT):
                marks.append(match)
            start = source.find(sign, match.end(), body.end)
    # Few files have marks of both signs, and those are in order already.
    marks.sort(key=re.Match.start)
    return marks


def _indent(text: Text, start: int) -> str:
    """What stands before a place on its line."""
    # Nearly always it is the start of the line, which the character before it tells.
    if text.source[start - 1 : start] in _LINE_ENDS:
        return ""
    return text.source[text.line_around(start).start : start]


def _block(text: Text, opening: re.Match[str], end: int, *, is_closed: bool) -> CodeBlock:
    mark = Span(*opening.span("mark"))
    return CodeBlock(
        Span(mark.start, end), mark, _indent(text, mark.start), opening["info"].strip(), is_closed
    )


class CodeSpans:
    """Whether places stand in code within a line; made for a text, to be asked many times."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self._ticks: dict[int, list[int]] = {}

    def hold(self, offset: int) -> bool:
        """Whether an odd number of backtick runs stands before the offset on its line."""
        line = self._text.line_around(offset)
        if line.start not in self._ticks:
            found = _TICKS.finditer(self._text.source, line.start, line.end)
            self._ticks[line.start] = [match.start() for match in found]
        return bisect_left(self._ticks[line.start], offset) % 2 == 1


class BodyCode:
    """The code of a body, in blocks and within lines."""

    def __init__(self, text: Text, blocks: Sequence[CodeBlock]) -> None:
        self._blocks = blocks
        self._spans = CodeSpans(text)

    def holds(self, offset: int) -> bool:
        return self.block_holds(offset) or self._spans.hold(offset)

    def block_holds(self, offset: int) -> bool:
        return block_at(self._blocks, offset) is not None

    def language(self, offset: int) -> str:
        """What stands behind the mark of the block; empty outside of blocks."""
        block = block_at(self._blocks, offset)
        return block.info if block else ""
