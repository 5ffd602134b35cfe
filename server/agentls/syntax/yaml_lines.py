"""Lines of broken front matter that are nearly what they were meant to be: a field, a comment, an item.

Only names that certainly are fields are told from text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.text.source import Text

# A key whose value follows without the space that would make it one; `http://` is no key.
_TIGHT_KEY = re.compile(r"^(?P<key>[A-Za-z_][\w-]*)(?P<colon>:)(?=[^\s:/])", re.MULTILINE)
# A key with another sign, or with none, between it and its value.
_SIGNLESS_KEY = re.compile(r"^(?P<key>[A-Za-z_][\w-]*)(?P<sign>[^\S\r\n]*=>?|(?=[^\S\r\n]+\S))", re.MULTILINE)
# Signs that look like a colon: those of Chinese and Japanese text, a ratio, a letter.
COLONS = "\uff1a\ufe55\ufe13\u2236\ua789\u02d0"
_OTHER_COLON = re.compile(rf"^(?P<key>[A-Za-z_][\w-]*)[^\S\r\n]*(?P<colon>[{COLONS}])", re.MULTILINE)
_KEY = re.compile(r"(?P<key>[A-Za-z_][\w-]*)(?=:(?:\s|\Z))")
_INDENTED_KEY = re.compile(r"^(?P<indent>[^\S\r\n]+)(?P<key>[A-Za-z_][\w-]*)(?=:(?:\s|\Z))", re.MULTILINE)
_FIELD_LIKE = re.compile(rf"^[^\S\r\n]*(?P<key>[A-Za-z_][\w-]*)[^\S\r\n]*[:={COLONS}]", re.MULTILINE)
_LINE = re.compile(r"^(?P<indent>[^\S\r\n]*)(?P<words>\S[^\r\n]*)", re.MULTILINE)
# Comments of other languages, over a whole line.
_FOREIGN_COMMENT = re.compile(
    r"(?P<sign>//++|/\*++|<!--|;++|--(?=[^\S\r\n])|\{#)[^\S\r\n]*+(?P<words>[^\r\n]*+)"
)
_COMMENT_END = re.compile(r"(?:\*/|-->|#\})?$")
# An item of a list whose dash has no space behind it, or that starts with another dash or a bullet.
_TIGHT_ITEM = re.compile(r"(?P<sign>-(?=[^\s-])|[–—•·‣][^\S\r\n]*(?=\S))")
_ITEM = re.compile(r"-(?=\s|\Z)")


def key_causes(source: str, entry: Span, known: frozenset[str]) -> Iterator[tuple[str, Span]]:
    """A line that would be a field if its colon were in order."""
    for kind, pattern, part in (
        ("other-colon", _OTHER_COLON, "colon"),
        ("no-space-after-colon", _TIGHT_KEY, "colon"),
        ("no-colon", _SIGNLESS_KEY, "key"),
    ):
        for match in pattern.finditer(source, entry.start, entry.end):
            if match["key"] in known:
                yield kind, Span(*match.span(part))


def nearly_keys(source: str, content: Span, known: frozenset[str]) -> Iterator[Span]:
    """Where such lines start, if no text starts in this way."""
    for pattern in (_OTHER_COLON, _TIGHT_KEY):
        for match in pattern.finditer(source, content.start, content.end):
            if match["key"] in known:
                yield Span(*match.span("key"))


def holds_field(source: str, span: Span, known: frozenset[str]) -> bool:
    """Whether a line below the first one could be a field."""
    start = source.find("\n", span.start, span.end) + 1
    return start > 0 and any(m["key"] in known for m in _FIELD_LIKE.finditer(source, start, span.end))


def is_key(source: str, start: int, known: frozenset[str]) -> bool:
    """Whether a field begins there."""
    match = _KEY.match(source, start)
    return match is not None and match["key"] in known


class IndentedField(NamedTuple):
    """``is_certain``: no text stands around it, from which it could be a line."""

    key: Span
    indent: str
    is_certain: bool


def indented_fields(
    text: Text, entry: Span, start: int, limit: int | None, known: frozenset[str]
) -> Iterator[IndentedField]:
    """Fields below another one that stand further in, from ``start`` on; ``limit``: less far than this."""
    source = text.source
    lines = [m for m in _LINE.finditer(source, start, entry.end) if m["words"][0] != "#"]
    for match in _INDENTED_KEY.finditer(source, start, entry.end):
        if match["key"] in known and (limit is None or len(match["indent"]) < limit):
            beside = (m for m in lines if len(m["indent"]) <= len(match["indent"]))
            is_alone = all((key := _INDENTED_KEY.match(m.group())) and key["key"] in known for m in beside)
            yield IndentedField(Span(*match.span("key")), match["indent"], is_alone)


def foreign_comments(source: str, lines: Span) -> list[tuple[Span, str]]:
    """The whole lines and what they would be in YAML, if all of them are comments; else none."""
    found: list[tuple[Span, str]] = []
    for line in _LINE.finditer(source, lines.start, lines.end):
        if line["words"].startswith("#"):
            continue
        comment = _FOREIGN_COMMENT.fullmatch(line["words"])
        if comment is None or line["indent"]:
            return []
        words = _COMMENT_END.sub("", comment["words"].rstrip(), count=1).rstrip()
        start = line.start("words")
        found.append((Span(start, start + len(line["words"].rstrip())), f"# {words}"))
    return found


def tight_items(source: str, lines: Span) -> list[Span]:
    """The signs that are no dash with a space, if all lines are items of a list; else none."""
    found: list[Span] = []
    for line in _LINE.finditer(source, lines.start, lines.end):
        if tight := _TIGHT_ITEM.match(line["words"]):
            start = line.start("words")
            found.append(Span(start, start + tight.end("sign")))
        elif not _ITEM.match(line["words"]) and not line["words"].startswith("#"):
            return []
    return found
