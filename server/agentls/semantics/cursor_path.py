"""What is being typed inside the maps and lists of a field, told by lines: mostly it is not YAML yet.

In front matter, maps and lists in brackets are left alone; in JSON, ``json_cursor`` reads them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from agentls.semantics import json_cursor
from agentls.syntax.indentation import KEY, LEAD, nesting_at
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from agentls.semantics.file import File

_LEAD = re.compile(LEAD)
_LINE = re.compile(rf"^(?P<before>{LEAD}){KEY}[ \t]*(?P<value>[^\r\n]*)", re.MULTILINE)
_UP_TO_WORD = re.compile(r"(?:.*[\s:,|\"'])?", re.DOTALL)
_WORD = re.compile(r"[^\s:,|\[\]{}\"']*")
_NO_PLACE = re.compile(r"[\[{]|(?:^|\s)#")


class CursorPath(NamedTuple):
    """``path`` leads from the value of a field to the map around the cursor, ``*`` into a list.

    ``key`` is that whose value the cursor is in, or None where a key is due. ``word`` is what stands
    there, and ``siblings`` the other keys of the map with their values, as they are written.
    ``is_quoted``: it stands between quotation marks that are no part of it.
    """

    field_name: str
    path: tuple[str, ...]
    key: str | None
    word: Span
    siblings: Mapping[str, str]
    is_quoted: bool = False


def cursor_path(file: File, offset: int) -> CursorPath | None:
    """The place below the line of a field; None elsewhere."""
    if file.dialect.format.quotes_keys:
        return _in_json(file, offset)
    text, content = file.text, file.document.content
    if not file.dialect.format.indents or not content.start <= offset <= content.end:
        return None
    line = text.line_around(offset)
    typed = text.source[line.start : offset]
    found = nesting_at(text, offset)
    if _NO_PLACE.search(typed) or len(found.keys) < 1 + (not found.is_key):
        return None
    before, after = _UP_TO_WORD.match(typed), _WORD.match(text.source, offset, line.end)
    word = Span(line.start + before.end() if before else offset, after.end() if after else offset)
    siblings = _siblings(text.source, content, line, _LEAD.match(typed))
    path = found.keys[1:] if found.is_key else found.keys[1:-1]
    return CursorPath(found.keys[0], path, None if found.is_key else found.keys[-1], word, siblings)


def _in_json(file: File, offset: int) -> CursorPath | None:
    place = json_cursor.place_at(file.text.source, offset)
    if place is None or not place.path:
        return None
    field, *path = place.path
    return CursorPath(field, tuple(path), place.key, place.word, place.siblings, place.is_quoted)


def _siblings(source: str, content: Span, line: Span, lead: re.Match[str] | None) -> dict[str, str]:
    """The other keys of the map, of which the first of an entry of a list has a dash before it."""
    column = lead.end() if lead else 0
    found: dict[str, str] = {}
    above = [] if lead and "-" in lead.group() else list(_LINE.finditer(source, content.start, line.start))
    for other in reversed(above):
        if len(other["before"]) < column:
            break
        if len(other["before"]) == column:
            found[other["key"]] = other["value"].strip()
            if "-" in other["before"]:
                break
    for other in _LINE.finditer(source, line.end, content.end):
        if len(other["before"]) < column or (len(other["before"]) == column and "-" in other["before"]):
            break
        if len(other["before"]) == column:
            found[other["key"]] = other["value"].strip()
    return found
