"""Columns as the protocol counts them; the only module that knows their units.

A column counts UTF-8 bytes, UTF-16 code units or code points, as the client and the server agreed.
"""

from __future__ import annotations

from dataclasses import dataclass

_BMP_END = 0x10000


@dataclass(frozen=True, slots=True)
class PositionEncoding:
    """Column units of one encoding, with the protocol's ``name``: ``utf-8``, ``utf-16`` or ``utf-32``."""

    name: str

    def width(self, text: str) -> int:
        """How many units a piece of a line is wide."""
        if self.name == "utf-32" or text.isascii():
            return len(text)
        if self.name == "utf-8":
            return len(text.encode("utf-8", "surrogatepass"))
        return len(text.encode("utf-16-le", "surrogatepass")) // 2

    def index(self, line: str, column: int) -> int:
        """The string index of a column; inside a character it means its start, too far the end."""
        if self.name == "utf-32" or line.isascii():
            return min(column, len(line))
        units = 0
        for index, character in enumerate(line):
            units += self._units(character)
            if units > column:
                return index
        return len(line)

    def _units(self, character: str) -> int:
        if self.name == "utf-16":
            return 2 if ord(character) >= _BMP_END else 1
        return len(character.encode("utf-8", "surrogatepass"))
