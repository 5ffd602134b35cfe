"""JSON to nodes; tolerant and iterative, never raises, whatever the text.

Everything that strict JSON does not allow is a ``Problem``, comments included, and costs its own entry and
nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from agentls.syntax.document import Problem
from agentls.syntax.json_patterns import (
    BEFORE_COLON,
    GARBAGE,
    ITEM,
    MEMBER,
    TO_BRACKET,
    TOKEN,
)
from agentls.syntax.json_scalars import simple_value, text
from agentls.syntax.nodes import MAX_DEPTH, Entry, Mapping, Node, Scalar, Sequence
from agentls.syntax.spelling import Style
from agentls.text.source import Span

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping as TypingMapping


_PLAIN, _DOUBLE, _RAW = Style.PLAIN, Style.DOUBLE, Style.RAW

# The objects of interest by the keys that lead to them, one mapping in the other.
Wanted: TypeAlias = "TypingMapping[str, Wanted]"
_NOTHING: Wanted = {"": {}}

# What may come next: a key, the colon behind it, a value, or a comma.
_KEY, _COLON, _VALUE, _COMMA = range(4)


def parse(source: str, wanted: Wanted | None = None) -> tuple[Node | None, list[Problem]]:
    """The value of a whole text, if there is one, and everything that strict JSON would not take."""
    return _Parser(source, wanted).run()


@dataclass(slots=True)
class _OpenCollection:
    """An object or a list whose end has not come yet; ``key`` is the one whose value is due.

    ``is_stray``: it stands where nothing of the kind belongs, and becomes a part of nothing.
    ``wanted`` is what is of interest in it, None for everything.
    """

    start: int
    is_object: bool
    state: int
    is_stray: bool = False
    wanted: Wanted | None = None
    entries: list[Entry] = field(default_factory=list)
    items: list[Node] = field(default_factory=list)
    key: Scalar | None = None
    comma: int = -1


class _Parser:
    """``offset`` is where the next token is looked for, ``last_end`` where the last one ended."""

    def __init__(self, source: str, wanted: Wanted | None) -> None:
        self.source = source
        self.wanted = wanted
        self.problems: list[Problem] = []
        self.stack: list[_OpenCollection] = []
        self.root: Node | None = None
        self.offset = 0
        self.last_end = 0

    def run(self) -> tuple[Node | None, list[Problem]]:
        source, match, stack = self.source, TOKEN.match, self.stack
        if source.startswith("\ufeff"):
            self.offset = 1
            self.report("byte-order-mark", Span(0, 1), "it starts with a byte order mark")
        while True:
            if stack and self.simple(stack[-1]):
                continue
            token = match(source, self.offset)
            if token is None:
                break
            self.offset = token.end()
            self.token(token)
        if self.stack:
            inner = self.stack[-1].start
            self.report("unclosed-bracket", Span(inner, inner + 1), "this is never closed")
        while self.stack:
            self.close(len(source), is_told=True)
        if self.root is None:
            self.report("empty", Span(0, len(source)), "a value is expected")
        return self.root, self.problems

    def token(self, token: re.Match[str]) -> None:
        kind = token.lastgroup
        if kind == "string":
            self.string(token)
        elif kind == "sign":
            self.sign(token["sign"], token.end() - 1)
        elif kind == "word":
            self.scalar(Scalar(Span(*token.span("word")), token["word"], _PLAIN))
        elif kind == "comment":
            self.comment(Span(*token.span("comment")))
            return
        else:
            self.other(token.start("other"))
        self.last_end = self.offset

    def simple(self, inner: _OpenCollection) -> bool:
        """Read what is plain to see; whether there was anything of the kind."""
        if inner.is_object:
            if inner.state != _KEY or not (found := MEMBER.match(self.source, self.offset)):
                return False
            start, end = found.span(1)
            key = Scalar(Span(start - 1, end + 1), found[1], _DOUBLE)
            if found.lastindex == 1:
                inner.key, inner.state = key, _VALUE
            else:
                inner.entries.append(Entry(key, simple_value(found, 2)))
                self.after_comma(inner, found, 4, _KEY)
        else:
            if inner.state != _VALUE or not (found := ITEM.match(self.source, self.offset)):
                return False
            inner.items.append(simple_value(found, 1))
            self.after_comma(inner, found, 3, _VALUE)
        self.offset = self.last_end = found.end()
        return True

    def after_comma(self, inner: _OpenCollection, found: re.Match[str], comma: int, due: int) -> None:
        if found[comma]:
            inner.comma, inner.state = found.start(comma), due
        else:
            inner.state = _COMMA

    def report(self, kind: str, span: Span, detail: str, entry: Span | None = None) -> None:
        self.problems.append(Problem(kind, span, entry or span, detail))

    # Scalars

    def string(self, token: re.Match[str]) -> None:
        found = text(self.source, token.start("string"), token.end(), is_closed=bool(token["closed"]))
        self.offset = found.end
        self.problems += found.problems
        self.scalar(found.node)

    def other(self, start: int) -> None:
        """A word that is no value, and what follows it on its line."""
        inner = self.stack[-1] if self.stack else None
        is_key = inner is not None and inner.is_object and BEFORE_COLON.match(self.source, self.offset)
        if is_key:
            span = Span(start, self.offset)
            self.report("unquoted-key", span, "a key must stand between quotes")
            self.scalar(Scalar(span, self.source[start : self.offset], _PLAIN), is_name=True)
            return
        rest = GARBAGE.match(self.source, self.offset)
        self.offset = rest.end() if rest else self.offset
        text = self.source[start : self.offset].rstrip()
        span = Span(start, start + len(text))
        if inner is None or inner.state == _VALUE or (inner.is_object and inner.state == _COLON):
            self.report("bad-value", span, "this is not a value; a text must stand between quotes")
            self.scalar(Scalar(span, text, _RAW))
        else:
            self.report("stray-text", span, "unexpected text")

    def comment(self, span: Span) -> None:
        self.report("comment", span, "a comment")
        text = self.source[span.start : span.end]
        if text.startswith("/*") and not (text.endswith("*/") and len(text) >= len("/**/")):
            self.report("unclosed-comment", Span(span.start, span.start + 2), "the comment is never closed")

    def scalar(self, node: Scalar, *, is_name: bool = False) -> None:
        inner = self.stack[-1] if self.stack else None
        if inner is None or not inner.is_object or inner.state in (_COLON, _VALUE):
            if inner is not None and inner.is_object and inner.state == _COLON and is_name:
                self.end_entry(inner, node.span.start)
            else:
                self.value(node)
                return
        elif inner.state == _COMMA:
            if node.style is not _DOUBLE and not is_name:
                self.report("stray-text", node.span, "unexpected text")
                return
            self.missing_comma(inner, node.span)
        elif node.style is not _DOUBLE and not is_name:
            self.report("unquoted-key", node.span, "a key must stand between quotes")
        inner.key, inner.state = node, _COLON

    def missing_comma(self, inner: _OpenCollection, span: Span) -> None:
        before = inner.entries[-1].span if inner.is_object else inner.items[-1].span
        self.report("missing-comma", span, "a comma is missing before this", Span(before.start, span.end))

    # Signs

    def sign(self, sign: str, at: int) -> None:
        inner = self.stack[-1] if self.stack else None
        if sign in "{[":
            self.open(sign, at, inner)
        elif sign in "}]":
            self.end(sign, at)
        elif inner is None:
            self.report("stray-text", Span(at, at + 1), "unexpected text")
        elif sign == ",":
            self.comma(inner, Span(at, at + 1))
        else:
            self.colon(inner, Span(at, at + 1))

    def colon(self, inner: _OpenCollection, span: Span) -> None:
        if inner.is_object and inner.state == _COLON:
            inner.state = _VALUE
            return
        last = inner.entries[-1] if inner.is_object and inner.state == _COMMA and inner.entries else None
        if last and isinstance(last.value, Scalar) and last.value.span.end == self.last_end:
            # What was taken for a value is the next key, and the one before it has none.
            inner.entries.pop()
            inner.key = last.key if isinstance(last.key, Scalar) else None
            told = self.problems[-1] if self.problems else None
            is_told = told is not None and told.kind == "missing-colon" and told.span == last.key.span
            inner.state = _VALUE
            self.end_entry(inner, last.value.span.start, is_told=is_told)
            inner.key, inner.state = last.value, _VALUE
            return
        self.report("stray-text", span, "unexpected text")

    def comma(self, inner: _OpenCollection, span: Span) -> None:
        if inner.is_object and inner.state in (_COLON, _VALUE):
            self.end_entry(inner, span.start)
        elif inner.state != _COMMA:
            self.report("stray-comma", span, "this comma follows nothing")
            return
        inner.state, inner.comma = _KEY if inner.is_object else _VALUE, span.start

    def end_entry(self, inner: _OpenCollection, at: int, *, is_told: bool = False) -> None:
        """An entry ends before its value has come."""
        if inner.key is None:
            return
        if not is_told:
            kind = "missing-colon" if inner.state == _COLON else "missing-value"
            self.report(kind, inner.key.span, f"the {kind.partition('-')[2]} of this key is missing")
        inner.entries.append(Entry(inner.key, Scalar(Span(at, at), "", _RAW)))
        inner.key, inner.state = None, _COMMA

    # Objects and lists

    def open(self, sign: str, at: int, inner: _OpenCollection | None) -> None:
        span, is_stray = Span(at, at + 1), False
        if len(self.stack) == MAX_DEPTH:
            self.skip(at)
            return
        if inner is None:
            is_stray = self.root is not None
            if is_stray:
                self.report("stray-text", span, "unexpected text after the end")
        elif inner.is_object and inner.state in (_KEY, _COMMA):
            is_stray = True
            self.report("stray-text", span, "a key is expected here")
        elif inner.state == _COMMA:
            self.missing_comma(inner, span)
        is_object = sign == "{"
        wanted = self.wanted_in(inner)
        if wanted is _NOTHING and self.pass_over(at, is_object=is_object):
            return
        self.stack.append(
            _OpenCollection(
                at, is_object=is_object, state=_KEY if is_object else _VALUE, is_stray=is_stray, wanted=wanted
            )
        )

    def wanted_in(self, inner: _OpenCollection | None) -> Wanted | None:
        """What is of interest in the value that starts now: None for everything, ``_NOTHING`` for nothing."""
        if inner is None or inner.wanted is None:
            return self.wanted if inner is None else None
        step = inner.key.value if inner.key else "*"
        return inner.wanted.get(step, inner.wanted.get("*", _NOTHING))

    def pass_over(self, at: int, *, is_object: bool) -> bool:
        """Leave out what is of no interest, if it has an end."""
        offset, depth = self.offset, 1
        while depth:
            found = TO_BRACKET.match(self.source, offset)
            if found is None:
                return False
            offset = found.end()
            depth += 1 if found["opening"] else -1
        self.offset = offset
        span = Span(at, offset)
        self.value(Mapping(span, (), flow=True) if is_object else Sequence(span, (), flow=True))
        return True

    def skip(self, at: int) -> None:
        """What lies too deep is one text."""
        self.report("too-deep", Span(at, at + 1), "this is nested too deeply")
        depth = 1
        while depth and (token := TOKEN.match(self.source, self.offset)):
            self.offset = token.end()
            depth += (token["sign"] in ("{", "[")) - (token["sign"] in ("}", "]"))
        self.value(Scalar(Span(at, self.offset), self.source[at : self.offset], _RAW))

    def end(self, sign: str, at: int) -> None:
        is_object = sign == "}"
        if self.stack and self.stack[-1].is_object == is_object:
            self.close(at + 1, is_told=False)
            return
        if not any(one.is_object == is_object for one in self.stack):
            self.report("stray-text", Span(at, at + 1), "this bracket closes nothing")
            return
        while self.stack[-1].is_object != is_object:
            start = self.stack[-1].start
            self.report("unclosed-bracket", Span(start, start + 1), "this is never closed")
            self.close(at, is_told=True)
        self.close(at + 1, is_told=False)

    def close(self, end: int, *, is_told: bool) -> None:
        """The innermost object or list ends, whatever is missing in it."""
        inner = self.stack.pop()
        if inner.is_object and inner.state in (_COLON, _VALUE):
            self.end_entry(inner, self.last_end if is_told else end - 1, is_told=is_told)
        elif inner.comma >= 0 and inner.state != _COMMA and not is_told:
            span = Span(inner.comma, inner.comma + 1)
            self.report("trailing-comma", span, "a comma stands behind the last entry")
        span = Span(inner.start, end)
        node: Node = Sequence(span, tuple(inner.items), flow=True)
        if inner.is_object:
            self.report_duplicates(inner.entries)
            node = Mapping(span, tuple(inner.entries), flow=True)
        if not inner.is_stray:
            self.value(node)

    def report_duplicates(self, entries: list[Entry]) -> None:
        last = {entry.key.value: entry for entry in entries if isinstance(entry.key, Scalar)}
        if len(last) == len(entries):
            return
        for entry in entries:
            if isinstance(entry.key, Scalar) and last[entry.key.value] is not entry:
                detail = f"`{entry.key.value}` stands here and again further down"
                self.report("duplicate-key", entry.key.span, detail, entry.span)

    def value(self, node: Node) -> None:
        """A value is complete: give it to what it stands in."""
        if not self.stack:
            if self.root is None:
                self.root = node
            else:
                self.report("stray-text", node.span, "unexpected text after the end")
            return
        inner = self.stack[-1]
        if not inner.is_object:
            if inner.state == _COMMA and isinstance(node, Scalar):
                self.missing_comma(inner, node.span)
            inner.items.append(node)
        elif inner.key is not None:
            if inner.state == _COLON:
                self.report("missing-colon", inner.key.span, "the colon of this key is missing")
            inner.entries.append(Entry(inner.key, node))
            inner.key = None
        inner.state = _COMMA
