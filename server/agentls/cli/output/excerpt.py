"""A source line with carets under a span, cut to the terminal's width around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentls.cli.output.cells import Cell, cells

if TYPE_CHECKING:
    from agentls.cli.output.paint import Paint
    from agentls.text.source import Span, Text

_CUT = "…"


def excerpt(text: Text, span: Span, style: str, paint: Paint, columns: int) -> list[str]:
    """The first line that the span touches, and carets below it; ``...`` where the span runs on."""
    place = text.locate(span)
    number = f"{place.line + 1:>4}"
    room = columns - len(number) - len(" | ") - len("...")
    # What is further away than the terminal is wide cannot be shown; a line can be a megabyte.
    first = max(place.start - room, 0)
    near = cells(place.line_text[first : min(place.start + room, place.end + room)])
    start = place.start - first
    end = max(place.end - first, start + 1)
    # A caret may stand behind the last character.
    near += [Cell(" ", 1)] * (start + 1 - len(near))
    left, right = _window([cell.width for cell in near], start, end, room)
    before = _CUT if first or left else ""
    after = _CUT if right < len(near) or len(place.line_text) > first + len(near) else ""
    line = before + "".join(cell.shown for cell in near[left:right]) + after
    indent = len(before) + sum(cell.width for cell in near[left:start])
    carets = "^" * max(sum(cell.width for cell in near[start : min(end, right)]), 1)
    dots = "..." if span.end > text.line_span(place.line).end else ""
    gutters = paint("faint", f"{number} |"), paint("faint", f"{'':4} |")
    return [
        f"{gutters[0]} {line}".rstrip(),
        f"{gutters[1]} {' ' * indent}{paint(style, carets + dots)}",
    ]


def _window(widths: list[int], start: int, end: int, room: int) -> tuple[int, int]:
    """The part of a line to show: all of it, or the span with as much on both sides as there is room for."""
    if sum(widths) <= room:
        return 0, len(widths)
    left = right = start
    free = room - 2 * len(_CUT)
    while right < min(end, len(widths)) and widths[right] <= free:
        free -= widths[right]
        right += 1
    if right < min(end, len(widths)):
        return left, right
    while True:
        before = (left, right)
        if left > 0 and widths[left - 1] <= free:
            left -= 1
            free -= widths[left]
        if right < len(widths) and widths[right] <= free:
            free -= widths[right]
            right += 1
        if before == (left, right):
            return before
