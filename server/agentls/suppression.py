"""Comments by which an author silences a rule: for the next line, or for the whole file.

In front matter ``# agentls: ignore[rule]`` on a line of its own; never behind a value, where a product
that quotes values on its second try would take the comment for a part of one. In the body
``<!-- agentls: ignore[rule] -->``. ``ignore-file`` in place of ``ignore`` means the whole file.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agentls.document import Scalar, Style
from agentls.markdown_code import block_at, code_blocks
from agentls.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.document import Document, Node
    from agentls.text import Text

MARK = "agentls:"
_WISH = r"agentls:[ \t]*ignore(?P<file>-file)?[ \t]*\[(?P<rules>[^\]\r\n]*)\]"
_IN_FRONT_MATTER = re.compile(rf"^[ \t]*#[ \t]*{_WISH}[ \t]*$", re.MULTILINE)
_IN_BODY = re.compile(rf"^[ \t]*<!--[ \t]*{_WISH}[ \t]*-->[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Suppression:
    """Silences ``rules`` (names of rules or groups) for findings that start within ``covered``."""

    rules: frozenset[str]
    covered: Span
    comment: Span


def suppressions(document: Document) -> list[Suppression]:
    """Every comment of the file that silences something."""
    # Nearly every file has none, and a search for a word is all that costs it.
    if MARK not in document.text.source:
        return []
    return [*_in_front_matter(document), *_in_body(document)]


def _in_front_matter(document: Document) -> Iterator[Suppression]:
    found = _matches(_IN_FRONT_MATTER, document.text.source, document.content)
    starts = [field.span.start for field in document.fields]
    for match, covered in zip(found, _next_lines(document.text, found), strict=True):
        field = document.field_at(match.start())
        if field and _is_text(field.value, match.start()):
            continue  # a line of a text that talks about us
        below = bisect_left(starts, covered.start)
        if below < len(starts) and starts[below] < covered.end:
            # A comment above a field means all its lines.
            covered = Span(covered.start, max(covered.end, document.fields[below].span.end))  # noqa: PLW2901
        yield _suppression(document, match, covered)


def _is_text(node: Node, offset: int) -> bool:
    """Whether a comment sign is text there: in texts of several lines."""
    return isinstance(node, Scalar) and node.style is not Style.PLAIN and offset in node.span


def _in_body(document: Document) -> Iterator[Suppression]:
    found = _matches(_IN_BODY, document.text.source, document.body)
    blocks = code_blocks(document) if found else []
    for match, covered in zip(found, _next_lines(document.text, found), strict=True):
        if not block_at(blocks, match.start()):
            yield _suppression(document, match, covered)


def _matches(pattern: re.Pattern[str], source: str, span: Span) -> list[re.Match[str]]:
    return list(pattern.finditer(source, span.start, span.end))


def _suppression(document: Document, match: re.Match[str], covered: Span) -> Suppression:
    if match["file"]:
        covered = Span(0, len(document.text.source) + 1)
    rules = frozenset(rule.strip() for rule in match["rules"].split(",") if rule.strip())
    return Suppression(rules, covered, Span(*match.span()))


def _next_lines(text: Text, comments: list[re.Match[str]]) -> list[Span]:
    """For each comment the next line that is none, so that several can stand above one line."""
    lines = [text.line_at(comment.end()) for comment in comments]
    following: dict[int, int] = {}
    for line in reversed(lines):
        following[line] = following.get(line + 1, line + 1)
    spans = [text.line_span(following[line]) for line in lines]
    return [Span(span.start, span.end + 1) for span in spans]
