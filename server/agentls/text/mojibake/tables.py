"""What each wrong decoding makes of UTF-8, built from Python's codecs. It judges nothing."""

import re
from functools import cache
from typing import NamedTuple

# Python's codecs. The order is the order of preference where several readings explain the same text:
# windows-1252 is by far the most frequent accident.
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
_TITLES = {
    "latin-1": "Latin-1",
    "mac-roman": "Mac Roman",
    "cp437": "code page 437",
    "cp850": "code page 850",
    "gbk": "GBK",
    "shift-jis": "Shift-JIS",
}
TWICE = " twice"
# Programs that drop the bytes these codecs do not define, or put U+FFFD in their place, are known.
_LOSING = frozenset(("windows-1252", "windows-1254"))
REPLACED = "\ufffd"


class Misreading(NamedTuple):
    """One single-byte codec that UTF-8 was wrongly read with."""

    name: str
    to_char: dict[int, int]  # byte to code point, for str.translate on latin-1 text
    to_byte: dict[int, int]  # code point to byte, the way back
    leads: frozenset[str]
    continuations: frozenset[str]
    undefined: bytes  # continuation bytes that get lost; empty when the codec never loses any

    def bytes_of(self, damaged: str) -> str:
        """The bytes it was read from, as latin-1 of the same length; what is no byte is beyond that."""
        return damaged.translate(self.to_byte)

    def damage(self, original: str) -> str:
        return original.encode("utf-8", "surrogatepass").decode("latin-1").translate(self.to_char)


def title(encoding: str) -> str:
    """The name of an encoding as people know it."""
    name = encoding.removesuffix(TWICE)
    return _TITLES.get(name, name.replace("windows", "Windows")) + encoding[len(name) :]


def misread(data: bytes, encoding: str) -> str:
    """What bytes look like in a wrong encoding."""
    return data.decode("latin-1").translate(misreading(encoding).to_char)


def restored(undone: str) -> str:
    """The text of a match of `WHOLE`; strict, and cannot fail for one."""
    return undone.encode("latin-1").decode("utf-8")


@cache
def misreading(name: str) -> Misreading:
    codec = CODECS[name]
    chars = bytes(range(0x80, 0x100)).decode(codec, "replace")
    # An undefined byte is kept as the C1 control of the same number: so do browsers and Windows.
    to_char = {byte: byte if char == REPLACED else ord(char) for byte, char in enumerate(chars, 0x80)}
    # A character of Latin-1 that the codec does not have must not be taken for the byte of that number.
    to_byte = dict.fromkeys(range(0x80, 0x100), _NO_BYTE) | {code: byte for byte, code in to_char.items()}
    return Misreading(
        name=name,
        to_char=to_char,
        to_byte=to_byte,
        leads=frozenset(chr(to_char[byte]) for byte in (*range(0xC2, 0xF1), 0xF3)),
        continuations=frozenset(chr(to_char[byte]) for byte in range(0x80, 0xC0)),
        undefined=bytes(byte for byte in range(0x80, 0xC0) if chars[byte - 0x80] == REPLACED)
        if name in _LOSING
        else b"",
    )


# No text holds this noncharacter for a reason.
_NO_BYTE = 0xFFFF
# The well-formed sequences of the Unicode standard (table 3-7), byte by byte in latin-1. Without the planes
# nobody has assigned: what begins with F1, F2 or F4 is never text, and F3 only in the tags of flag emoji.
_TAIL = "[\x80-\xbf]"
SEQUENCE = (
    f"[\xc2-\xdf]{_TAIL}"
    f"|\xe0[\xa0-\xbf]{_TAIL}"
    f"|[\xe1-\xec\xee\xef]{_TAIL}{_TAIL}"
    f"|\xed[\x80-\x9f]{_TAIL}"
    f"|\xf0[\x90-\xbf]{_TAIL}{_TAIL}"
    f"|\xf3\xa0[\x80-\x87]{_TAIL}"
)
_LEFT = f"[\x80-\xbf{REPLACED}]"
# The letters of 2-byte sequences that are in use; C2 holds no letter that could be torn.
_LONE = f"[\xc3-\xd9]{REPLACED}?"
# No continuation may follow: the sequence would be whole, or the lead would be another's.
_END = f"(?!{_LEFT})"
# The last one: a letter of three bytes that lost two of them, in the middle of others.
_TORN = (
    f"(?:\xf0{_LEFT}{{1,3}}|[\xe0-\xef]{_LEFT}{{1,2}}|{_LONE}|(?<={_TAIL})[\xe3-\xe9](?=[\xe3-\xef])){_END}"
)
# Runs of sequences: all whole, or some torn.
WHOLE = re.compile(f"(?>{SEQUENCE})++")
TORN = re.compile(f"(?>{SEQUENCE}|{_TORN})++")
# One of them: group 1 is whole, group 2 torn.
TOKEN = re.compile(f"({SEQUENCE})|({_TORN})")
# A lead that lost all that followed it.
LONE = re.compile(_LONE + _END)
