"""What is being typed inside the objects and lists of a JSON file, which mostly is not JSON yet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from agentls.products.nested_values import ITEM
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

# A text, which may not be closed yet; a bracket or a sign; anything else that is a value.
_PIECE = re.compile(r'"(?:[^"\\\r\n]|\\.)*(?P<end>")?|[{}\[\]:,]|[^\s{}\[\]:,"]+')
_SIGNS = frozenset("{}[]:,")
_UP_TO_WORD = re.compile(r"(?:.*[\s,|\"'])?", re.DOTALL)
_WORD = re.compile(r"[^\s:,|\[\]{}\"']*")


class JsonPlace(NamedTuple):
    """``path`` leads from the root to the object or list around the cursor, ``*`` into a list.

    ``key`` is that whose value the cursor is in, ``*`` for an entry of a list, None where a key is due.
    ``word`` is what stands there, ``is_quoted`` whether it is between quotes, ``siblings`` are the other keys
    of the object with their values.
    """

    path: tuple[str, ...]
    key: str | None
    word: Span
    is_quoted: bool
    siblings: Mapping[str, str]


class _Around:
    """An object or a list that is open where the reader is."""

    def __init__(self, path: tuple[str, ...], *, is_list: bool) -> None:
        self.path = path
        self.is_list = is_list
        self.key: str | None = ITEM if is_list else None
        self.has_colon = is_list
        self.values: dict[str, str] = {}

    @property
    def due(self) -> str | None:
        """The key whose value is due; None where a key is."""
        return self.key if self.has_colon else None

    def take(self, piece: str) -> None:
        """A sign, or a key or a value that is no collection."""
        if self.is_list:
            return
        if piece == ",":
            self.key, self.has_colon = None, False
        elif piece == ":":
            self.has_colon = True
        elif not self.has_colon:
            self.key = piece.strip('"')
        elif self.key is not None:
            self.values[self.key] = piece.strip('"')


def place_at(source: str, offset: int) -> JsonPlace | None:
    """The place in a JSON text; None outside of all objects and lists."""
    around: list[_Around] = []
    inner: _Around | None = None
    due: str | None = None
    start, is_quoted = offset, False
    for match in _PIECE.finditer(source):
        piece = match.group()
        is_word = piece not in _SIGNS
        # Behind its last quotation mark a text is complete.
        end = match.end() - (1 if match["end"] else 0)
        if inner is None and (match.start() >= offset or (is_word and end >= offset)):
            if not around:
                return None
            inner, due = around[-1], around[-1].due
            if match.start() < offset:
                start, is_quoted = match.start(), piece[0] == '"'
                # What is typed there is none of the others.
                if due is None:
                    continue
        _take(around, piece)
        if inner is not None and inner not in around:
            break
    if inner is None and around:
        inner, due = around[-1], around[-1].due
    if inner is None:
        return None
    before, after = _UP_TO_WORD.match(source[start:offset]), _WORD.match(source, offset)
    word = Span(start + (before.end() if before else 0), after.end() if after else offset)
    return JsonPlace(inner.path, due, word, is_quoted, inner.values)


def _take(around: list[_Around], piece: str) -> None:
    inner = around[-1] if around else None
    if piece in ("{", "["):
        path = (*inner.path, inner.due or "") if inner else ()
        around.append(_Around(path, is_list=piece == "["))
    elif piece in ("}", "]"):
        if around:
            around.pop()
        if around and around[-1].key is not None:
            around[-1].values.setdefault(around[-1].key, "")
    elif inner:
        inner.take(piece)
