"""The keys that lead to a place in a block of YAML, by indentation; of text that is no YAML yet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from agentls.text.source import Text

# What stands before the text of a line: blanks, and a hyphen for each list of which it begins an item.
LEAD = r" *+(?:- ++)*+"
# A key with its colon, without the quotation marks; blanks belong to it where more of it follows.
KEY = r"(?P<quote>[\"']?)(?P<key>[^\s:#\"'\[\]{}](?: *+[^ :#\"'\r\n])*+)(?P=quote) *:(?!\S)"
_LINE = re.compile(rf"(?P<before>{LEAD})(?:{KEY})?")


class Nesting(NamedTuple):
    """``keys`` from the outermost on, ``*`` for an item of a list; ``is_key`` where a key is being typed."""

    keys: tuple[str, ...]
    is_key: bool


def nesting_at(text: Text, offset: int) -> Nesting:
    """Where a place is, as the lines above it tell."""
    number = text.line_at(offset)
    own = _LINE.match(text.source, text.line_span(number).start, offset)
    before, key = (own["before"], own["key"]) if own else ("", None)
    keys = [key] if key else []
    column, is_item = _leave_items(before, len(before), keys)
    while number > 0 and (column > 0 or is_item):
        number -= 1
        span = text.line_span(number)
        line = _LINE.match(text.source, span.start, span.end)
        if line is None:
            continue
        start = len(line["before"])
        if line["key"] and (start < column or (is_item and start == column)):
            keys.insert(0, line["key"])
        elif is_item or start != column or "-" not in line["before"]:
            continue
        column, is_item = _leave_items(line["before"], start, keys)
    return Nesting(tuple(keys), is_key=not key)


def _leave_items(before: str, column: int, keys: list[str]) -> tuple[int, bool]:
    """Step out of the items of lists that start on a line: where the outermost starts, and if one does."""
    dashes = before.count("-")
    keys[:0] = ["*"] * dashes
    return (before.index("-"), True) if dashes else (column, False)
