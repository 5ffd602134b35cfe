"""What a stretch of a file is to its product: an argument, a variable, a command; a tool, a skill, an agent.

Types and modifiers are those of the protocol; ``unknown`` is our own, for a name that means nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from agentls.outcome import tool_entries
from agentls.outcome.tool_entries import EntryStatus
from agentls.semantics.text_references import FILE
from agentls.syntax.name_lists import ListItem
from agentls.syntax.substitutions import Kind
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agentls.semantics.file import File
    from agentls.semantics.file_references import Reference
    from agentls.syntax.substitutions import Substitution
    from agentls.workspace import Context

# Both in the order of the legend.
TYPES = (
    "parameter",
    "variable",
    "macro",
    "string",
    "function",
    "method",
    "interface",
    "namespace",
    "class",
    "enumMember",
)
MODIFIERS = ("defaultLibrary", "deprecated", "unknown")

_IN_TEXT = {
    Kind.ARGUMENT: "parameter",
    Kind.ARGUMENTS: "parameter",
    Kind.NAMED: "parameter",
    Kind.VARIABLE: "variable",
    Kind.COMMAND: "macro",
    Kind.FILE: "string",
    Kind.AGENT: "class",
}
# A server is asked for by its tools.
_NAMED = {"skill": "namespace", "agent": "class", "server": "interface", "own-server": "interface"}


class SemanticToken(NamedTuple):
    """``span`` lies within one line, and overlaps no other one."""

    span: Span
    type: str
    modifiers: tuple[str, ...] = ()


def semantic_tokens(context: Context, stretch: Span | None = None) -> list[SemanticToken]:
    """All tokens in the order of the text, or those that lie in a stretch or reach into it."""
    file = context.file
    found = [*_front_matter(context), *_text(file)]
    in_lines = (part for token in found for part in _lines(file, token))
    kept = sorted(one for one in in_lines if stretch is None or _meet(one.span, stretch))
    return list(_apart(kept))


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _apart(found: Iterable[SemanticToken]) -> Iterator[SemanticToken]:
    end = 0
    for token in found:
        if token.span.start >= end:
            end = token.span.end
            yield token


def _lines(file: File, token: SemanticToken) -> Iterator[SemanticToken]:
    """A part for each line, since many editors take no token of several."""
    start = token.span.start
    while start < token.span.end:
        line = file.text.line_around(start)
        if (end := min(line.end, token.span.end)) > start:
            yield token._replace(span=Span(start, end))
        following = file.text.line_at(start) + 1
        if following >= len(file.text.line_starts):
            return
        start = file.text.line_starts[following]


# --- the text ---


def _text(file: File) -> Iterator[SemanticToken]:
    for found in file.substitutions:
        if kind := _IN_TEXT.get(found.kind):
            inner = list(file.substitutions_in(found.inner)) if found.kind in _HOLDING else []
            yield from (SemanticToken(span, kind) for span in _around(found, inner))
    for reference in file.references:
        if reference.kind == FILE:
            yield SemanticToken(reference.span, "string")


# In these there may be others, each a token of its own.
_HOLDING = frozenset({Kind.COMMAND, Kind.FILE})


def _around(found: Substitution, inner: list[Substitution]) -> Iterator[Span]:
    start = found.span.start
    for one in inner:
        if one.span != found.span and one.kind in _IN_TEXT and one.span.start >= start:
            if one.span.start > start:
                yield Span(start, one.span.start)
            start = one.span.end
    if found.span.end > start:
        yield Span(start, found.span.end)


# --- the front matter ---


def _front_matter(context: Context) -> Iterator[SemanticToken]:
    for reference in context.file.references:
        if reference.field is None:
            continue
        if reference.kind == "tool":
            yield _tool(context, reference)
        elif reference.kind in _NAMED:
            modifiers = _name_modifiers(context, reference)
            yield SemanticToken(reference.span, _NAMED[reference.kind], modifiers)
        elif reference.kind == "model":
            spec = context.file.dialect.fields.get(reference.field.name)
            is_listed = spec and any(word.name == reference.name for word in spec.words)
            yield SemanticToken(reference.span, "enumMember", ("defaultLibrary",) if is_listed else ())


def _tool(context: Context, reference: Reference) -> SemanticToken:
    file = context.file
    tools = file.dialect.tools
    spec = file.dialect.fields.get(reference.field.name) if reference.field and reference.item else None
    item = reference.item or ListItem(reference.name, reference.span)
    entry = tool_entries.classify(tools, item, spec.entries if spec else tool_entries.ANY_FORM)
    match entry.status:
        case EntryStatus.SERVER:
            is_there = context.view.resolve("tool", item.name) or not context.view.is_complete
            return SemanticToken(reference.span, "method", () if is_there else ("unknown",))
        case EntryStatus.ALIAS:
            return SemanticToken(reference.span, "function", ("defaultLibrary", "deprecated"))
        case EntryStatus.REMOVED:
            return SemanticToken(reference.span, "function", ("deprecated",))
        case EntryStatus.UNKNOWN | EntryStatus.UNMATCHABLE | EntryStatus.SPECIFIED:
            return SemanticToken(reference.span, "function", ("unknown",))
    return SemanticToken(reference.span, "function", ("defaultLibrary",))


def _name_modifiers(context: Context, reference: Reference) -> tuple[str, ...]:
    if reference.name in context.file.dialect.bundled.of_kind(reference.kind):
        return ("defaultLibrary",)
    if context.view.resolve(reference.kind, reference.name) or not context.view.is_complete:
        return ()
    return ("unknown",)
