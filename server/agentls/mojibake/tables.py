"""What each wrong decoding makes of UTF-8, built from Python's codecs. It judges nothing."""

import re
from dataclasses import dataclass
from functools import cache

# The name shown to people, and the Python codec. The order is the order of preference where several
# readings explain the same text: windows-1252 is by far the most frequent accident.
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
# Programs that drop the bytes these codecs do not define, or put U+FFFD in their place, are known.
_LOSING = frozenset(("windows-1252", "windows-1254"))
REPLACED = "\ufffd"


@dataclass(frozen=True, slots=True)
class Misreading:
    """One single-byte codec that UTF-8 was wrongly read with."""

    name: str
    to_char: dict[int, int]  # byte to code point, for str.translate on latin-1 text
    to_byte: dict[int, int]  # code point to byte, the way back
    leads: frozenset[str]
    continuations: frozenset[str]
    run: re.Pattern[str]  # one or more whole UTF-8 sequences
    losses: "Losses | None"  # None when the codec never loses bytes

    def restore(self, damaged: str) -> str:
        """The text of a match of `run`; strict, and cannot fail for one."""
        return damaged.translate(self.to_byte).encode("latin-1").decode("utf-8")

    def damage(self, original: str) -> str:
        return original.encode("utf-8", "surrogatepass").decode("latin-1").translate(self.to_char)


@dataclass(frozen=True, slots=True)
class Losses:
    """How a codec that leaves bytes undefined tears sequences apart."""

    undefined: bytes
    run: re.Pattern[str]  # whole and torn sequences
    token: re.Pattern[str]  # one of them: group 1 is whole, group 2 torn
    lone: re.Pattern[str]  # a lead that lost all that followed it


@cache
def misreading(name: str) -> Misreading:
    codec = CODECS[name]
    to_char = {byte: ord(_char(byte, codec)) for byte in range(0x80, 0x100)}
    whole = _whole_sequence(to_char)
    return Misreading(
        name=name,
        to_char=to_char,
        to_byte={code: byte for byte, code in to_char.items()},
        leads=frozenset(chr(to_char[byte]) for byte in (*range(0xC2, 0xF1), 0xF3)),
        continuations=frozenset(chr(to_char[byte]) for byte in range(0x80, 0xC0)),
        run=re.compile(f"(?>{whole})++"),
        losses=_losses(codec, to_char, whole) if name in _LOSING else None,
    )


def _char(byte: int, codec: str) -> str:
    # An undefined byte is kept as the C1 control of the same number: so do browsers and Windows.
    return bytes((byte,)).decode(codec, "ignore") or chr(byte)


def _chars(to_char: dict[int, int], first: int, last: int) -> str:
    return "[" + "".join(re.escape(chr(to_char[byte])) for byte in range(first, last + 1)) + "]"


def _whole_sequence(to_char: dict[int, int]) -> str:
    """The well-formed sequences of the Unicode standard (table 3-7), as they look after the damage.

    Without the planes nobody has assigned: what begins with F1, F2 or F4 is never text, and F3 only in
    the tags of flag emoji.
    """
    tail = _chars(to_char, 0x80, 0xBF)
    return "|".join(
        (
            _chars(to_char, 0xC2, 0xDF) + tail,
            _chars(to_char, 0xE0, 0xE0) + _chars(to_char, 0xA0, 0xBF) + tail,
            _chars(to_char, 0xE1, 0xEC) + tail + tail,
            _chars(to_char, 0xED, 0xED) + _chars(to_char, 0x80, 0x9F) + tail,
            _chars(to_char, 0xEE, 0xEF) + tail + tail,
            _chars(to_char, 0xF0, 0xF0) + _chars(to_char, 0x90, 0xBF) + tail + tail,
            _chars(to_char, 0xF3, 0xF3) + _chars(to_char, 0xA0, 0xA0) + _chars(to_char, 0x80, 0x87) + tail,
        )
    )


def _losses(codec: str, to_char: dict[int, int], whole: str) -> Losses:
    tail = _chars(to_char, 0x80, 0xBF)
    left = f"(?:{tail}|{REPLACED})"
    # The letters of 2-byte sequences that are in use; C2 holds no letter that could be torn.
    lone = _chars(to_char, 0xC3, 0xD9) + f"{REPLACED}?"
    torn = (
        _chars(to_char, 0xF0, 0xF0) + left + "{1,3}",
        _chars(to_char, 0xE0, 0xEF) + left + "{1,2}",
        lone,
        # A letter of three bytes that lost two of them, in the middle of others.
        f"(?<={tail})" + _chars(to_char, 0xE3, 0xE9) + f"(?={_chars(to_char, 0xE3, 0xEF)})",
    )
    # No continuation may follow: the sequence would be whole, or the lead would be another's.
    end = f"(?!{left})"
    torn_sequence = f"(?:{'|'.join(torn)}){end}"
    return Losses(
        undefined=bytes(byte for byte in range(0x80, 0xC0) if not bytes((byte,)).decode(codec, "ignore")),
        run=re.compile(f"(?>{whole}|{torn_sequence})++"),
        token=re.compile(f"({whole})|({torn_sequence})"),
        lone=re.compile(lone + end),
    )
