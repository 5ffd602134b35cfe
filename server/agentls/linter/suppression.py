"""How an author silences a rule: the comments that do, as they are read, and the changes that write them.

In front matter ``# agentls: ignore[rule]`` on a line of its own; never behind a value, where a product
that quotes values on its second try would take the comment for a part of one. In the body
``<!-- agentls: ignore[rule] -->``. ``ignore-file`` in place of ``ignore`` means the whole file.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from agentls.findings import Change, Edit, Fix
from agentls.settings.config_files import turn_off
from agentls.syntax.markdown_code import block_at, code_blocks
from agentls.syntax.nodes import Scalar
from agentls.syntax.spelling import Style
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from agentls.findings import Finding
    from agentls.semantics.file import File
    from agentls.settings.config_files import ConfigFile
    from agentls.syntax.document import Document
    from agentls.syntax.nodes import Node
    from agentls.text.source import Text

_MARK = "agentls:"
_WISH = r"agentls:[ \t]*ignore(?P<file>-file)?[ \t]*\[(?P<rules>[^\]\r\n]*)\]"
_NAME = re.compile(r"[^,\s](?:[^,]*[^,\s])?")
_IN_FRONT_MATTER = re.compile(rf"^[ \t]*#[ \t]*{_WISH}[ \t]*$", re.MULTILINE)
_IN_BODY = re.compile(rf"^[ \t]*<!--[ \t]*{_WISH}[ \t]*-->[ \t]*$", re.MULTILINE)


class Suppression(NamedTuple):
    """Silences ``rules`` for findings that start within ``covered``.

    They are names of rules or groups, each with its place; whether there is such a rule is not looked at.
    """

    rules: Mapping[str, Span]
    covered: Span


def suppressions(document: Document) -> list[Suppression]:
    """Every comment of the file that silences something."""
    # Nearly every file has none, and a search for a word is all that costs it.
    if _MARK not in document.text.source:
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
    names = _NAME.finditer(match.string, *match.span("rules"))
    return Suppression({name.group(): Span(*name.span()) for name in names}, covered)


def _next_lines(text: Text, comments: list[re.Match[str]]) -> list[Span]:
    """For each comment the next line that is none, so that several can stand above one line."""
    lines = [text.line_at(comment.end()) for comment in comments]
    following: dict[int, int] = {}
    for line in reversed(lines):
        following[line] = following.get(line + 1, line + 1)
    spans = [text.line_span(following[line]) for line in lines]
    return [Span(span.start, span.end + 1) for span in spans]


# The changes that write them


def suppression_fixes(file: File, finding: Finding, config: ConfigFile | None) -> Iterator[Fix]:
    """The comments by which an author can keep what the finding is about, and the end of the whole rule."""
    if here := _comment_here(file, finding):
        yield Fix(f"Ignore `{finding.rule}` here", Change.of(file.path, here))
    if above := _comment_above_all(file, finding):
        yield Fix(f"Ignore `{finding.rule}` in this file", Change.of(file.path, above))
    if config and (change := turn_off(config, finding.rule)):
        name = os.path.basename(config.path)
        yield Fix(f"Turn off `{finding.rule}` in {name}", change)


def _comment_here(file: File, finding: Finding) -> Edit | None:
    """A comment above the finding's line, where a comment can stand."""
    document, text = file.document, file.text
    line = text.line_around(finding.span.start)
    # A text in TOML may start within a line, above which is no place for Markdown.
    if finding.span.start in document.body and line.start >= document.body.start:
        words = text.slice(line)
        # In code it would be text, in a table it would end the table.
        if block_at(file.code_blocks, finding.span.start) or "|" in words:
            return None
        indent = words[: len(words) - len(words.lstrip(" \t"))]
        return Edit(
            Span(line.start, line.start), f"{indent}<!-- agentls: ignore[{finding.rule}] -->{text.newline}"
        )
    is_possible = document.opening and file.dialect.format.comment
    if not is_possible or finding.span.start < document.content.start:
        return None
    # Within a field a comment may be text; above the field it never is.
    field = document.field_at(finding.span.start)
    start = text.line_at(field.span.start if field else finding.span.start)
    at = text.line_starts[start]
    return Edit(Span(at, at), f"{file.dialect.format.comment} agentls: ignore[{finding.rule}]{text.newline}")


def _comment_above_all(file: File, finding: Finding) -> Edit | None:
    document = file.document
    wish = f"agentls: ignore-file[{finding.rule}]"
    if document.opening and document.content.start > document.opening.end:
        at = document.content.start
        return Edit(Span(at, at), f"{file.dialect.format.comment} {wish}{file.text.newline}")
    if document.opening:
        return None
    return Edit(Span(0, 0), f"<!-- {wish} -->{file.text.newline}")
