"""The sections of a Markdown body, as a tree: what stands between a heading and the next of its rank.

Headings are those that start with ``#``. A line underlined with ``---`` is not taken for one: in agent files
such a line is nearly always meant as a rule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agentls.markdown import block_at
from agentls.text import Span

if TYPE_CHECKING:
    from agentls.document import Document
    from agentls.markdown import CodeBlock

_HEADING = re.compile(r"^ {0,3}(?P<marks>#{1,6})(?P<title>[ \t][^\n]*)?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Section:
    """``span`` reaches from the heading's line to the next heading of the same or a higher rank."""

    title: str
    level: int
    heading: Span
    span: Span
    children: tuple[Section, ...]


def sections(document: Document, code: list[CodeBlock]) -> tuple[Section, ...]:
    """The outermost sections of the body; nothing in ``code`` is a heading."""
    body = document.body
    # `$` knows no line break but \n, so a \r before it is looked at apart.
    source = document.text.source.replace("\r", "\n")
    found = [
        match
        for match in _HEADING.finditer(source, body.start, body.end)
        if not block_at(code, match.start())
    ]
    return _tree(found, body.end)


def _tree(headings: list[re.Match[str]], end: int) -> tuple[Section, ...]:
    """Built from the last heading to the first, so that nothing is called in itself however deep it goes."""
    open_sections: list[Section] = []
    for match in reversed(headings):
        level = len(match["marks"])
        children: list[Section] = []
        while open_sections and open_sections[-1].level > level:
            children.append(open_sections.pop())
        stop = open_sections[-1].heading.start if open_sections else end
        start = match.start("marks")
        heading = Span(start, match.end())
        title = _title(match["title"] or "")
        open_sections.append(Section(title, level, heading, Span(start, stop), tuple(children)))
    return tuple(reversed(open_sections))


def _title(words: str) -> str:
    """The words of a heading without the marks that may close it: ``## Title ##``."""
    words = words.strip()
    bare = words.rstrip("#")
    return bare.rstrip() if not bare or bare[-1] in " \t" else words
