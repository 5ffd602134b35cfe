"""Between our offsets and plain data and the protocol's positions and types."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from agentls.features.completion.items import CompletionKind
from agentls.refactoring import new_files
from agentls.system import paths
from agentls.text.source import Span

if TYPE_CHECKING:
    from agentls.features.completion.items import Completion
    from agentls.findings import Finding
    from agentls.lsp.client_capabilities import ClientCapabilities
    from agentls.lsp.position_encoding import PositionEncoding
    from agentls.text.source import Location, Text


def position(text: Text, offset: int, encoding: PositionEncoding) -> types.Position:
    line, column = text.position(offset)
    start = text.line_starts[line]
    return types.Position(line, encoding.width(text.source[start : start + column]))


def range_(text: Text, span: Span, encoding: PositionEncoding) -> types.Range:
    line, column = text.position(span.start)
    begin = span.start - column
    start = encoding.width(text.source[begin : span.start])
    is_one_line = line + 1 == len(text.line_starts) or span.end < text.line_starts[line + 1]
    if not is_one_line:
        return types.Range(types.Position(line, start), position(text, span.end, encoding))
    end = start + encoding.width(text.source[span.start : span.end])
    return types.Range(types.Position(line, start), types.Position(line, end))


def offset(text: Text, place: types.Position, encoding: PositionEncoding) -> int:
    """The offset of a position; lines and columns beyond the end mean the end."""
    line = text.line_span(max(place.line, 0))
    return line.start + encoding.index(text.slice(line), max(place.character, 0))


def span(text: Text, stretch: types.Range, encoding: PositionEncoding) -> Span:
    start, end = offset(text, stretch.start, encoding), offset(text, stretch.end, encoding)
    return Span(min(start, end), max(start, end))


def plain_range(stretch: types.Range) -> dict[str, dict[str, int]]:
    """A range in the result of a command, which lsprotocol does not convert."""
    ends = {"start": stretch.start, "end": stretch.end}
    return {name: {"line": at.line, "character": at.character} for name, at in ends.items()}


def location_range(location: Location, encoding: PositionEncoding) -> types.Range:
    """The range of a place in a file whose text is not at hand."""
    start = encoding.width(location.line_text[: location.start])
    end = encoding.width(location.line_text[: location.end])
    return types.Range(types.Position(location.line, start), types.Position(location.line, end))


def line_range(location: Location, encoding: PositionEncoding) -> types.Range:
    """The whole line of a place."""
    end = encoding.width(location.line_text)
    return types.Range(types.Position(location.line, 0), types.Position(location.line, end))


@cache
def _description(address: str) -> types.CodeDescription:
    return types.CodeDescription(address)


def diagnostic(text: Text, finding: Finding, client: ClientCapabilities, address: str) -> types.Diagnostic:
    """``address`` is where the rule's documentation opens."""
    encoding = client.position_encoding
    tags = [types.DiagnosticTag.Unnecessary] * finding.is_unnecessary + [
        types.DiagnosticTag.Deprecated
    ] * finding.is_deprecated
    related = [
        types.DiagnosticRelatedInformation(
            types.Location(paths.to_uri(r.path), location_range(r.location, encoding)), r.message
        )
        for r in finding.related
    ]
    return types.Diagnostic(
        range=range_(text, finding.span, encoding),
        message=finding.message,
        severity=types.DiagnosticSeverity(finding.severity),
        code=finding.rule,
        code_description=_description(address) if client.has_code_description else None,
        source="agentls",
        tags=(tags or None) if client.has_tags else None,
        related_information=(related or None) if client.has_related_information else None,
        data={"product": finding.product} if finding.product and client.has_diagnostic_data else None,
    )


# How agents, skills, commands and MCP servers are shown, of the kinds that every client knows.
DEFINITION_KINDS = {
    "agent": types.SymbolKind.Class,
    "skill": types.SymbolKind.Module,
    "command": types.SymbolKind.Function,
    "server": types.SymbolKind.Interface,
}

_COMPLETION_KINDS = {
    CompletionKind.TEMPLATE: types.CompletionItemKind.Snippet.value,
    CompletionKind.FILE: types.CompletionItemKind.File.value,
    CompletionKind.FOLDER: types.CompletionItemKind.Folder.value,
    CompletionKind.FIELD: types.CompletionItemKind.Property.value,
    CompletionKind.VALUE: types.CompletionItemKind.EnumMember.value,
    CompletionKind.COLOR: types.CompletionItemKind.Color.value,
    CompletionKind.TOOL: types.CompletionItemKind.Function.value,
    CompletionKind.SKILL: types.CompletionItemKind.Module.value,
    CompletionKind.AGENT: types.CompletionItemKind.Class.value,
    CompletionKind.SERVER: types.CompletionItemKind.Interface.value,
    CompletionKind.PARAMETER: types.CompletionItemKind.Variable.value,
    CompletionKind.VARIABLE: types.CompletionItemKind.Constant.value,
}


def plain_completion_list(
    text: Text, found: list[Completion], client: ClientCapabilities, *, is_complete: bool
) -> dict[str, Any]:
    """A ``CompletionList`` as JSON has it: to make lsprotocol's objects takes longer than all the rest."""
    # All of them stand in place of the same word.
    ranges = {
        span: plain_range(range_(text, span, client.position_encoding))
        for span in {one.span for one in found}
    }
    items = [_plain_item(one, ranges[one.span], rank, client) for rank, one in enumerate(found)]
    return {"isIncomplete": not is_complete, "items": items}


def _plain_item(completion: Completion, place: Any, rank: int, client: ClientCapabilities) -> dict[str, Any]:
    """``rank`` is the place in the list; clients sort by it."""
    text, is_snippet = completion.text, False
    if client.has_snippets:
        snippet = completion.snippet or new_files.literal(text)
        # Of a plain text Neovim takes what stands before the first space, of a snippet everything.
        is_snippet = snippet != text or " " in snippet
        text = snippet
    item: dict[str, Any] = {
        "label": completion.label,
        "kind": _COMPLETION_KINDS[completion.kind],
        "sortText": f"{rank:04}",
        # What is typed is compared with this, and it may have a space before the name (`color:red`).
        "filterText": completion.label,
        "textEdit": {"range": place, "newText": text},
    }
    if completion.detail:
        item["detail"] = completion.detail
    if completion.doc:
        item["documentation"] = _plain_documentation(completion.doc, client)
    if is_snippet:
        item["insertTextFormat"] = types.InsertTextFormat.Snippet.value
    return item


def _plain_documentation(markdown: str, client: ClientCapabilities) -> dict[str, str] | str:
    """A plain string where the client names no format; the oldest ones know nothing else."""
    if client.has_markdown_completion:
        return {"kind": types.MarkupKind.Markdown.value, "value": markdown}
    return plain(markdown)


def hover(text: Text, stretch: Span, markdown: str, client: ClientCapabilities) -> types.Hover:
    content = types.MarkupContent(types.MarkupKind.Markdown, markdown)
    if not client.has_markdown_hover:
        content = types.MarkupContent(types.MarkupKind.PlainText, plain(markdown))
    return types.Hover(content, range_(text, stretch, client.position_encoding))


_MARKUP = (
    (re.compile(r"\[([^\[\]]*)\]\(([^()]*)\)"), r"\1 (\2)"),
    # What stands in code stands there as it is, asterisks included.
    (re.compile(r"(?<!\\)`([^`\n]+)`|(?<!\\)\*{1,2}|(?<!\\)`"), r"\1"),
    (re.compile(r"^---$", re.MULTILINE), ""),
    (re.compile(r"\\([\\`*_\[\]<>#!|~&+=.):-])"), r"\1"),
)


# The same tools and fields are explained with every keystroke.
@lru_cache(maxsize=256)
def plain(markdown: str) -> str:
    """Our own Markdown as plain text, for clients that show no other."""
    for pattern, replacement in _MARKUP:
        markdown = pattern.sub(replacement, markdown)
    return markdown
