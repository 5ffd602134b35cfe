"""Lists of names as the products split them: ``tools: Read, Bash(git log:*)``, a YAML list or a map.

``words``: a string is split at commas and spaces outside parentheses, and at line breaks only where YAML
folds them; every string of a YAML list is split the same way (Claude Code 2.1.329, as shipped).
``commas``: a string is split at commas only, and an entry of a YAML list is one name.
``list``: only a YAML list holds names. ``map``: the keys of a map are names.
``globs``: as ``commas``, also in an entry of a list; a comma in braces separates nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from agentls.syntax.nodes import Mapping, Scalar, Sequence
from agentls.syntax.spelling import Style
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.syntax.nodes import Node

# The indentation of a literal block is no part of its value, so it separates nothing either.
_SEPARATORS = {Style.LITERAL: re.compile(r"(?:,|(?<=,)[ \t]+|(?<![\s,])[ \t]+)+")}
_FOLDING_SEPARATOR = re.compile(r"[ \t\r\n,]+")
# Blanks before one are a part of the name until that is stripped: a run of them is looked at once.
_COMMA = re.compile(r",[ \t]*")
_CALL = re.compile(r"(?P<name>[^()\s]+)\((?P<inside>.*)\)", re.DOTALL)
_BLOCK_HEADER = re.compile(r"[|>][-+0-9]*[^\S\r\n]*(?:#[^\r\n]*)?(?:\r\n?|\n|\Z)")


class ListItem(NamedTuple):
    """One entry of a list of names: ``text`` stands at ``span``, without quotes."""

    text: str
    span: Span

    @property
    def name(self) -> str:
        """The entry without its specifier; a malformed one is a name as it stands."""
        call = _CALL.fullmatch(self.text)
        return call["name"] if call else self.text

    @property
    def name_span(self) -> Span:
        return Span(self.span.start, self.span.start + len(self.name))

    @property
    def specifier(self) -> str | None:
        """What stands in the parentheses, or None without them."""
        call = _CALL.fullmatch(self.text)
        return call["inside"] if call else None

    def arguments(self) -> Iterator[ListItem]:
        """The comma-separated entries inside the parentheses, as in ``Agent(a, b)``."""
        call = _CALL.fullmatch(self.text)
        for match in re.finditer(r"[^,\s]+", call["inside"] if call else ""):
            start = self.span.start + len(self.name) + 1 + match.start()
            yield ListItem(match.group(), Span(start, start + len(match.group())))


def items(source: str, node: Node, syntax: str) -> Iterator[ListItem]:
    """The entries of a list-of-names value, each with its place in ``source``."""
    if isinstance(node, Mapping):
        keys = (entry.key for entry in node.entries) if syntax == "map" else ()
        yield from (_whole(key) for key in keys if isinstance(key, Scalar))
    elif isinstance(node, Sequence) and syntax != "map":
        for item in node.items:
            if isinstance(item, Scalar) and isinstance(item.plain, str):
                yield from (
                    _split(source, item, _FOLDING_SEPARATOR)
                    if syntax == "words"
                    else (_split_globs(source, item) if syntax == "globs" else (_whole(item),))
                )
    elif isinstance(node, Scalar) and isinstance(node.plain, str) and syntax in ("words", "commas"):
        yield from _split(source, node, _FOLDING_SEPARATOR if syntax == "words" else _COMMA)
    elif isinstance(node, Scalar) and isinstance(node.plain, str) and syntax == "globs":
        yield from _split_globs(source, node)


def _split_globs(source: str, scalar: Scalar) -> Iterator[ListItem]:
    span = _without_header(source, scalar)
    # Who reads lines takes quotes around the whole value away.
    if scalar.style is Style.RAW and span.length > 1 and source[span.start] == source[span.end - 1] in "\"'":
        span = Span(span.start + 1, span.end - 1)
    start, depth = span.start, 0
    for offset in range(span.start, span.end + 1):
        character = source[offset] if offset < span.end else ","
        depth += (character == "{") - (character == "}" and depth > 0)
        if (character == "," and depth == 0) or offset == span.end:
            part = source[start:offset]
            if text := part.strip():
                begin = start + part.index(text)
                yield ListItem(text, Span(begin, begin + len(text)))
            start = offset + 1


def _whole(scalar: Scalar) -> ListItem:
    return ListItem(scalar.value.strip(), scalar.inner)


def removal(source: str, node: Node, all_items: list[ListItem], item: ListItem, syntax: str) -> Span | None:
    """What to delete so that ``item`` is gone and the list stays well-formed; None for the only item.

    ``all_items`` are those of the node, in the order of the text.
    """
    if len(all_items) < 2 or isinstance(node, Mapping):  # noqa: PLR2004
        return None
    if isinstance(node, Sequence):
        return _element_removal(source, node, item, syntax) or _item_removal(all_items, item)
    return _item_removal(all_items, item)


def _item_removal(all_items: list[ListItem], item: ListItem) -> Span:
    index = bisect_left(all_items, item.span, key=lambda other: other.span)
    if index + 1 < len(all_items):
        return Span(item.span.start, all_items[index + 1].span.start)
    return Span(all_items[index - 1].span.end, item.span.end)


def _element_removal(source: str, node: Sequence, item: ListItem, syntax: str) -> Span | None:
    """The deletion of a whole element of a YAML list; None when the element holds other names, too."""
    index = bisect_right(node.items, item.span.start, key=lambda element: element.span.start) - 1
    element = node.items[index]
    if syntax == "words" and len(list(items(source, element, syntax))) != 1:
        return None
    if not node.flow:
        start = source.rfind("\n", 0, element.span.start)
        start = max(start, source.rfind("\r", start + 1, element.span.start))
        match = re.compile(r"[^\r\n]*(?=[\r\n]|\Z)").match(source, element.span.end)
        # From the line break before the element to the one after it, so that either end of the list works.
        return Span(
            start - (source[start - 1 : start + 1] == "\r\n"), match.end() if match else element.span.end
        )
    if index + 1 < len(node.items):
        return Span(element.span.start, node.items[index + 1].span.start)
    return Span(node.items[index - 1].span.end, element.span.end)


def _split(source: str, scalar: Scalar, separator: re.Pattern[str]) -> Iterator[ListItem]:
    span = _without_header(source, scalar)
    separator = _SEPARATORS.get(scalar.style, separator) if separator is _FOLDING_SEPARATOR else separator
    start = span.start
    while start < span.end:
        if gap := separator.match(source, start, span.end):
            start = gap.end()
            continue
        end = _token_end(source, start, span.end, separator)
        text = source[start:end].strip()
        if text:
            start += source[start:end].index(text)
            yield ListItem(text, Span(start, start + len(text)))
        start = end


def _without_header(source: str, scalar: Scalar) -> Span:
    span = scalar.inner
    if scalar.style in (Style.LITERAL, Style.FOLDED):
        header = _BLOCK_HEADER.match(source, span.start, span.end)
        span = Span(header.end() if header else span.start, span.end)
    return span


def _token_end(source: str, start: int, end: int, separator: re.Pattern[str]) -> int:
    # Up to the first parenthesis, which few lists have, the pattern finds the end by itself.
    first = source.find("(", start, end)
    if found := separator.search(source, start, first if first >= 0 else end):
        return found.start()
    if first < 0:
        return end
    depth = 0
    for offset in range(first, end):
        character = source[offset]
        if character == "(":
            depth += 1
        elif character == ")":
            depth = max(0, depth - 1)
        elif depth == 0 and separator.match(source, offset, end):
            return offset
    return end
