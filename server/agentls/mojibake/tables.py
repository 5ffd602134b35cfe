"""What each wrong decoding makes of UTF-8 bytes, built from Python's codecs. It finds byte structure; it judges nothing."""

import re
from dataclasses import dataclass
from functools import cache

# The name shown to people, and the Python codec. The order is the order of preference where several
# readings give the same text: windows-1252 is by far the most frequent accident.
CODECS = {
    "windows-1252": "cp1252",
    "latin-1": "latin-1",
    "mac-roman": "mac_roman",
    "cp437": "cp437",
    "cp850": "cp850",
    "windows-1250": "cp1250",
    "windows-1251": "cp1251",
    "windows-1254": "cp1254",
    "windows-874": "cp874",
}


@dataclass(frozen=True, slots=True)
class Misreading:
    """One single-byte codec that UTF-8 was wrongly read with."""

    name: str
    to_char: dict[int, int]  # byte to code point, for str.translate on latin-1 text
    to_byte: dict[int, int]  # code point to byte, the way back
    lost: bytes  # bytes the codec does not define: kept as C1 controls, dropped, or replaced
    leads: frozenset[str]
    continuations: frozenset[str]
    run: re.Pattern[str]  # one or more whole UTF-8 sequences
    loses: bool  # whether programs are known to drop the bytes it does not define
    torn: re.Pattern[str]  # the same, but bytes the codec does not define may be missing from it
    token: re.Pattern[str]  # one sequence: group 1 is whole, group 2 torn

    def restore(self, damaged: str) -> str:
        """The text of a match of `run`; strict, and cannot fail for one."""
        return damaged.translate(self.to_byte).encode("latin-1").decode("utf-8")

    def damage(self, original: str) -> str:
        return original.encode("utf-8", "surrogatepass").decode("latin-1").translate(self.to_char)


@cache
def misreading(name: str) -> Misreading:
    chars = [_char(byte, CODECS[name]) for byte in range(0x80, 0x100)]
    to_char = {byte: ord(char) for byte, char in enumerate(chars, 0x80)}

    def chars_of(first: int, last: int) -> str:
        return "[" + "".join(re.escape(chr(to_char[byte])) for byte in range(first, last + 1)) + "]"

    tail = chars_of(0x80, 0xBF)
    # The well-formed sequences of the Unicode standard (table 3-7), without the planes nobody has
    # assigned: what begins with F1, F2 or F4 is never text, and F3 only in the tags of flag emoji.
    sequence = "|".join(
        (
            chars_of(0xC2, 0xDF) + tail,
            chars_of(0xE0, 0xE0) + chars_of(0xA0, 0xBF) + tail,
            chars_of(0xE1, 0xEC) + tail + tail,
            chars_of(0xED, 0xED) + chars_of(0x80, 0x9F) + tail,
            chars_of(0xEE, 0xEF) + tail + tail,
            chars_of(0xF0, 0xF0) + chars_of(0x90, 0xBF) + tail + tail,
            chars_of(0xF3, 0xF3) + chars_of(0xA0, 0xA0) + chars_of(0x80, 0x87) + tail,
        )
    )
    # What is left of a sequence when undefined bytes were dropped or became U+FFFD. No continuation may
    # follow: the sequence would be whole, or its lead would be another's.
    torn = "|".join(
        (
            chars_of(0xF0, 0xF0) + f"(?:{tail}|\ufffd){{1,3}}",
            chars_of(0xE2, 0xEF) + f"(?:{tail}|\ufffd){{1,2}}",
            chars_of(0xC3, 0xD1) + "\ufffd?",
        )
    )
    torn = f"(?:{torn})(?!{tail}|\ufffd)"
    return Misreading(
        name=name,
        to_char=to_char,
        to_byte={code: byte for byte, code in to_char.items()},
        lost=bytes(byte for byte in range(0x80, 0x100) if not _defined(byte, CODECS[name])),
        leads=frozenset(chr(to_char[byte]) for byte in (*range(0xC2, 0xF1), 0xF3)),
        continuations=frozenset(chr(to_char[byte]) for byte in range(0x80, 0xC0)),
        run=re.compile(f"(?>{sequence})++"),
        loses=name in ("windows-1252", "windows-1254"),
        torn=re.compile(f"(?>{sequence}|{torn})++"),
        token=re.compile(f"({sequence})|({torn})"),
    )


def _defined(byte: int, codec: str) -> bool:
    return bytes((byte,)).decode(codec, "ignore") != ""


def _char(byte: int, codec: str) -> str:
    # An undefined byte is kept as the C1 control of the same number: so do browsers and Windows.
    return bytes((byte,)).decode(codec, "ignore") or chr(byte)
