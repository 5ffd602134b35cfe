"""What completion can offer, and the names of tools, skills, agents and servers among it."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

from agentls.features.completion.cursor import spaced
from agentls.outcome import tool_entries
from agentls.text.markdown_escape import prose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from agentls.products import Vocabulary
    from agentls.semantics.summary import Definition
    from agentls.text.source import Span
    from agentls.workspace import Context, ScopedView

# Editors show the detail beside the label, on one line.
_LONGEST_DETAIL = 80


class CompletionKind(Enum):
    TEMPLATE = "template"
    FILE = "file"
    FOLDER = "folder"
    FIELD = "field"
    VALUE = "value"
    COLOR = "color"
    TOOL = "tool"
    SKILL = "skill"
    AGENT = "agent"
    SERVER = "server"
    PARAMETER = "parameter"
    VARIABLE = "variable"


class Completion(NamedTuple):
    """``text`` replaces ``span``; ``snippet`` is the same with tab stops, for editors that know them.

    ``detail`` is one line, ``doc`` Markdown. The order of the list is the order to show.
    """

    label: str
    kind: CompletionKind
    span: Span
    text: str
    detail: str = ""
    doc: str = ""
    snippet: str = ""


def names_of(context: Context, kind: str, word: Span, taken: Iterable[str]) -> Iterator[Completion]:
    """The names of a kind, as far as they are not ``taken``; none for a kind that is no name."""
    sources: dict[str, Callable[[Context, Span], Iterator[Completion]]] = {
        "tool": _tools,
        "skill": partial(_defined, CompletionKind.SKILL),
        "agent": partial(_defined, CompletionKind.AGENT),
        "server": _servers,
    }
    for completion in sources[kind](context, word) if kind in sources else ():
        if completion.label not in taken:
            yield completion


def _tools(context: Context, word: Span) -> Iterator[Completion]:
    file, view = context.file, context.view
    for tool in file.dialect.tools.tools.values():
        if not tool_entries.is_out_of_reach(file, tool):
            text, detail = spaced(file, word, tool.name), first_line(tool.doc)
            yield Completion(
                tool.name, kind=CompletionKind.TOOL, span=word, text=text, detail=detail, doc=tool.doc
            )
    typed = file.text.slice(word)
    # What is being typed is no name yet.
    named = view.mcp_tools() - (set() if view.resolve("tool", typed) else {typed})
    for name in _server_tools(view, file.dialect.tools, named):
        detail = f"MCP server {_server(context, name)}"
        yield Completion(
            name, kind=CompletionKind.SERVER, span=word, text=spaced(file, word, name), detail=detail
        )


def _server_tools(view: ScopedView, tools: Vocabulary, named: set[str]) -> list[str]:
    """Each configured server as a whole, and the tools of servers that are named anywhere."""
    known = (*view.own, *view.all("server"))
    servers = {whole for definition in known if (whole := tools.servers.whole(definition.name))}
    return sorted(name for name in servers | named if tools.is_of_server(name))


def _server(context: Context, tool: str) -> str:
    found = context.view.resolve("tool", tool)
    return found[0].name if found else context.file.dialect.tools.server_of(tool) or ""


def by_name(view: ScopedView, definitions: Iterable[Definition]) -> dict[str, Definition]:
    """What each name means, of several kinds the last; without names that run over a line while one types."""
    found: dict[tuple[str, str], list[Definition]] = {}
    for definition in definitions:
        if definition.name.isprintable():
            found.setdefault((definition.kind, definition.name), []).append(definition)
    return {name: view.effective_definitions(tuple(alike))[0] for (_, name), alike in found.items()}


def _defined(kind: CompletionKind, context: Context, word: Span) -> Iterator[Completion]:
    """The skills or agents that there are, and those that the product brings along."""
    file, view = context.file, context.view
    for name, definition in by_name(view, view.all(kind.value)).items():
        # A skill without a description is told by where it is from.
        detail = first_line(definition.doc) or (definition.scope if kind is CompletionKind.SKILL else "")
        yield Completion(
            name,
            kind=kind,
            span=word,
            text=spaced(file, word, name),
            detail=detail,
            doc=prose(definition.doc),
        )
    for name in file.dialect.bundled.of_kind(kind.value):
        if not view.lookup(kind.value, name):
            detail = f"included in {file.dialect.product}"
            yield Completion(name, kind=kind, span=word, text=spaced(file, word, name), detail=detail)


def _servers(context: Context, word: Span) -> Iterator[Completion]:
    for name in dict.fromkeys(d.name for d in context.view.all("server")):
        yield Completion(
            name,
            kind=CompletionKind.SERVER,
            span=word,
            text=spaced(context.file, word, name),
            detail="MCP server",
        )


# The same tools and skills are offered with every keystroke.
@lru_cache(maxsize=1024)
def first_line(doc: str) -> str:
    line = doc.strip().split("\n", 1)[0]
    if len(line) > _LONGEST_DETAIL:
        # Half a sentence says less than one sentence.
        line = re.split(r"(?<=\.) ", line, maxsplit=1)[0]
    return line if len(line) <= _LONGEST_DETAIL else f"{line[: _LONGEST_DETAIL - 1]}…"
