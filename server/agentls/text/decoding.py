"""Bytes to text, and what the bytes really were; strict UTF-8 first, never a statistical guess.

Everything the products read they read as UTF-8, and a byte that is not UTF-8 becomes U+FFFD there.
Editors do as they please with such files, so what one shows is compared with each wrong decoding.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from agentls.text import mojibake

if TYPE_CHECKING:
    from collections.abc import Iterator

_UTF16_MARKS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_LINE_BREAK = re.compile(rb"\r\n?|\n")
# What a file may be that is no UTF-8: the codec, and the name that people know.
_SINGLE_BYTE = ("windows-1252", "mac-roman", "cp437", "cp850", "windows-1251")
_LAYOUT = frozenset("\t\r\n")
_UNWRITTEN = frozenset(("Cc", "Cn", "Co", "Cs"))
_ESCAPED = re.compile("[\udc80-\udcff]")
_HIGH = range(0x80, 0x100)
_EAST_ASIAN = {"gb18030": "GBK", "cp932": "Shift-JIS"}
# How editors show what is not UTF-8: Neovim and Emacs, then Helix. VS Code shows U+FFFD, as the products do.
_MISREADINGS = ("latin-1", "windows-1252")


class Decoded(NamedTuple):
    """What the bytes of a file plausibly mean.

    ``name`` is for people; ``encoding`` decodes the whole file, empty where only some of it is not UTF-8.
    """

    name: str
    encoding: str
    text: str


@dataclass(frozen=True)
class Origin:
    """The verdict on a file's bytes.

    ``encoding`` is what the text at hand was decoded with; ``data`` are the bytes of a file that is not
    UTF-8, empty for a healthy one.
    """

    encoding: str = "utf-8"
    has_byte_order_mark: bool = False
    data: bytes = b""

    @property
    def is_utf8(self) -> bool:
        return not self.data

    @property
    def is_healthy(self) -> bool:
        """Whether there is nothing to say about the bytes."""
        return self.is_utf8 and not self.has_byte_order_mark

    @property
    def is_utf16(self) -> bool:
        """Whether the bytes on disk are UTF-16, however the text at hand was decoded."""
        is_marked = self.data.startswith(tuple(_UTF16_MARKS))
        return is_marked or any(reading.encoding.startswith("utf-16") for reading in self.readings)

    @property
    def is_misread(self) -> bool:
        """Whether the text at hand is wrong from one end to the other, healthy characters included."""
        is_right = any(self.encoding == reading.encoding for reading in self.readings)
        return not self.is_utf8 and self.encoding != "utf-8" and not is_right

    @cached_property
    def first_bad(self) -> int | None:
        """The byte offset of the first sequence that is not UTF-8; None in a healthy file."""
        if self.is_utf8:
            return None
        try:
            self.data.decode("utf-8")
        except UnicodeDecodeError as error:
            return error.start
        return self.data.find(b"\0")

    @property
    def place(self) -> tuple[int, int]:
        """Line and column of the first bad sequence in the text at hand, both from 0."""
        start = self.first_bad or 0
        breaks = [match.end() for match in _LINE_BREAK.finditer(self.data, 0, start)]
        if self.encoding.startswith("utf-16"):
            return 0, 0
        prefix = self.data[breaks[-1] if breaks else 0 : start].removeprefix(codecs.BOM_UTF8)
        return len(breaks), len(_decode(prefix, self.encoding))

    @cached_property
    def readings(self) -> tuple[Decoded, ...]:
        """All that a file that is not UTF-8 plausibly is; exactly one where that is proven."""
        return tuple(_readings(self.data)) if self.data else ()

    @cached_property
    def echoes(self) -> frozenset[int]:
        """Where the text at hand has U+FFFD only because a byte is not UTF-8."""
        if self.is_utf8 or self.encoding != "utf-8":
            return frozenset()
        # What is U+FFFD on disk is made another character of the same length.
        bad = _decode(self.data.replace("\ufffd".encode(), "\uffff".encode()), "utf-8")
        return frozenset(match.start() for match in re.finditer("\ufffd", bad))

    def for_text(self, source: str, text: str) -> Origin | None:
        """The origin of an editor's ``text`` for a file that decodes to ``source``; None if it is edited."""
        if self.is_healthy:
            return self if text == source else None
        if text == source or _normal(text) == _normal(source):
            return self
        encoding = self._shown.get(_normal(text))
        return replace(self, encoding=encoding) if encoding else None

    @cached_property
    def _shown(self) -> dict[str, str]:
        """What editors may show, each with the encoding that makes it so; right readings come first."""
        if self.is_utf8:
            return {}
        encodings = (*(reading.encoding for reading in self.readings if reading.encoding), *_MISREADINGS)
        return {_normal(_decode(self.data, encoding)): encoding for encoding in reversed(encodings)}


def decode(data: bytes) -> tuple[str, Origin]:
    """The text without its byte order mark, and its origin; bytes that are not UTF-8 become U+FFFD."""
    for mark, encoding in _UTF16_MARKS.items():
        if data.startswith(mark):
            return _decode(data, encoding), Origin(encoding, has_byte_order_mark=True, data=data)
    if found := next(_utf16(data), None):
        return found.text, Origin(found.encoding, data=data)
    marked = data.startswith(codecs.BOM_UTF8)
    body = data[len(codecs.BOM_UTF8) :] if marked else data
    try:
        return body.decode("utf-8"), Origin(has_byte_order_mark=marked)
    except UnicodeDecodeError:
        return body.decode("utf-8", "replace"), Origin("utf-8", marked, data)


def _decode(data: bytes, encoding: str) -> str:
    if encoding in _SINGLE_BYTE or encoding in _MISREADINGS:
        return mojibake.misread(data, encoding)
    return data.decode(encoding, "replace").removeprefix("\ufeff")


def _normal(text: str) -> str:
    """Some editors change line breaks, and none shows a byte order mark."""
    return text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")


def _readings(data: bytes) -> Iterator[Decoded]:
    if found := next(_utf16(data), None):
        yield found
        return
    yield from _single_byte(data.removeprefix(codecs.BOM_UTF8))
    for encoding, name in _EAST_ASIAN.items():
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if mojibake.is_east_asian(text):
            yield Decoded(name, encoding, text)


def _single_byte(data: bytes) -> Iterator[Decoded]:
    # Every byte that is not UTF-8 becomes a lone surrogate.
    escaped = data.decode("utf-8", "surrogateescape")
    places = [match.start() for match in _ESCAPED.finditer(escaped)]
    found: dict[str, Decoded] = {}
    for encoding in _SINGLE_BYTE:
        text = escaped.translate(
            {0xDC00 + byte: mojibake.misread(bytes((byte,)), encoding) for byte in _HIGH}
        )
        if not mojibake.is_plausible(text):
            continue
        is_whole = text == mojibake.misread(data, encoding)
        name = mojibake.title(encoding)
        reading = Decoded(name, encoding, text) if is_whole else Decoded(f"UTF-8 with some {name}", "", text)
        if mojibake.is_typography(text, places):
            yield reading
            return
        found.setdefault(text, reading)
    yield from found.values()


def _utf16(data: bytes) -> Iterator[Decoded]:
    # Whatever else it holds, an agent file holds ASCII, and each such character has an empty byte.
    if b"\0" not in data:
        return
    for mark, encoding in _UTF16_MARKS.items():
        try:
            text = data.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
        # Read in the wrong order, each line break is a character that is not assigned.
        if data.startswith(mark) or not _UNWRITTEN & set(map(unicodedata.category, set(text) - _LAYOUT)):
            yield Decoded("UTF-16", encoding, text)
