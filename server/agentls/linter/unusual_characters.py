"""Which unusual characters a text holds, what they are called, and where in a file they do harm."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.semantics.file import File

# ASCII that says nothing: what can be seen, and the layout.
_PLAIN = bytes((*range(0x20, 0x7F), *range(0x80, 0x100))) + b"\t\r\n"
# What parts keys and names from each other.
_SEPARATORS = ",:[]"
_RETURN = re.compile("\r(?!\n)")
# The rest of a word that began with the letter of the escape.
_REST_OF_WORD = re.compile("[a-z0-9_]")
_PICTURE = re.compile("(?:\\s|\\A)[<=>]\r[^\\S\r\n]")
# Unicode gives control characters no names; these are the aliases people know.
_CONTROLS = {
    0x00: "NULL",
    0x07: "BELL",
    0x08: "BACKSPACE",
    0x0B: "VERTICAL TABULATION",
    0x0C: "FORM FEED",
    0x0D: "CARRIAGE RETURN",
    0x1B: "ESCAPE",
    0x7F: "DELETE",
    0x85: "NEXT LINE",
}


def unusual(source: str) -> frozenset[str]:
    """All characters of a text but plain ASCII; a carriage return only if it ends no line."""
    return _unusual(source) | {"\r"} if inner_returns(source) else _unusual(source)


def inner_returns(source: str) -> frozenset[int]:
    r"""The carriage returns that end no line: left of the escape in ``\run``, or of a picture in UTF-16."""
    if "\r" not in source:
        return frozenset()
    alone = [match.start() for match in _RETURN.finditer(source)]
    # As they did on old computers, lines may end like this.
    if len(alone) > source.count("\n"):
        return frozenset()
    return frozenset(start for start in alone if _goes_on(source, start))


def _goes_on(source: str, start: int) -> bool:
    return bool(_REST_OF_WORD.match(source, start + 1) or _PICTURE.match(source, max(0, start - 2)))


def _unusual(source: str) -> frozenset[str]:
    controls = source.encode("utf-8", "surrogatepass").translate(None, _PLAIN)
    if source.isascii():
        return frozenset(controls.decode("ascii"))
    lines = [line for line in source.split("\n") if not line.isascii()]
    return frozenset(controls.decode("ascii")).union(char for char in set("".join(lines)) if char > "\x7f")


def title(char: str) -> str:
    """Code point and name, if it has one."""
    name = unicodedata.name(char, "") or _CONTROLS.get(ord(char), "")
    return f"U+{ord(char):04X} {name}".rstrip()


def is_in_syntax(file: File, offset: int) -> bool:
    """Whether the place belongs to the front matter's keys, names and lists of names, or the space between.

    Elsewhere, in descriptions and in the body, it is text.
    """
    document = file.document
    if not document.content.start <= offset < document.content.end:
        return False
    return not any(span.start <= offset < span.end for span in _texts(file))


def word_around(file: File, span: Span) -> Span:
    """The key or name that a character in the syntax spoils."""
    source = file.text.source
    line = file.text.line_around(span.start)
    start = max(line.start, *(source.rfind(sign, line.start, span.start) + 1 for sign in _SEPARATORS))
    ends = [end for sign in _SEPARATORS if (end := source.find(sign, span.end, line.end)) >= 0]
    return Span(start, min(ends, default=line.end))


def _texts(file: File) -> Iterator[Span]:
    for field in file.document.fields:
        spec = file.dialect.fields.get(field.name)
        if field.name != "name" and not (spec and (spec.is_names or spec.holds)):
            yield field.value.span
