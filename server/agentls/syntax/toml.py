"""TOML 1.0 to a ``Document``; never raises, whatever the text.

A file of this kind is fields from its first line to its last; the text that a model is told is one of them.
A statement that is wrong is one problem at its cause, and an entry all the same, with its raw text.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from agentls.syntax.document import Document, Problem
from agentls.syntax.nodes import Scalar, TextPiece
from agentls.syntax.spelling import Style
from agentls.syntax.toml_tables import Table, TomlError
from agentls.syntax.toml_values import after_equals, keys, meant, value
from agentls.text.source import Span

if TYPE_CHECKING:
    from agentls.syntax.toml_tables import Slot
    from agentls.text.source import Text

_BLANKS = re.compile(r"[ \t]*+")
_REST = re.compile(r"[ \t]*+(?:#[^\x00-\x08\x0a-\x1f\x7f\r\n]*+)?(?P<end>\r?\n|\Z)?")
_LINE_BREAK = re.compile(r"\r\n?|\n")
_KEY = r"""(?:[A-Za-z0-9_-]++|"[^"\r\n]*+"|'[^'\r\n]*+')"""
_NAME = rf"{_KEY}(?:[ \t]*+\.[ \t]*+{_KEY})*+"
# Where a statement that is wrong ends: at a line that starts another one, if its brackets do not end before.
_STATEMENT = re.compile(rf"[ \t]*+(?:{_NAME}[ \t]*+=|\[\[?[ \t]*+{_NAME}[ \t]*+\]\]?[ \t]*+(?:#|[\r\n]|\Z))")
_TOKEN = re.compile(
    r""""(?:[^"\\\r\n]++|\\[^\r\n])*+"?|'[^'\r\n]*+'?|[^"'\[\]{}#\r\n]++|#[^\r\n]*+|(?P<sign>[\[\]{}])|\r\n?|\n"""
)
_THREE = ('"""', "'''")


def read(text: Text) -> Document:
    """Read a file; the fields start at its start, and nothing stands below them."""
    source = text.source
    reader = _TomlReader(source)
    reader.run()
    whole = Span(0, len(source))
    body = Span(whole.end, whole.end)
    root = reader.root.node()._replace(span=whole)
    problems = tuple(reader.problems)
    return Document(
        text,
        body=body,
        opening=Span(0, 0),
        content=whole,
        closing=None,
        root=root,
        problems=problems,
        is_recovered=not problems,
    )


@dataclass
class _TomlReader:
    """``table`` is where statements go now, ``open`` the names of the header above them."""

    source: str
    root: Table = field(default_factory=lambda: Table(0))
    problems: list[Problem] = field(default_factory=list)
    open: list[tuple[Slot, Scalar]] = field(default_factory=list)
    dotted: list[Table] = field(default_factory=list)
    last_end: int = 0
    # To the product all that follows a text without an end is a part of it.
    is_silent: bool = False

    def __post_init__(self) -> None:
        self.table = self.root

    def run(self) -> None:
        offset = 0
        if self.source.startswith("\ufeff"):
            offset = 1
            self.problems.append(
                Problem("byte-order-mark", Span(0, 1), Span(0, 1), "it starts with a byte order mark")
            )
        while offset < len(self.source):
            offset = self._line(_after_blanks(self.source, offset))
        self._end_table()

    def _line(self, start: int) -> int:
        """Read a statement, a comment or nothing; where the next line starts."""
        rest = _REST.match(self.source, start)
        if rest and rest["end"] is not None:
            return rest.end()
        try:
            stop = self._header(start) if self.source[start] == "[" else self._key_value(start)
            rest = _REST.match(self.source, stop)
            if rest and rest["end"] is not None:
                return rest.end()
            stray = meant(self.source, stop)
            raise TomlError("stray-text", stray, "unexpected text at the end of the line")  # noqa: TRY301
        except TomlError as error:
            return self._report(error, start)

    def _report(self, error: TomlError, start: int) -> int:
        stop = max(start, error.span.start) if error.resume is None else error.resume
        line_break = _LINE_BREAK.search(self.source, stop)
        end = line_break.start() if line_break else len(self.source)
        if not self.is_silent:
            entry = Span(min(start, error.span.start), max(end, error.span.end))
            self.problems.append(Problem(error.kind, error.span, entry, error.detail))
        self.is_silent = self.is_silent or (error.kind == "unclosed-string" and error.span.length > 1)
        return line_break.end() if line_break else end

    def _key_value(self, start: int) -> int:
        names, offset = keys(self.source, start)
        offset = after_equals(self.source, offset)
        try:
            node, end = value(self.source, offset)
        except TomlError as error:
            end = self._end_of_broken(offset)
            if error.span.start > end:
                # The next statement was taken for a part of this one.
                error = TomlError("unclosed-bracket", Span(offset, offset + 1), "this is never closed")
            error.resume = end
            node = Scalar(Span(offset, end), self.source[offset:end], Style.RAW)
            with suppress(TomlError):
                self.table.assign(names, node)
            raise error from None
        self.last_end = end
        try:
            self.dotted += self.table.assign(names, node)
        except TomlError as error:
            error.resume = end
            raise
        return end

    def _end_of_broken(self, start: int) -> int:
        """Where a value ends that cannot be read, without the blanks behind it."""
        offset, depth = start, 0
        while offset < len(self.source):
            if self.source.startswith(_THREE, offset):
                closing = self.source.find(self.source[offset] * 3, offset + 3)
                if closing >= 0:
                    offset = closing + 3
                    continue
            token = _TOKEN.match(self.source, offset)
            sign = token["sign"] if token else None
            is_break = self.source[offset] in "\r\n"
            end = token.end() if token else offset + 1
            if is_break and (depth <= 0 or _STATEMENT.match(self.source, end)):
                break
            depth += (sign in ("[", "{")) - (sign in ("]", "}"))
            offset = end
        return start + len(self.source[start:offset].rstrip())

    def _header(self, start: int) -> int:
        self._end_table()
        is_list = self.source.startswith("[[", start)
        names, offset = keys(self.source, _after_blanks(self.source, start + 1 + is_list))
        closing = "]]" if is_list else "]"
        offset = _after_blanks(self.source, offset)
        if not self.source.startswith(closing, offset):
            raise TomlError("unclosed-bracket", Span(start, start + len(closing)), "this is never closed")
        end = self.last_end = offset + len(closing)
        # Where the name is taken, what follows is of no table.
        table, self.table = self.root, Table(end)
        for name in names[:-1]:
            slot, table = table.enter(name, end)
            self.open.append((slot, name))
        slot, self.table = table.declare(names[-1], end, is_list=is_list)
        self.open.append((slot, names[-1]))
        return end

    def _end_table(self) -> None:
        for slot, name in self.open:
            slot.pieces.append(TextPiece(name, Span(name.span.start, self.last_end)))
        self.open.clear()
        # What keys with dots have made can have no header of its own.
        for table in self.dotted:
            table.is_declared = True
        self.dotted.clear()


def _after_blanks(source: str, offset: int) -> int:
    blanks = _BLANKS.match(source, offset)
    return blanks.end() if blanks else offset
