"""JSON whose words have places: any text may be given, with comments where a product allows them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

# The keys of objects and the numbers of items in lists that lead to a word; a key ends its own way.
Way = tuple[str | int, ...]

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]')
_TEXT = r'(?P<text>"(?:[^"\\\n]|\\.)*")'
_COMMENT = re.compile(rf"{_TEXT}|//[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
_LAST_COMMA = re.compile(rf"{_TEXT}|,(?=\s*[}}\]])")


def parse(source: str) -> Any:
    """What the text says; None for what is no JSON, or too deep."""
    try:
        return json.loads(source)
    except (ValueError, RecursionError):
        return None


def strict(source: str) -> str:
    """The same JSON without comments and last commas; whatever stays keeps its place."""
    for pattern in (_COMMENT, _LAST_COMMA):
        source = pattern.sub(lambda match: match["text"] or re.sub(r"[^\r\n]", " ", match[0]), source)
    return source


def texts(source: str) -> Iterator[tuple[Way, Span]]:
    """Every text that is a value, without its quotation marks; none where ``source`` is no JSON."""
    if parse(source) is None:
        return iter(())
    return ((tuple(way), span) for way, span, is_key in _words(source) if not is_key)


def keys(source: str, tables: Collection[Way]) -> dict[Way, Span]:
    """The places of the keys of some objects, without their quotation marks; ``source`` is JSON.

    What is given twice counts where it stands last, as its value does.
    """
    lengths = {len(table) + 1 for table in tables}
    return {
        tuple(way): span
        for way, span, is_key in (_words(source) if tables else ())
        if is_key and len(way) in lengths and tuple(way[:-1]) in tables
    }


def _words(source: str) -> Iterator[tuple[list[str | int], Span, bool]]:
    """Each text with the way to it, its place, and whether it is a key; the way holds until the next."""
    way: list[str | int] = []
    is_key = False
    for token in _TOKEN.finditer(source):
        match token[0]:
            case "{":
                way.append("")
                is_key = True
            case "[":
                way.append(0)
                is_key = False
            case "}" | "]":
                way.pop()
            case ":":
                is_key = False
            case ",":
                last = way[-1]
                is_key = isinstance(last, str)
                way[-1] = last if isinstance(last, str) else last + 1
            case text:
                if is_key:
                    way[-1] = json.loads(text)
                yield way, Span(token.start() + 1, token.end() - 1), is_key
