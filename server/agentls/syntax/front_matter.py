"""Markdown with YAML front matter to a ``Document``; never raises, whatever the text.

The whole block is read strictly first. Where that fails it is read entry by entry, so that one bad
field never hides another, and each failing entry yields one problem at its cause.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from agentls.syntax import fences, lost_fences, merge_keys, yaml, yaml_problems, yaml_retry
from agentls.syntax.document import Document, Problem
from agentls.syntax.entry_chunks import KEY_LINE, chunks
from agentls.syntax.nodes import Entry, Mapping, Node, Scalar
from agentls.syntax.spelling import Style
from agentls.text.source import Span, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.syntax.formats import Format
    from agentls.syntax.yaml import Flaw

_BODY_START = re.compile(r"^(?:#{1,6}[^\S\r\n]+\S|\*\*\S)", re.MULTILINE)


def read(form: Format, text: Text, known: frozenset[str]) -> Document:
    """Read a file; ``known`` are the field names that certainly start an entry."""
    document = _read(form, text, known)
    if form.merges and any(map(merge_keys.is_merge, document.root.entries)):
        return replace(document, inherited=merge_keys.inherited(document.root, document.anchors))
    return document


def _read(form: Format, text: Text, known: frozenset[str]) -> Document:
    may_be_indented = "indented-fence" in form.tolerates
    found = fences.find(text, may_be_indented=may_be_indented) or lost_fences.find(text.source)
    if found is None:
        return Document(text, body=Span(0, len(text.source)))
    document = Document(
        text, body=found.body, opening=found.opening, content=found.content, closing=found.closing
    )
    if flaw := lost_fences.flaw(text.source, found):
        return _read_flawed(form, document, flaw, known)
    strict = _read_strictly(form, document, known)
    if strict and found.closing:
        return strict
    swallowed = _end_inside(text, found.content, known)
    if found.closing is None or swallowed is not None:
        return _read_unclosed(form, document, swallowed, known)
    return _read_tolerantly(form, document, known)


def _read_flawed(form: Format, document: Document, flaw: str, known: frozenset[str]) -> Document:
    """No product sees this front matter; for whoever mends it, its fields are read all the same."""
    if flaw == "toml":
        read = _read_toml(document)
    else:
        read = _read_strictly(form, document, known) or _read_tolerantly(form, document, known)
    at = document.opening if document.opening and document.opening.length else _first_line(document)
    problem = Problem(f"misplaced-{flaw}", at, Span(0, document.content.end))
    return replace(read, problems=(problem, *read.problems), is_recovered=False)


def _read_toml(document: Document) -> Document:
    """The fields where they stand; whatever is wrong with them, they are none of YAML."""
    from agentls.syntax import toml  # noqa: PLC0415  few write these

    content = document.content
    above = re.sub(r"[^\r\n]", " ", document.text.source[: content.start])
    read = toml.read(Text(above + document.text.slice(content)))
    return replace(document, root=read.root)


def _first_line(document: Document) -> Span:
    return document.text.line_span(0)


def _read_strictly(form: Format, document: Document, known: frozenset[str]) -> Document | None:
    content = document.content
    try:
        reading = _reading(document.text.source[: content.end], content.start)
    except yaml.ReadError:
        return None
    if reading.root is None:
        return document
    if not isinstance(reading.root, Mapping):
        problem = yaml_problems.not_a_mapping(document.text, reading.root.span, known)
        return replace(document, problems=(problem,), is_recovered=False)
    read = replace(document, root=reading.root, anchors=reading.anchors)
    flaws = [flaw for flaw in reading.flaws if flaw.kind not in form.tolerates]
    if not flaws:
        return read
    problems = tuple(_flaw_problems(form, read, flaws))
    return _retried(form, replace(read, problems=problems))


def _flaw_problems(form: Format, document: Document, flaws: list[Flaw]) -> Iterator[Problem]:
    """What the parser at hand lets pass and the product's refuses; the first one of each entry."""
    seen: set[Span] = set()
    for kind, span, _, _ in flaws:
        field = document.field_at(span.start)
        entry = field.span if field else document.content
        if entry not in seen:
            seen.add(entry)
            retried = yaml_retry.quote_entry(document.text.source, entry)
            yield Problem(kind, span, entry, is_recoverable=yaml.is_valid(retried, form.tolerates))


@lru_cache(maxsize=16)
def _reading(head: str, start: int) -> yaml.ParsedYaml:
    """While a body is being written, what stands above it is read once. The result is never changed."""
    return yaml.read(head, start, len(head))


def _end_inside(text: Text, content: Span, known: frozenset[str]) -> Span | None:
    """Where the front matter ends inside the content, if its closing fence is damaged or forgotten there.

    Of no length where it is forgotten: before the first line of the body.
    """
    keys = (match for match in KEY_LINE.finditer(text.source, *_range(content)) if match["key"] in known)
    starts = [match.start() for match in keys]
    if not starts:
        return None
    if damaged := fences.damaged_closing(text.source, Span(starts[0], content.end)):
        behind = next((start for start in starts if start > damaged.start), None)
        # Fields below it, with nothing in between, are no text of a body.
        if behind is None or text.source[damaged.end : behind].strip():
            return damaged
    for match in _BODY_START.finditer(text.source, starts[-1], content.end):
        before = text.line_span(text.line_at(match.start()) - 1)
        if before.start > content.start and not text.slice(before).strip():
            return Span(match.start(), match.start())
    return None


def _range(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _read_unclosed(form: Format, document: Document, end: Span | None, known: frozenset[str]) -> Document:
    """The closing fence is missing: what stands before the body is front matter all the same."""
    text, content = document.text, document.content
    inner = replace(document, content=Span(content.start, end.start if end else content.end))
    read = _read_strictly(form, inner, known) or _read_tolerantly(form, inner, known)
    if end is None:
        at = Span(*_range(document.opening or _first_line(document)))
        # Nothing marks where the body starts, so nothing more is said of what stands in between.
        problems = (Problem("unclosed", at, Span(content.start, content.end)),)
        return replace(read, content=content, problems=problems, is_recovered=False, closing=None)
    at = end if end.length else text.line_around(end.start)
    kind = "damaged-fence" if end.length else "unclosed"
    problem = Problem(kind, at, Span(content.start, end.start))
    body = text.line_around(end.start).end if end.length else end.start
    return replace(
        read,
        problems=(problem, *read.problems),
        is_recovered=False,
        closing=None,
        body=Span(body, len(text.source)),
    )


def _read_tolerantly(form: Format, document: Document, known: frozenset[str]) -> Document:
    source = document.text.source
    entries: list[Entry] = []
    problems: list[Problem] = []
    anchors: dict[str, Node] = {}
    for chunk in chunks(document.text, document.content, known):
        try:
            reading = yaml.read(source, chunk.lines.start, chunk.lines.end)
        except yaml.ReadError as error:
            problems.append(yaml_problems.explain(document.text, chunk, error, known))
            if chunk.key:
                value = Scalar(chunk.value, source[chunk.value.start : chunk.value.end], Style.RAW)
                entries.append(Entry(chunk.key, value))
            continue
        anchors |= reading.anchors
        if isinstance(reading.root, Mapping):
            entries += reading.root.entries
            part = replace(document, root=reading.root)
            problems += _flaw_problems(form, part, [f for f in reading.flaws if _is_flaw(form, f)])
            # A key of other characters than usual is a field at its place.
            if chunk.key is None and chunk.span.start > chunk.lines.start:
                problems.append(yaml_problems.indented(document.text, chunk.span))
        elif reading.root is not None:
            problems.append(yaml_problems.stray(document.text, chunk.span, known))
    if not problems:
        problems.append(_elsewhere(document))
    root = Mapping(document.content, tuple(entries), flow=False)
    return _retried(form, replace(document, root=root, problems=tuple(problems), anchors=anchors))


def _is_flaw(form: Format, flaw: Flaw) -> bool:
    """Whether it counts in a part of the front matter; what an alias names may stand in another part."""
    return flaw.kind not in form.tolerates and flaw.kind != "unknown-alias"


def _elsewhere(document: Document) -> Problem:
    """Every entry reads on its own but the whole does not; then the parser's own place is the best."""
    content = document.content
    try:
        yaml.read(document.text.source, content.start, content.end)
    except yaml.ReadError as error:
        if end := yaml_problems.document_end(document.text, content):
            return Problem("document-end", end, content)
        start = min(error.offset, max(content.start, content.end - 1))
        return Problem("syntax", Span(start, min(start + 1, content.end)), content, error.reason)
    return Problem("syntax", Span(content.start, content.start), content)


def _retried(form: Format, document: Document) -> Document:
    """With the values as the product reads them in its second try, if that goes well."""
    if not _recovers(form, document):
        return replace(document, is_recovered=False)
    source = document.text.source
    texts = yaml_retry.quoted_values(source, document.content)
    entries = (
        entry._replace(value=Scalar(span, source[span.start : span.end], Style.RAW))
        if (span := texts.get(entry.key.span.start))
        else entry
        for entry in document.root.entries
    )
    root = document.root._replace(entries=tuple(entries))
    return replace(document, root=root, is_recovered=True)


def _recovers(form: Format, document: Document) -> bool:
    block = yaml_retry.quote_simple_values(document.text.slice(document.content))
    try:
        reading = yaml.read(block, 0, len(block))
    except yaml.ReadError:
        return False
    return isinstance(reading.root, Mapping) and all(f.kind in form.tolerates for f in reading.flaws)
