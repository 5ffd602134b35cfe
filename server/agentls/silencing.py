"""Changes that silence a rule: a comment above the line, a comment for the file, a line of configuration."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agentls.config_files import turn_off
from agentls.findings import Change, Edit, Fix
from agentls.markdown_code import block_at
from agentls.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.file import File
    from agentls.findings import Finding

_INDENT = re.compile(r"[ \t]*")


@dataclass(frozen=True, slots=True)
class Place:
    """The configuration file that counts for a file: its text, None where it does not exist yet."""

    path: str
    text: str | None


def ways_to_silence(file: File, finding: Finding, configuration: Place | None) -> Iterator[Fix]:
    """The comments by which an author can keep what the finding is about, and the end of the whole rule."""
    if here := _comment_here(file, finding):
        yield Fix(f"Ignore `{finding.rule}` here", Change.of(file.path, here))
    if above := _comment_above_all(file, finding):
        yield Fix(f"Ignore `{finding.rule}` in this file", Change.of(file.path, above))
    if configuration and (change := _turned_off(configuration, finding.rule)):
        name = os.path.basename(configuration.path)
        yield Fix(f"Turn `{finding.rule}` off in {name}", change)


def _turned_off(configuration: Place, rule: str) -> Change | None:
    edit = turn_off(configuration.path, configuration.text or "", rule)
    if edit is None:
        return None
    if configuration.text is None:
        return Change(creates={configuration.path: edit.text})
    return Change.of(configuration.path, edit)


def _comment_here(file: File, finding: Finding) -> Edit | None:
    """A comment above the finding's line, where a comment can stand."""
    document, text = file.document, file.text
    if finding.span.start in document.body and finding.span.start >= document.body.start:
        line = text.line_span(text.line_at(finding.span.start))
        words = text.slice(line)
        # In code it would be text, in a table it would end the table.
        if block_at(file.code_blocks, finding.span.start) or "|" in words:
            return None
        indent = _indent(words)
        return Edit(
            Span(line.start, line.start), f"{indent}<!-- agentls: ignore[{finding.rule}] -->{text.newline}"
        )
    if not document.opening or finding.span.start < document.content.start:
        return None
    # Within a field a comment may be text; above the field it never is.
    field = document.field_at(finding.span.start)
    start = text.line_at(field.span.start if field else finding.span.start)
    at = text.line_starts[start]
    return Edit(Span(at, at), f"# agentls: ignore[{finding.rule}]{text.newline}")


def _comment_above_all(file: File, finding: Finding) -> Edit | None:
    document = file.document
    wish = f"agentls: ignore-file[{finding.rule}]"
    if document.opening and document.content.start > document.opening.end:
        at = document.content.start
        return Edit(Span(at, at), f"# {wish}{file.text.newline}")
    if document.opening:
        return None
    return Edit(Span(0, 0), f"<!-- {wish} -->{file.text.newline}")


def _indent(line: str) -> str:
    match = _INDENT.match(line)
    return match.group() if match else ""
