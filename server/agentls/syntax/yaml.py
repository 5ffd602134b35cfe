"""YAML text to nodes with spans; the only user of PyYAML.

Built from the parser's events with a loop and a depth limit: PyYAML's own composer recurses, and its C
part ends the process when the nesting is deep. Aliases stay aliases.
PyYAML lets some things pass that YAML forbids and that other parsers refuse; those are ``Flaw``s.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from agentls.syntax.nodes import MAX_DEPTH, Alias, Entry, Mapping, Node, Scalar, Sequence
from agentls.syntax.spelling import Style
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

# Characters that PyYAML refuses or, following YAML 1.1, takes for line breaks. The products read them
# as ordinary characters, so each is parsed as a private character of the same width and put back.
_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_PRIVATE_PLANES = 0xF0000, 0x100000

# With each style, how much longer a text is than its value where it has no escapes and folds.
_STYLES: dict[str | None, tuple[Style, int | None]] = {
    None: (Style.PLAIN, 0),
    "": (Style.PLAIN, 0),
    "'": (Style.SINGLE, 2),
    '"': (Style.DOUBLE, 2),
    "|": (Style.LITERAL, None),
    ">": (Style.FOLDED, None),
}
_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)+")
# A line with something on it, behind its indentation; a tab is none.
_FULL_LINE = re.compile(r"(?:\r\n?|\n)(?P<blanks>(?P<indent> *+)[ \t]*+)(?=(?P<first>[^\s]))")
# What may stand further left in a list or map between brackets.
_MAY_STAND_OUT = "]},#"


class ReadError(Exception):
    """The text is not YAML; ``offset`` is where the parser stopped, in the same frame as the spans."""

    def __init__(self, reason: str, offset: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.offset = offset


class Flaw(NamedTuple):
    """What PyYAML lets pass and others refuse; ``kind`` is that of a ``Problem``.

    It is in ``node``, whose lines must stand further in than ``indent``.
    """

    kind: str
    span: Span
    node: Span
    indent: int = 0


@dataclass
class ParsedYaml:
    """The only document of a text; ``root`` is None when it is empty."""

    root: Node | None = None
    anchors: dict[str, Node] = field(default_factory=dict)
    flaws: list[Flaw] = field(default_factory=list)


def read(source: str, start: int, end: int) -> ParsedYaml:
    """Read ``source[start:end]``; all spans are offsets into ``source``. Raises ReadError."""
    block = source[start:end]
    plane = _free_plane(block)
    if plane:
        block = _ODD.sub(lambda match: chr(plane + ord(match.group())), block)
    try:
        return _Builder(source, start, plane).build(_parser(block))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        offset = start + (mark.index if mark else 0)
        reason = "this text does not belong to an entry" if _is_outside(error) else error.problem
        raise ReadError(reason or "invalid YAML", min(offset, end)) from None
    except yaml.YAMLError as error:
        raise ReadError(str(error).split("\n", 1)[0], start) from None


def _is_outside(error: yaml.MarkedYAMLError) -> bool:
    """Whether a mapping or list had ended; the two parsers of PyYAML say so in words of their own."""
    words = ("did not find expected key", "did not find expected '-' indicator", "expected <block end>")
    return (error.problem or "").startswith(words)


def is_valid(block: str, tolerated: frozenset[str] | None = None) -> bool:
    """Whether a text is YAML; to a parser that gets over all flaws, or only over some."""
    try:
        flaws = read(block, 0, len(block)).flaws
    except ReadError:
        return False
    return tolerated is None or all(flaw.kind in tolerated for flaw in flaws)


def lines_too_far_left(source: str, flaw: Flaw) -> Iterator[Span]:
    """What stands before the words of such lines."""
    may_stand_out = _MAY_STAND_OUT if flaw.kind == "unindented-list" else ""
    for line in _FULL_LINE.finditer(source, flaw.node.start, flaw.node.end):
        if len(line["indent"]) <= flaw.indent and line["first"] not in may_stand_out:
            yield Span(*line.span("blanks"))


def _free_plane(block: str) -> int:
    """Where odd characters are moved to for the parse; 0 when there are none."""
    if not _ODD.search(block):
        return 0
    first, second = _PRIVATE_PLANES
    return second if any(first <= ord(character) < second for character in block) else first


def _parser(block: str) -> Any:
    if yaml.__with_libyaml__:
        return yaml.cyaml.CParser(block)  # type: ignore[attr-defined]
    return _PureParser(block)


class _PureParser(yaml.reader.Reader, yaml.scanner.Scanner, yaml.parser.Parser):
    """PyYAML's parser where its C part is absent: the same events."""

    def __init__(self, block: str) -> None:
        yaml.reader.Reader.__init__(self, block)
        yaml.scanner.Scanner.__init__(self)
        yaml.parser.Parser.__init__(self)

    def scan_to_next_token(self) -> None:
        """Between tokens a tab is white space, too, wherever it is no indentation; the C part knows that."""
        super().scan_to_next_token()
        while self.peek() == "\t" and (self.flow_level or not self.allow_simple_key):
            while self.peek() in " \t":
                self.forward()
            super().scan_to_next_token()

    def scan_plain_spaces(self, indent: Any, start_mark: Any) -> Any:
        """Within a line of plain text a tab is a part of the text; at its end it is nothing."""
        length = 0
        while self.peek(length) in " \t":
            length += 1
        white = self.prefix(length)
        if "\t" not in white:
            return super().scan_plain_spaces(indent, start_mark)
        self.forward(length)
        is_end = self.peek() in "\r\n\0"
        return super().scan_plain_spaces(indent, start_mark) if is_end else [white]


@dataclass
class _Open:
    """A collection whose end has not come yet; ``indent`` is where its lines start."""

    start: int
    flow: bool
    is_mapping: bool
    anchor: str | None
    indent: int
    children: list[Node] = field(default_factory=list)


@dataclass
class _Builder:
    source: str
    base: int
    plane: int
    reading: ParsedYaml = field(default_factory=ParsedYaml)
    stack: list[_Open] = field(default_factory=list)

    def build(self, parser: Any) -> ParsedYaml:
        try:
            while True:
                event = parser.get_event()
                if event is None or isinstance(event, yaml.StreamEndEvent):
                    return self.reading
                if isinstance(event, yaml.DocumentStartEvent) and self.reading.root:
                    raise ReadError("a second document starts here", self._span(event).start)
                self._take(event)
        finally:
            parser.dispose()

    def _take(self, event: Any) -> None:
        match event:
            case yaml.ScalarEvent():
                self._add(self._scalar(event), event.anchor)
            case yaml.AliasEvent():
                self._add(self._alias(event), None)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                start = self._span(event).start
                if len(self.stack) >= MAX_DEPTH:
                    raise ReadError(f"nested more than {MAX_DEPTH} levels deep", start)
                is_mapping = isinstance(event, yaml.MappingStartEvent)
                is_flow = bool(event.flow_style)
                indent = self._indent if is_flow else self._column(event)
                self.stack.append(_Open(start, is_flow, is_mapping, event.anchor, indent))
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                opened = self.stack.pop()
                node = _close(opened, self._span(event).end)
                if node.flow and not (self.stack and self.stack[-1].flow):
                    self.reading.flaws += self._flaws(node.span, "unindented-list")
                self._add(node, opened.anchor)

    def _add(self, node: Node, anchor: str | None) -> None:
        if anchor:
            self.reading.anchors[anchor] = node
        if self.stack:
            self.stack[-1].children.append(node)
        else:
            self.reading.root = node

    @property
    def _indent(self) -> int:
        """Where the lines of the innermost block start; what belongs to one of them stands further in."""
        return self.stack[-1].indent if self.stack else -1

    def _flaws(self, span: Span, kind: str) -> Iterator[Flaw]:
        """What is wrong around something between quotes or brackets."""
        whole = Flaw(kind, span, span, self._indent)
        for blanks in lines_too_far_left(self.source, whole) if self._indent >= 0 else ():
            start, end = blanks.end, self.source.find("\n", blanks.end, span.end)
            words = self.source[start : end if end >= 0 else span.end].rstrip()
            yield whole._replace(span=Span(start, start + len(words)))
            break
        if self.source.startswith("#", span.end):
            yield Flaw("tight-comment", Span(span.end, span.end + 1), span)

    def _alias(self, event: Any) -> Alias:
        alias = Alias(self._span(event), self._restore(str(event.anchor)))
        if alias.name not in self.reading.anchors and all(alias.name != one.anchor for one in self.stack):
            self.reading.flaws.append(Flaw("unknown-alias", alias.span, alias.span))
        return alias

    def _scalar(self, event: Any) -> Scalar:
        span = self._span(event)
        if event.style in ("'", '"'):
            self.reading.flaws += self._flaws(span, "unindented-quote")
        if event.style in ("|", ">"):
            # A block scalar ends, for the parser, after the blank lines that follow it.
            span = Span(span.start, span.start + len(self.source[span.start : span.end].rstrip()))
        if event.anchor or event.tag:
            properties = _PROPERTIES.match(self.source, span.start, span.end)
            span = Span(properties.end(), span.end) if properties else span
        value = self._restore(event.value)
        style, quotes = _STYLES[event.style]
        if span.end - span.start - len(value) == quotes:
            return Scalar(span, value, style)
        return Scalar(span, value, style, self.source[span.start : span.end])

    def _column(self, event: Any) -> int:
        return int(event.start_mark.column)

    def _span(self, event: Any) -> Span:
        return Span(self.base + event.start_mark.index, self.base + event.end_mark.index)

    def _restore(self, value: str) -> str:
        if not self.plane:
            return value
        return "".join(
            chr(ord(character) - self.plane)
            if self.plane <= ord(character) < self.plane + 0x10000
            and _ODD.match(chr(ord(character) - self.plane))
            else character
            for character in value
        )


def _close(opened: _Open, end: int) -> Mapping | Sequence:
    children = opened.children
    if not opened.flow and children:
        # A block collection ends, for the parser, where the next thing starts.
        end = children[-1].span.end
    span = Span(opened.start, max(end, opened.start))
    if opened.is_mapping:
        entries = zip(children[::2], children[1::2], strict=True)
        return Mapping(span, tuple(Entry(key, value) for key, value in entries), opened.flow)
    return Sequence(span, tuple(children), opened.flow)
