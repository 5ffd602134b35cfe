"""Where front matter begins and ends; knows nothing of what stands between the fences."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agentls.text import Span

if TYPE_CHECKING:
    from agentls.text import Text

BYTE_ORDER_MARK = "\ufeff"
_OPENING = re.compile(r"---[^\S\r\n]*(?=\r|\n|\Z)")
# The products close at the first `---`; what follows it on its line belongs to the body.
_CLOSING = re.compile(r"(?:(?<=\n)|(?<=\r))---")
_BLANK_REST = re.compile(r"[^\S\r\n]*(?:\r\n?|\n|\Z)")


@dataclass(frozen=True, slots=True)
class Fences:
    """``content`` starts on the line after the opening fence and ends where the closing fence starts."""

    opening: Span
    content: Span
    closing: Span | None
    body: Span


def find(text: Text) -> Fences | None:
    """The fences of a text that starts with ``---``; without a closing one the content runs to the end."""
    source = text.source
    opening = _OPENING.match(source, 1 if source.startswith(BYTE_ORDER_MARK) else 0)
    if opening is None:
        return None
    start = text.line_starts[1] if len(text.line_starts) > 1 else len(source)
    closing = _CLOSING.search(source, start)
    end = len(source)
    if closing is None:
        return Fences(Span(*opening.span()), Span(start, end), None, Span(end, end))
    rest = _BLANK_REST.match(source, closing.end())
    body = Span(rest.end() if rest else closing.end(), end)
    return Fences(Span(*opening.span()), Span(start, closing.start()), Span(*closing.span()), body)
