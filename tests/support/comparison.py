"""What distinguishes the findings of a file from those that its case draws, drawn the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentls.text.source import Text
from cases import Mark
from made import locate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from agentls.findings import Finding
    from cases import Source
    from made import Made


def differences(source: Source, made: Made) -> str:
    """What distinguishes a file's findings from its marks, drawn so that it can be pasted; or nothing."""
    path = locate(source.path)
    found = made.findings.get(path, [])
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
    lines = [f"{source.path} is a {_title(made, path)}"]
    lines += [f"  expected, not found: {_words(mark)}" for mark in missing]
    lines += [f"  found, not expected: {_words(mark)}" for mark in unexpected]
    lines += [f"  {words}" for words in wrong_words]
    lines += ["  one finding stands twice"] if twice else []
    lines += ["", draw(source, found), ""]
    lines += [f"  {_words(own)}: {finding.message}" for own, finding in zip(actual, found, strict=True)]
    return "\n".join(lines)


def _title(made: Made, path: str) -> str:
    file = made.files.get(path)
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
