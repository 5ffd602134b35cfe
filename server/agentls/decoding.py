"""Bytes to text, and what the bytes really were; strict UTF-8 first, never a statistical guess."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

_UTF16_MARKS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


@dataclass(frozen=True, slots=True)
class Origin:
    """The verdict on a file's bytes.

    ``encoding`` is what the text was decoded with; ``first_bad`` is the byte offset of the first
    sequence that is not UTF-8, None in a healthy file.
    """

    encoding: str = "utf-8"
    byte_order_mark: bool = False
    first_bad: int | None = None


def decode(data: bytes) -> tuple[str, Origin]:
    """The text without its byte order mark, and its origin; bytes that are not UTF-8 become U+FFFD."""
    for mark, encoding in _UTF16_MARKS.items():
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, "replace")
            return text, Origin(encoding, byte_order_mark=True, first_bad=0)
    marked = data.startswith(codecs.BOM_UTF8)
    body = data[len(codecs.BOM_UTF8) :] if marked else data
    try:
        return body.decode("utf-8"), Origin(byte_order_mark=marked)
    except UnicodeDecodeError as error:
        first_bad = error.start + len(data) - len(body)
        return body.decode("utf-8", "replace"), Origin("utf-8", marked, first_bad)
