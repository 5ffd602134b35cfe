"""Front matter as Cursor reads it, which is not YAML: each line a name, a colon and a raw text.

Observed in @cursor/sdk 1.0.32: a line is split at its first colon, lines that start with ``#`` are left out,
quotes stay, and nothing goes on over several lines. So lists, block texts and wrapped texts are lost; where
an author wrote such a thing there is a ``misread-`` problem: to everybody else the file looks like YAML.
In its rules the names of fields keep their letter case, and a list below a field is read if it is indented.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from agentls.syntax import fences, lost_fences
from agentls.syntax.document import Document, Problem
from agentls.syntax.nodes import Entry, Mapping, Scalar, Sequence
from agentls.syntax.spelling import Style
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.text.source import Text

_FIELD = re.compile(
    r"^(?P<key>[A-Za-z_][\w-]*)[^\S\r\n]*:[^\S\r\n]*+(?P<value>[^\r\n]*+)",
    re.MULTILINE,
)
_RAW = Style.RAW
_LINE = re.compile(r"\S[^\r\n]*")
_ITEM = re.compile(r"^[ \t]+-[ \t]+(?P<item>\S[^\r\n]*)", re.MULTILINE)
_BLOCK = re.compile(r"[|>][-+0-9]*")


def read(text: Text, *, is_cased: bool = False) -> Document:
    """Read a file; whatever is no field is a part of the field above it that gets lost."""
    found = fences.find(text) or lost_fences.find(text.source)
    if found is None:
        return Document(text, body=Span(0, len(text.source)))
    document = Document(
        text, body=found.body, opening=found.opening, content=found.content, closing=found.closing
    )
    if found.closing is None:
        whole = Span(found.opening.start, found.content.end)
        return replace(document, problems=(Problem("unclosed", found.opening, whole),), is_recovered=False)
    starts = list(_FIELD.finditer(text.source.replace("\r", "\n"), found.content.start, found.content.end))
    # Without any field there is nothing whose end it could be.
    ends = [*(match.start() for match in starts[1:]), found.content.end]
    entries = [_entry(match, is_cased=is_cased) for match in starts]
    if is_cased:
        entries = [_listed(text, entry, end) for entry, end in zip(entries, ends, strict=False)]
    problems = [
        problem for entry, end in zip(entries, ends, strict=False) for problem in _misread(text, entry, end)
    ]
    if flaw := lost_fences.flaw(text.source, found):
        at = found.opening if found.opening.length else text.line_span(0)
        problems.insert(0, Problem(f"misplaced-{flaw}", at, Span(0, found.content.end)))
    root = Mapping(found.content, tuple(entries), flow=False)
    return replace(document, root=root, problems=tuple(problems))


def _entry(match: re.Match[str], *, is_cased: bool) -> Entry:
    value = match[2].rstrip()
    start = match.start(2)
    key = Scalar(Span(*match.span(1)), match[1] if is_cased else match[1].lower(), _RAW)
    return Entry(key, Scalar(Span(start, start + len(value)), value, _RAW))


def _listed(text: Text, entry: Entry, end: int) -> Entry:
    """With the indented list below it for its value, if nothing else stands there."""
    if getattr(entry.value, "value", ""):
        return entry
    items = list(_ITEM.finditer(text.source, entry.span.end, end))
    if not items or len(items) != sum(1 for _ in _lost(text, entry.value.span.end, end)):
        return entry
    span = Span(items[0].start(), items[-1].end())
    return Entry(entry.key, Sequence(span, tuple(map(_item, items)), flow=False))


def _item(match: re.Match[str]) -> Scalar:
    value = match["item"].rstrip()
    bare = _bare(value)
    start = match.start("item") + value.index(bare)
    return Scalar(Span(start, start + len(bare)), bare, _RAW)


def _misread(text: Text, field: Entry, end: int) -> Iterator[Problem]:
    """What of a field gets lost or stays that was meant otherwise; ``detail`` is what was meant."""
    if isinstance(field.value, Sequence):
        return
    value, place = getattr(field.value, "value", ""), field.value.span
    span = place if value else field.key.span
    lost = list(_lost(text, place.end, end))
    if lost:
        is_list = not value and all(line.startswith("-") for line in lost)
        if is_list:
            kind, meant = "misread-list", ", ".join(_bare(line[1:].strip()) for line in lost)
        else:
            own = [] if _BLOCK.fullmatch(value) else [value]
            kind = "misread-lines" if own != [""] else "misread-map"
            meant = " ".join(filter(None, (*own, *lost)))
        last = text.source.rindex(lost[-1], place.end, end) + len(lost[-1])
        yield Problem(kind, span, Span(field.span.start, last), meant)
    elif value.startswith("[") and value.endswith("]"):
        meant = ", ".join(_bare(part.strip()) for part in value[1:-1].split(","))
        yield Problem("misread-list", span, field.span, meant)
    elif _bare(value) != value:
        yield Problem("misread-quote", span, field.span, _bare(value))


def _lost(text: Text, start: int, end: int) -> Iterator[str]:
    """The lines below a field that are none themselves, without comments."""
    for match in _LINE.finditer(text.source, start, end):
        line = match.group().strip()
        if not line.startswith("#"):
            yield line


def _bare(value: str) -> str:
    is_quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if is_quoted else value
