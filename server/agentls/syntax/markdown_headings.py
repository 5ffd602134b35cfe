"""The sections of a Markdown body, as a tree: what stands between a heading and the next of its rank.

Headings are those that start with ``#``, and lines that are underlined. Three dashes below a line are no
underline here: in agent files they are nearly always meant as a rule.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from agentls.syntax.markdown_code import block_at
from agentls.text.source import Span

if TYPE_CHECKING:
    from agentls.syntax.document import Document
    from agentls.syntax.markdown_code import CodeBlock

_HEADING = re.compile(r"^ {0,3}(?P<marks>#{1,6})(?P<title>[ \t][^\n]*)?$", re.MULTILINE)
_UNDERLINE = re.compile(r"^ {0,3}(?P<line>=+|-{4,})[ \t]*$", re.MULTILINE)
# What starts like this is a list, a table, a quotation, code or a heading, and not words to underline.
_NO_WORDS = re.compile(r"\s*(?:[-+*>|#`~]|\d+[.)][ \t]|\Z)")


class Section(NamedTuple):
    """``span`` reaches from the heading's line to the next heading of the same or a higher rank."""

    title: str
    level: int
    heading: Span
    span: Span
    children: tuple[Section, ...]


class _Heading(NamedTuple):
    title: str
    level: int
    span: Span


def sections(document: Document, code: list[CodeBlock]) -> tuple[Section, ...]:
    """The outermost sections of the body; nothing in ``code`` is a heading."""
    body = document.body
    # `$` knows no line break but \n, so a \r before it is looked at apart.
    source = document.text.source.replace("\r", "\n")
    found = [
        _Heading(_title(match["title"] or ""), len(match["marks"]), Span(match.start("marks"), match.end()))
        for match in _HEADING.finditer(source, body.start, body.end)
    ]
    for match in _UNDERLINE.finditer(source, body.start, body.end):
        if words := _underlined(document, match.start()):
            title = document.text.slice(words).strip()
            found.append(_Heading(title, 1 if match["line"][0] == "=" else 2, words))
    outside = [heading for heading in found if not block_at(code, heading.span.start)]
    return _tree(sorted(outside, key=lambda heading: heading.span), body.end)


def _underlined(document: Document, offset: int) -> Span | None:
    """The line above, if it is a paragraph of its own."""
    text, line = document.text, document.text.line_at(offset)
    words = text.line_span(line - 1) if line else Span(0, 0)
    if words.start < document.body.start or _NO_WORDS.match(text.slice(words)):
        return None
    is_first = words.start == document.body.start
    return words if is_first or not text.slice(text.line_span(line - 2)).strip() else None


def _tree(headings: list[_Heading], end: int) -> tuple[Section, ...]:
    """Built from the last heading to the first, so that nothing is called in itself however deep it goes."""
    open_sections: list[Section] = []
    for heading in reversed(headings):
        children: list[Section] = []
        while open_sections and open_sections[-1].level > heading.level:
            children.append(open_sections.pop())
        stop = open_sections[-1].heading.start if open_sections else end
        whole = Span(heading.span.start, stop)
        open_sections.append(Section(heading.title, heading.level, heading.span, whole, tuple(children)))
    return tuple(reversed(open_sections))


def _title(words: str) -> str:
    """The words of a heading without the marks that may close it: ``## Title ##``."""
    words = words.strip()
    bare = words.rstrip("#")
    return bare.rstrip() if not bare or bare[-1] in " \t" else words
