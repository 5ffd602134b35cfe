r"""Literate cases: a Markdown page whose fenced blocks are files and whose marker lines are findings.

A level-2 heading starts a case, the prose below it says why, and a fenced block whose info string is
``<language> <path>`` is a file of the case.  All such blocks together are the workspace.
A marker line in a file consists of spaces, carets, a severity and a rule, and stands below what it marks::

    tools: Read, Gerp
                 ^^^^ warning unknown-tool "`Grep`"

Marker lines are removed before anything reads the file, so that malformed text stays as its author left it.
Carets count code points; ``...`` after them says that the finding runs on over the next lines.  A
quoted fragment must be part of the message.  What is not marked must not be found, by any rule.

After the path may stand ``crlf`` (all line breaks become CR LF), ``cut`` (the last line has no line break)
and ``escaped`` (``\u{85}`` is that character).  ``in-cp1252`` or another codec: the file is bytes on disk, in
that encoding, and is read from there; in a file that is ``in-utf-8``, ``\u{dc93}`` is the lone byte 0x93.
A block ``fixed: <title>`` holds the file above it after that fix, ``fixed: all certain`` after all fixes that
need no second look; a block ``fixes`` lists the titles of all fixes on offer.
Every fix of every finding is tried in any case, see ``remedies.check_fixes``.

In the cases of a feature a marker line of spaces and ``|`` is the cursor.  A block ``answer`` holds what the
feature says there (a line ``...`` stands for any lines), ``after: <choice>`` the file after something on
offer was taken; without a cursor they are about the file above them.

A block ``questions <path>`` is asked where that file stands, line by line: ``<question> -> <answer>``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from agentls.text.decoding import decode
from agentls.text.source import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

CASES = Path(__file__).parents[1] / "cases"

_FENCE = re.compile(r"(?P<marks>`{3,}|~{3,})(?P<info>.*)")
_MARKER = re.compile(
    r"(?P<indent> *)(?P<carets>\^+)(?P<runs_on>\.\.\.)? (?P<severity>error|warning|information|hint)"
    r' (?P<rule>[a-z0-9-]+)(?: "(?P<fragment>.*)")?'
)
_CURSOR = re.compile(r" *\|")
_ESCAPE = re.compile(r"\\u\{([0-9a-fA-F]{1,6})\}")
_BUG = "BUG: "


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding as a case draws it: ``end`` None for one that runs on over the next lines."""

    line: int
    start: int
    end: int | None
    severity: str
    rule: str
    fragment: str = ""

    @property
    def place(self) -> tuple[object, ...]:
        return self.line, self.start, self.end, self.severity, self.rule


@dataclass
class Source:
    """One file of a case; ``lines`` are drawn, ``text`` is what a reader gets."""

    path: str
    lines: list[str] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    manner: frozenset[str] = frozenset()
    answers: list[tuple[str, list[str]]] = field(default_factory=list)
    fixes: list[str] | None = None
    cursor: int | None = None
    answer: list[str] | None = None

    @property
    def text(self) -> str:
        return decode(self.data)[0] if self.data is not None else self.read(self.lines)

    @property
    def data(self) -> bytes | None:
        """The bytes on disk, of a file that is about them."""
        codec = next((word.removeprefix("in-") for word in self.manner if word.startswith("in-")), None)
        return self.read(self.lines).encode(codec, "surrogateescape") if codec else None

    @property
    def content(self) -> str | bytes:
        """What a workspace is made of."""
        return self.text if self.data is None else self.data

    def read(self, lines: list[str]) -> str:
        """What lines drawn in the style of this file mean."""
        end = [] if "cut" in self.manner or not lines else [""]
        return self.meaning("\n".join([*lines, *end]))

    def meaning(self, drawn: str) -> str:
        if "escaped" in self.manner:
            drawn = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), drawn)
        return drawn.replace("\n", "\r\n") if "crlf" in self.manner else drawn

    def draw(self, text: str) -> str:
        """The inverse of ``meaning``."""
        drawn = text.replace("\r\n", "\n") if "crlf" in self.manner else text
        if "escaped" not in self.manner:
            return drawn
        return "".join(c if c == "\n" or c.isprintable() else f"\\u{{{ord(c):x}}}" for c in drawn)


@dataclass
class Case:
    page: str
    title: str
    sources: list[Source] = field(default_factory=list)
    questions: list[tuple[str, list[str]]] = field(default_factory=list)

    @property
    def is_bug(self) -> bool:
        return self.title.startswith(_BUG)

    @property
    def name(self) -> str:
        return f"{self.page}: {self.title}"


def load(*folders: str) -> list[Case]:
    """The cases of all pages of some folders of ``tests/cases``."""
    pages = [page for folder in folders for page in sorted((CASES / folder).glob("*.md"))]
    return [case for page in pages for case in parse(page.stem, page.read_text("utf-8"))]


def parse(page: str, text: str) -> list[Case]:
    found: list[Case] = []
    for title, blocks in _sections(text):
        case = Case(page, title)
        for info, lines in blocks:
            _take(case, info, lines)
        if case.sources:
            found.append(case)
    return found


def _sections(text: str) -> Iterator[tuple[str, list[tuple[str, list[str]]]]]:
    """Each level-2 heading with its fenced blocks."""
    title, below = "", []
    inside = ""
    for line in text.split("\n"):
        if fence := _FENCE.fullmatch(line):
            inside = "" if inside == fence["marks"] else inside or fence["marks"]
        if line.startswith("## ") and not inside:
            yield title, list(blocks("\n".join(below)))
            title, below = line[3:].strip(), []
        else:
            below.append(line)
    yield title, list(blocks("\n".join(below)))


def blocks(text: str) -> Iterator[tuple[str, list[str]]]:
    """The fenced blocks of a text: info string and lines."""
    lines = iter(text.split("\n"))
    for line in lines:
        if fence := _FENCE.fullmatch(line):
            if "`" in fence["marks"] and "`" in fence["info"]:
                raise ValueError(f"an info string with a backtick needs a fence of tildes: {line}")
            inside: list[str] = []
            for other in lines:
                if other.strip() == fence["marks"]:
                    break
                inside.append(other)
            else:
                raise ValueError(f"the block {fence['info']!r} is not closed")
            yield fence["info"].strip(), inside


def _take(case: Case, info: str, lines: list[str]) -> None:
    if info.startswith(("fixed: ", "after: ")):
        _asked(case).answers.append((info.partition(": ")[2], lines))
    elif info == "fixes":
        case.sources[-1].fixes = lines
    elif info == "answer":
        _asked(case).answer = lines
    elif info.startswith("questions "):
        case.questions.append((info.partition(" ")[2], lines))
    elif " " in info:
        _language, path, *manner = info.split(" ")
        source = Source(path, manner=frozenset(manner))
        for line in lines:
            if match := _MARKER.fullmatch(line):
                source.marks.append(_mark(source, match))
            elif _CURSOR.fullmatch(line):
                source.cursor = len(_before(source, len(line) - 1))
            else:
                source.lines.append(line)
        case.sources.append(source)


def _asked(case: Case) -> Source:
    """The file that an answer is about: the last one with a cursor, or just the last one."""
    with_cursor = [source for source in case.sources if source.cursor is not None]
    return (with_cursor or case.sources)[-1]


def _mark(source: Source, match: re.Match[str]) -> Mark:
    # Carets stand below the line as it is drawn; a finding counts the characters it means.
    before = _before(source, match.start("carets"))
    line, start = Text(before).position(len(before))
    marked = source.meaning(source.lines[-1][slice(*match.span("carets"))])
    end = None if match["runs_on"] else start + len(marked)
    return Mark(line, start, end, match["severity"], match["rule"], match["fragment"] or "")


def _before(source: Source, column: int) -> str:
    """The text before a column of the last line, as it is drawn."""
    return source.meaning("\n".join([*source.lines[:-1], source.lines[-1][:column]]))
