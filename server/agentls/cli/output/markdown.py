"""Markdown for the eye: bold headings, filled paragraphs, indented examples, no marks.

Only what the pages of the rules are made of; not a reader of anybody else's Markdown.
"""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.cli.output.paint import Paint

_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
_HEADING = re.compile(r"#{1,6} +(.*)")
_ITEM = re.compile(r"[-*] +|\d+\. +")
_ROW = re.compile(r"\|(.*)\|")
_RULE = re.compile(r"\|[ |-]+\|")
_CODE = re.compile(r"(`+)(.+?)\1")
_ESCAPED = re.compile(r"\\([\\`*_\[\]<>#!|~&])")
_STRONG = re.compile(r"\*\*(.+?)\*\*")
_INDENT = "    "
# Longer lines are hard to read, however wide the terminal is.
_WIDEST = 90
# Stands for a space inside code while lines are filled, since code is not broken.
_KEPT_SPACE = "\N{NO-BREAK SPACE}"


def render(markdown: str, paint: Paint, columns: int) -> Iterator[str]:
    """The lines of a page for a terminal of so many columns."""
    fence = ""
    paragraph: list[str] = []
    lines = [*markdown.rstrip("\n").split("\n"), ""]
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence):
                fence = ""
            else:
                yield f"{_INDENT}{line}".rstrip()
            continue
        heading = _HEADING.fullmatch(line)
        row = _ROW.fullmatch(line)
        if mark or heading or row or not line.strip() or _ITEM.match(line):
            yield from _filled(paragraph, paint, columns)
            paragraph = []
        if mark:
            fence = mark[1]
        elif heading:
            yield paint("strong", heading[1])
        elif row:
            paragraph = _as_item(row[1], is_heading=_RULE.fullmatch(following) is not None)
        elif line.strip():
            paragraph.append(line.strip())
        else:
            yield ""


def _as_item(row: str, *, is_heading: bool) -> list[str]:
    """A row of a table; its cells may hold whole sentences, for which columns would be too narrow."""
    cells = [cell.replace("\\|", "|").strip() for cell in re.split(r"(?<!\\)\|", row)]
    first, *others = filter(None, cells)
    if is_heading:
        return [f"**{first}**"]
    return [] if _RULE.fullmatch(f"|{row}|") else [f"- **{first}**: {'; '.join(others)}"]


def _filled(paragraph: list[str], paint: Paint, columns: int) -> Iterator[str]:
    item = _ITEM.match(paragraph[0]) if paragraph else None
    text = _CODE.sub(lambda code: code[0].replace(" ", _KEPT_SPACE), " ".join(paragraph))
    for line in textwrap.wrap(
        text,
        min(columns, _WIDEST),
        subsequent_indent=" " * len(item[0]) if item else "",
        break_long_words=False,
        break_on_hyphens=False,
    ):
        plain = line.replace(_KEPT_SPACE, " ")
        strong = _STRONG.sub(lambda match: paint("strong", match[1]), plain)
        yield _spoken(strong, paint)


def _spoken(line: str, paint: Paint) -> str:
    """Code without its marks, and the rest without the backslashes that keep it from being markup."""
    parts = []
    end = 0
    for found in _CODE.finditer(line):
        parts += [_ESCAPED.sub(r"\1", line[end : found.start()]), paint("code", found[2])]
        end = found.end()
    return "".join([*parts, _ESCAPED.sub(r"\1", line[end:])])
