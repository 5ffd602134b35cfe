"""Text as a terminal shows it: how wide each character is, and nothing raw that could act on it.

The log of a CI job is a terminal, too, and its runner obeys some lines of plain text.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_TAB = 4
# Controls, formats (with the bidirectional ones), surrogates, private use, line and paragraph separators.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# Letters, symbols and marks by category that show nothing.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_EMOJI = range(0x1F000, 0x1FC00)
# GitHub Actions obeys `::error::` at the start of a line, Azure Pipelines `##vso[` and TeamCity `##teamcity[`
# anywhere in it. Of each match the last character is shown by its code point.
_OBEYED = re.compile(
    r"^\s*:(?=:\w)|##(?=vso\[|teamcity\[)"
    r"|##\[(?=(?:add-|remove-|save-|set-|stop-|internal-|end)?(?:command|debug|echo|error|group|mask|matcher"
    r"|notice|path|section|state|env|output|commands|set-repo-path|warning)[ \]])",
    re.IGNORECASE,
)


class Cell(NamedTuple):
    """What stands for one character, and how many columns that takes."""

    shown: str
    width: int


_PLAIN = {char: Cell(char, 1) for char in map(chr, range(ord(" "), ord("~") + 1))}


def cells(line: str) -> list[Cell]:
    """One cell for each character of a line; tabs go to the next stop."""
    found: list[Cell] = []
    obeyed = {match.end() - 1 for match in _OBEYED.finditer(line)}
    column = 0
    previous = ""
    for place, char in enumerate(line):
        if place in obeyed:
            cell = _escaped(char)
        elif char in _PLAIN:
            cell = _PLAIN[char]
        elif char == "\t":
            cell = Cell(" " * (_TAB - column % _TAB), _TAB - column % _TAB)
        else:
            cell = _cell(char, previous)
        found.append(cell)
        column += cell.width
        previous = char
    return found


def _cell(char: str, previous: str) -> Cell:
    if _is_selector(char):
        # One that follows a character chooses how that looks; any other hides something.
        is_hidden = not previous or _is_selector(previous) or previous.isspace()
        return _escaped(char) if is_hidden else Cell(char, 0)
    category = unicodedata.category(char)
    if category == "Cn" and ord(char) in _EMOJI:
        # Python's Unicode data may be older than an emoji.
        return Cell(char, 2)
    if category in _UNSEEN or category == "Zs" or char in _BLANK:
        return _escaped(char)
    if category in ("Mn", "Me"):
        return Cell(char, 0)
    return Cell(char, 2 if unicodedata.east_asian_width(char) in "WF" else 1)


def _is_selector(char: str) -> bool:
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


def _escaped(char: str) -> Cell:
    name = f"<U+{ord(char):04X}>"
    return Cell(name, len(name))


def escape_controls(text: str) -> str:
    """Text from a file or a path, safe to print on one line."""
    if text.isascii() and text.isprintable() and not _OBEYED.search(text):
        return text
    return "".join(cell.shown for cell in cells(text))


def width(text: str) -> int:
    """How many columns ``visible`` text takes."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(cell.width for cell in cells(text))
