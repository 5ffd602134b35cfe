"""Slips of the hand: one small damage to a file, as people, editors and word processors make them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_FIELD = re.compile(r"(?P<key>[A-Za-z_][\w-]*): (?P<value>.*)")
_LETTERS = str.maketrans("aeopcxA", "аеорсхА")


def mutants(source: str) -> Iterator[tuple[str, str]]:
    """What was done, and the text after it; a text that stays the same is left out."""
    lines = source.split("\n")
    end = lines.index("---", 1)
    for number in range(1, end):
        for name, slip in _OF_LINE.items():
            for after in slip(lines[number]):
                yield (
                    f"{name} in line {number + 1}",
                    "\n".join([*lines[:number], after, *lines[number + 1 :]]),
                )
    for fence in ("--", "—", " ---", "----", "***", "- - -", "...", "", "--- end"):
        yield f"closed by {fence!r}", "\n".join([*lines[:end], fence, *lines[end + 1 :]])
    for fence in ("--", "----", " ---", "\n---", "—", "# notes\n---", "<!-- notes -->\n---", "```\n---"):
        yield f"opened by {fence!r}", "\n".join([fence, *lines[1:]])
    yield "no opening fence", "\n".join(lines[1:])


def _indented(line: str) -> Iterator[str]:
    yield from (blanks + line for blanks in (" ", "  ", "\t"))


def _dedented(line: str) -> Iterator[str]:
    if line[:1].isspace():
        yield line.lstrip()
        yield line[1:]


def _colons(line: str) -> Iterator[str]:
    if match := _FIELD.fullmatch(line):
        key, value = match.groups()
        signs = ("：", " ： ", ":", " = ", " ", "： ")
        yield from (key + sign + value for sign in signs)


def _ends(line: str) -> Iterator[str]:
    """A sign too much or too few where the line ends, or a line more."""
    yield from (line + more for more in (",", ";", ":", '"', "]", " # note", "# note", " --- more"))
    yield from (
        f"{line}\n{more}" for more in ("// note", "<!-- note -->", "/* note */", "# note", "and more.")
    )
    yield from (f"{line}\n{more}" for more in ("  and more.", "  and: more", "- more", "...", ": more"))
    if line[-1:] in ("'", '"', "]", ")"):
        yield line[:-1]


def _values(line: str) -> Iterator[str]:
    """Signs before a value, and lines broken in the middle of it."""
    if match := _FIELD.fullmatch(line):
        key, value = match.groups()
        yield from (
            f"{key}: {sign}{value}" for sign in ('"', "'", "[", "@", "*", "`", "| ", "- ", "{", "&x ")
        )
        yield from (f"{key}: {value[:1]}{sign}{value[1:]}" for sign in (": ", " #", " # "))
        middle = value.find(" ", len(value) // 2)
        if middle > 0:
            for gap in ("\n", "\n ", "\n\n  ", ": ", " # ", " --- "):
                yield f"{key}: {value[:middle]}{gap}{value[middle + 1 :]}"
                yield f'{key}: "{value[:middle]}{gap}{value[middle + 1 :]}"'
        yield f'"{key}": "{value}",'
        yield f"{key}: |\n{value}"
        yield f"{key}: >-\n{value}\n and more."


def _lists(line: str) -> Iterator[str]:
    for sign in ("，", "、", ";", " | ", "/"):
        yield line.replace(", ", sign)
    yield re.sub(r"^(\s*)- ", r"\1-", line)
    yield re.sub(r"^(\s*)- ", r"\1* ", line)
    yield re.sub(r"^(\s*)- ", r"\1– ", line)


def _letters(line: str) -> Iterator[str]:
    yield line.translate(_LETTERS)
    yield line.lower()
    yield line.swapcase()
    yield line.replace(" ", "\xa0")
    yield line.replace('"', "“")


_OF_LINE: dict[str, Callable[[str], Iterator[str]]] = {
    "indented": _indented,
    "dedented": _dedented,
    "another colon": _colons,
    "another end": _ends,
    "another value": _values,
    "another list": _lists,
    "other letters": _letters,
}
