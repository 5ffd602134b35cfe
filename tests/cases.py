r"""Literate cases: a Markdown page whose fenced blocks are files and whose marker lines are findings.

A level-2 heading starts a case, the prose below it says why, and a fenced block whose info string is
``<language> <path>`` is a file of the case.  All such blocks together are the workspace.
A marker line in a file consists of spaces, carets, a severity and a rule, and stands below what it marks::

    tools: Read, Gerp
                 ^^^^ warning unknown-tool "`Grep`"

Marker lines are removed before anything reads the file, so that malformed text stays as its author left it.
Carets count code points; ``...`` after them says that the finding runs on over the next lines.  A
quoted fragment must be part of the message.  What is not marked must not be found, by any rule.

After the path may stand ``crlf`` (all line breaks become CR LF), ``cut`` (the last line has no line break) and
``escaped`` (``\u{85}`` is that character).
A block ``fixed: <title>`` holds the file above it after that fix, ``fixed: all certain`` after all fixes that
need no second look; a block ``fixes`` lists the titles of all fixes on offer.
Every fix of every finding is tried in any case, see ``check_fixes``.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from agentls import checking
from agentls import file as files
from agentls import findings as facts
from agentls.dialects import Surroundings
from agentls.findings import Severity
from agentls.servers import servers
from agentls.text import Span, Text
from agentls.workspace import Definition, Facts, View, Workspace, facts_of, facts_of_servers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from agentls.file import File
    from agentls.findings import Finding, Fix

# Folders that exist on no machine, so that a test that reaches for the disk finds nothing.
PROJECT = os.path.normpath("/project")
USER = os.path.normpath("/home/user")

_FENCE = re.compile(r"(?P<marks>`{3,}|~{3,})(?P<info>.*)")
_MARKER = re.compile(
    r"(?P<indent> *)(?P<carets>\^+)(?P<runs_on>\.\.\.)? (?P<severity>error|warning|information|hint)"
    r' (?P<rule>[a-z-]+)(?: "(?P<fragment>.*)")?'
)
_ESCAPE = re.compile(r"\\u\{([0-9a-fA-F]{1,6})\}")
_CERTAIN = " (certain)"
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

    @property
    def text(self) -> str:
        return self.read(self.lines)

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

    @property
    def is_bug(self) -> bool:
        return self.title.startswith(_BUG)

    @property
    def name(self) -> str:
        return f"{self.page}: {self.title}"


def load(folder: Path) -> list[Case]:
    """The cases of all pages of a folder."""
    return [case for page in sorted(folder.glob("*.md")) for case in parse(page.stem, page.read_text("utf-8"))]


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
    """Each level-2 heading with its fenced blocks: info string and lines."""
    title, blocks = "", []
    lines = iter(text.split("\n"))
    for line in lines:
        if line.startswith("## "):
            yield title, blocks
            title, blocks = line[3:].strip(), []
        elif fence := _FENCE.fullmatch(line):
            if "`" in fence["marks"] and "`" in fence["info"]:
                raise ValueError(f"in {title!r}: a title with a backtick needs a fence of tildes: {line}")
            inside: list[str] = []
            for other in lines:
                if other.strip() == fence["marks"]:
                    break
                inside.append(other)
            else:
                raise ValueError(f"the block {fence['info']!r} of {title!r} is not closed")
            blocks.append((fence["info"].strip(), inside))
    yield title, blocks


def _take(case: Case, info: str, lines: list[str]) -> None:
    if info.startswith("fixed: "):
        case.sources[-1].answers.append((info.removeprefix("fixed: "), lines))
    elif info == "fixes":
        case.sources[-1].fixes = lines
    elif " " in info:
        _language, path, *manner = info.split(" ")
        source = Source(path, manner=frozenset(manner))
        for line in lines:
            if match := _MARKER.fullmatch(line):
                source.marks.append(_mark(source, match))
            else:
                source.lines.append(line)
        case.sources.append(source)


def _mark(source: Source, match: re.Match[str]) -> Mark:
    # Carets stand below the line as it is drawn; a finding counts the characters it means.
    before = source.meaning("\n".join([*source.lines[:-1], source.lines[-1][: match.start("carets")]]))
    line, start = Text(before).position(len(before))
    marked = source.meaning(source.lines[-1][slice(*match.span("carets"))])
    end = None if match["runs_on"] else start + len(marked)
    return Mark(line, start, end, match["severity"], match["rule"], match["fragment"] or "")


# --- the workspace of a case ---


@dataclass
class Checked:
    """A workspace made of texts, every file of which has been checked."""

    texts: Mapping[str, str]
    view: View
    surroundings: Surroundings
    files: dict[str, File]
    findings: dict[str, list[Finding]]


def check(texts: Mapping[str, str]) -> Checked:
    """Read and check a workspace; the keys are paths as the cases write them."""
    located = {locate(path): text for path, text in texts.items()}
    surroundings = Surroundings(os.path.join(USER, ".claude"), dict(_plugins(located)))
    workspace = Workspace(is_complete=True)
    read: dict[str, File] = {}
    for path, text in located.items():
        file = files.read(path, text, surroundings)
        if file:
            read[path] = file
        workspace.put(facts_of(file) if file else _other_facts(path, text))
    view = View(workspace)
    for file in read.values():
        checking.check(view, file)
    # The first check has asked for the linked paths; the case's own files are all there is.
    asked = [name for kind, name in view.asked if kind == "path"]
    workspace.learn_paths({path: _exists(path, located) for path in asked})
    found = {path: checking.check(view, file) for path, file in read.items()}
    return Checked(located, view, surroundings, read, found)


def locate(path: str) -> str:
    """Where a path of a case lies: below the project, or below the user's folder when it starts with ``~/``."""
    if path.startswith("~/"):
        return os.path.join(USER, *path.split("/")[1:])
    return os.path.join(PROJECT, *path.split("/"))


def _exists(path: str, texts: Iterable[str]) -> bool:
    return any(other == path or other.startswith(path + os.sep) for other in texts)


def _plugins(texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for path, text in texts.items():
        folder, name = os.path.split(path)
        if name == "plugin.json" and os.path.basename(folder) == ".claude-plugin":
            root = os.path.dirname(folder)
            yield root, json.loads(text or "{}").get("name") or os.path.basename(root)


def _other_facts(path: str, text: str) -> Facts:
    """What a file of no dialect contributes: servers, and skills of other products."""
    name = os.path.basename(path)
    if name == ".mcp.json":
        return facts_of_servers(path, servers(text), "project")
    if name == ".claude.json":
        return facts_of_servers(path, servers(text, PROJECT), "user")
    if name == "SKILL.md":
        folder = os.path.basename(os.path.dirname(path))
        return Facts(path, (Definition("foreign-skill", folder, path, Span(0, 0), ""),))
    return Facts(path)


# --- comparison ---


def differences(source: Source, checked: Checked) -> str:
    """What distinguishes a file's findings from its marks, drawn so that it can be pasted; empty if nothing."""
    path = locate(source.path)
    found = checked.findings.get(path, [])
    actual = [as_mark(Text(source.text), finding) for finding in found]
    missing = [mark for mark in source.marks if mark.place not in {a.place for a in actual}]
    places = {mark.place: mark for mark in source.marks}
    unexpected = [mark for mark in actual if mark.place not in places]
    twice = len(actual) != len({mark.place for mark in actual})
    wrong_words = [
        f"{mark.fragment!r} is not in {finding.message!r}"
        for finding, own in zip(found, actual, strict=True)
        if (mark := places.get(own.place)) and mark.fragment not in finding.message
    ]
    if not (missing or unexpected or wrong_words or twice):
        return ""
    lines = [f"{source.path} is a {_title(checked, path)}"]
    lines += [f"  expected, not found: {_words(mark)}" for mark in missing]
    lines += [f"  found, not expected: {_words(mark)}" for mark in unexpected]
    lines += [f"  {words}" for words in wrong_words]
    lines += ["  one finding stands twice"] if twice else []
    lines += ["", draw(source, found), ""]
    lines += [f"  {_words(own)}: {finding.message}" for own, finding in zip(actual, found, strict=True)]
    return "\n".join(lines)


def _title(checked: Checked, path: str) -> str:
    file = checked.files.get(path)
    return f"{file.dialect.title} in scope {file.scope}" if file else "file of no dialect"


def _words(mark: Mark) -> str:
    end = "..." if mark.end is None else mark.end + 1
    return f"{mark.line + 1}:{mark.start + 1}-{end} {mark.severity} {mark.rule}"


def as_mark(text: Text, finding: Finding) -> Mark:
    line, start = text.position(finding.span.start)
    # A finding that covers a line break runs on; one that covers nothing at all cannot be drawn, on purpose.
    is_inside = finding.span.end <= text.line_span(line).end
    end = start + finding.span.length if is_inside else None
    return Mark(line, start, end, finding.severity.word, finding.rule, finding.message)


def draw(source: Source, found: Iterable[Finding]) -> str:
    """A file with marker lines for the findings."""
    text = Text(source.text)
    below: dict[int, list[str]] = {}
    for finding in found:
        mark = as_mark(text, finding)
        stop = finding.span.end if mark.end is not None else text.line_span(mark.line).end
        before = source.draw(text.source[: finding.span.start]).split("\n")
        carets = "^" * len(source.draw(text.source[finding.span.start : stop])) or "|"
        dots = "..." if mark.end is None else ""
        words = f"{' ' * len(before[-1])}{carets}{dots} {mark.severity} {mark.rule}"
        below.setdefault(len(before) - 1, []).append(words)
    drawn = source.draw(source.text).removesuffix("\n").split("\n")
    return "\n".join(part for number, line in enumerate(drawn) for part in (line, *below.get(number, ())))


# --- fixes ---


def titles(checked: Checked, path: str) -> list[str]:
    """The titles of all fixes of a file, with a note on those that need no second look."""
    file = checked.files[path]
    return [
        fix.title + (_CERTAIN if fix.certain else "")
        for finding in checked.findings[path]
        for fix in checking.fixes(checked.view, file, finding)
    ]


def fixed(checked: Checked, path: str, title: str) -> str | None:
    """The file after the first fix of that title, or after all certain ones; None if there is no such fix."""
    file, found = checked.files[path], checked.findings[path]
    if title == "all certain":
        certain = [fix for _, fix in checking.certain_fixes(checked.view, file, found)]
        return applied(file, certain) if certain else None
    for finding in found:
        for fix in checking.fixes(checked.view, file, finding):
            if fix.title == title:
                return applied(file, [fix])
    return None


def applied(file: File, fixes: Iterable[Fix]) -> str:
    return facts.apply(file.text.source, [edit for fix in fixes for edit in fix.change.edits[file.path]])


def check_fixes(checked: Checked, path: str) -> Iterator[str]:
    """What is wrong with any fix of a file, one complaint each.

    A fix edits its own file.  Afterwards the file is still of its dialect, is no harder to read, has one
    finding of the rule less, and every field that was not edited says what it said.
    """
    file = checked.files[path]
    for finding in checked.findings[path]:
        for fix in checking.fixes(checked.view, file, finding):
            for complaint in _complaints(checked, file, finding, fix):
                yield f"after `{fix.title}` {complaint}:\n{applied(file, [fix])}"


def _complaints(checked: Checked, file: File, finding: Finding, fix: Fix) -> Iterator[str]:
    if set(fix.change.edits) != {file.path}:
        yield "another file is changed, too"
        return
    after = files.read(file.path, applied(file, [fix]), checked.surroundings)
    if after is None or after.dialect.name != file.dialect.name:
        yield "the file is no longer of its dialect"
        return
    if len(after.document.problems) > len(file.document.problems):
        yield "the front matter is harder to read than before"
    found = checking.check(checked.view, after)
    if _count(found, finding) >= _count(checked.findings[file.path], finding):
        yield f"the finding `{finding.rule}` is still there"
    edits = fix.change.edits[file.path]
    for own in file.document.fields:
        is_edited = any(edit.span.start <= own.span.end and own.span.start <= edit.span.end for edit in edits)
        last = after.document.field(own.name)
        if not is_edited and own is file.document.field(own.name):
            if last is None:
                yield f"the field `{own.name}` is gone"
            elif after.values[own.name] != file.values[own.name]:
                yield f"the field `{own.name}` says something else"


def _count(found: Iterable[Finding], like: Finding) -> int:
    return sum(finding.rule == like.rule and finding.severity <= Severity.HINT for finding in found)
