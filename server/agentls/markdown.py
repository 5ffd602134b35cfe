"""Which parts of a Markdown body are code; nothing else of Markdown is looked at.

What stands in code is an example: links, paths and damage in it are nobody's mistake.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agentls.text import Span

if TYPE_CHECKING:
    from agentls.document import Document
    from agentls.text import Text

# Begins with the line break, so that the engine skips all other lines quickly.
_FENCE = re.compile(r"[\r\n](?P<indent>[ \t>]*)(?P<mark>`{3,}|~{3,})(?P<info>[^\r\n]*)")
_TICKS = re.compile(r"`+")


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """A fenced block: ``span`` from the opening mark to the end of the closing one, ``mark`` the opening."""

    span: Span
    mark: Span
    indent: str
    info: str
    is_closed: bool


def code_blocks(document: Document) -> list[CodeBlock]:
    """The fenced code blocks of the body; one that is never closed runs to the end."""
    source, body = document.text.source, document.body
    if source.find("```", body.start) < 0 and source.find("~~~", body.start) < 0:
        return []
    blocks: list[CodeBlock] = []
    opening: re.Match[str] | None = None
    # From the line break before the body, so that its first line counts, too.
    for match in _FENCE.finditer(source, max(body.start - 1, 0), body.end):
        if opening is None:
            # A mark with a backtick behind it on its line is code within the line.
            if "`" not in match["info"] or match["mark"][0] != "`":
                opening = match
        elif match["mark"].startswith(opening["mark"]) and not match["info"].strip():
            blocks.append(_block(opening, match.end("mark"), is_closed=True))
            opening = None
    if opening:
        blocks.append(_block(opening, body.end, is_closed=False))
    return blocks


def _block(opening: re.Match[str], end: int, *, is_closed: bool) -> CodeBlock:
    mark = Span(*opening.span("mark"))
    return CodeBlock(Span(mark.start, end), mark, opening["indent"], opening["info"].strip(), is_closed)


def is_in_code_span(text: Text, offset: int) -> bool:
    """Whether an odd number of backtick runs stands before the offset on its line."""
    line = text.line_span(text.line_at(offset))
    return len(_TICKS.findall(text.source, line.start, offset)) % 2 == 1
