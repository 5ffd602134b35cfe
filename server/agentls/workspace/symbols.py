"""What a cursor is on as a node of the graph, and who else names it; asked by several features.

A name is what it resolves to: ``deploy`` and ``team:deploy`` are one skill, ``mcp__search__find`` and
``search`` one server. A name that resolves to nothing is still the same name everywhere.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from agentls.semantics.file_references import FILE_KINDS, OWN_SERVER, Reference, prose_mentions
from agentls.syntax.markdown_code import block_at
from agentls.text.similar_words import without_style
from agentls.text.source import Span
from agentls.workspace import queries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agentls.semantics.file import File, OtherFile
    from agentls.semantics.resolution import ResolutionContext
    from agentls.semantics.summary import Definition, Mention
    from agentls.text.source import Location
    from agentls.workspace import Context, Query, ScopedView, View

# What prose between backticks may name; nothing else is called by a single plain word.
_PROSE_KINDS = ("agent", "skill", "command")
# What is defined in a file that a link leads to.
_LINKED_KINDS = (*_PROSE_KINDS, "plugin")
# What it calls by a sign.
_CALLED_KINDS = {"/": ("skill", "command"), "@": ("agent",), "-": ("agent",)}


class Symbol(NamedTuple):
    """What is asked about: ``span`` is where the cursor points at it, ``definitions`` are what it means."""

    kind: str
    name: str
    span: Span
    definitions: tuple[Definition, ...]


class Occurrence(NamedTuple):
    """One place where a name stands; ``is_definition`` for the place that gives it its meaning."""

    path: str
    location: Location
    is_definition: bool = False


def symbol_at(context: Context, offset: int) -> Symbol | None:
    """The agent, skill, command or server under the cursor, by its definition or by a mention."""
    file, view = context.file, context.view
    if span := _own_name(file, offset):
        own = tuple(d for d in view.summary(file.path).definitions if d.kind == file.dialect.kind)
        return Symbol(file.dialect.kind, own[0].name, span, own) if own else None
    reference = file.at(offset).reference or prose_mention_at(context, offset)
    return symbol_of_reference(view, file, reference) if reference else None


def _own_name(file: File, offset: int) -> Span | None:
    """What stands for the file itself: its name, or its first fence if it has none."""
    field = file.document.field("name")
    if field:
        return file.name_span if offset in field.span else None
    opening = file.document.opening
    return opening if opening and offset in opening else None


def symbol_of_reference(view: ScopedView, file: File | OtherFile, reference: Reference) -> Symbol | None:
    """What a reference is about; None for files, colours and the tools that a product brings along."""
    kind, name = reference.kind, reference.name
    if kind in FILE_KINDS:
        return _linked(view, file.target(reference), reference.span)
    if kind not in ("skill", "agent", "server", "plugin", "tool", OWN_SERVER):
        return None
    found = view.resolve(kind, name)
    if kind == "tool":
        name = found[0].name if found else view.server_of(name) or ""
    kind = "server" if kind in ("tool", OWN_SERVER) else kind
    return Symbol(kind, name, reference.span, found) if name else None


def _linked(view: View, path: str, span: Span) -> Symbol | None:
    """The agent, skill or command in the file that a link leads to."""
    found = tuple(d for d in view.summary(path).definitions if d.kind in _LINKED_KINDS)
    return Symbol(found[0].kind, found[0].name, span, found) if found else None


def symbol_in_other_file(view: View, page: OtherFile, offset: int) -> Symbol | None:
    """What is defined or named at a place of a file of no dialect: a server in its JSON, settings."""
    summary, text = view.summary(page.path), page.text
    for definition in summary.definitions:
        if definition.kind == "approval":
            # A rule is no name, and stands for no place.
            continue
        place = definition.location
        start = text.offset(place.line, place.start)
        span = Span(start, start + place.end - place.start)
        if offset in span:
            return Symbol(definition.kind, definition.name, span, (definition,))
    scoped = view.within(summary.resolution_context)
    here = (r for r in page.references if r.kind not in FILE_KINDS and offset in r.span)
    return next((symbol_of_reference(scoped, page, reference) for reference in here), None)


def mentions(view: View, symbol: Symbol) -> Iterator[tuple[str, Mention]]:
    """Where other files, and its own, name the symbol: the path and the mention."""
    matchers: dict[ResolutionContext, _SymbolMatcher] = {}
    for summary in view.usage_summaries(_queries_for(symbol)):
        # A name means what can be meant by it where it stands.
        matcher = matchers.get(summary.resolution_context) or _SymbolMatcher(
            view.within(summary.resolution_context), symbol
        )
        matchers[summary.resolution_context] = matcher
        for mention in summary.mentions:
            if matcher.matches(mention.kind, mention.name):
                yield summary.path, mention


def _queries_for(symbol: Symbol) -> Iterator[Query]:
    """All that may be a mention of it."""
    yield from map(queries.of_used_name, _names_of(symbol))
    yield from (queries.of_used_path(path) for path in _paths_of(symbol))
    if symbol.kind == "server":
        yield queries.ALL_TOOLS


def prose_mention_at(context: Context, offset: int) -> Reference | None:
    """The agent or skill that prose names under the cursor: between backticks, as ``/name`` or ``@name``."""
    file, view = context.file, context.view
    if offset not in file.document.body:
        return None
    for name, span in prose_mentions(file.document):
        if offset in span and not is_code(file, span):
            sign = file.text.source[span.start - 1]
            for kind in _CALLED_KINDS.get(sign, _PROSE_KINDS):
                if view.lookup(kind, name):
                    return Reference("agent" if kind == "agent" else "skill", name, span)
    return None


def prose_mention_paths(view: View, definition: Definition, word: str) -> set[str]:
    """The other files whose prose says a word by which they can mean the definition."""
    return {
        summary.path
        for summary in view.usage_summaries([queries.of_word(word)])
        if summary.path != definition.path
        if view.within(summary.resolution_context).is_in_scope(definition)
    }


def prose_mention_spans(file: File, names: Iterable[str]) -> list[Span]:
    """Where prose says one of the names; code blocks are examples and left out."""
    wanted = set(names)
    return [
        span for name, span in prose_mentions(file.document) if name in wanted and not is_code(file, span)
    ]


def is_code(file: File, span: Span) -> bool:
    """Whether a place is in a code block, which is an example."""
    return block_at(file.code_blocks, span.start) is not None


def references_to(view: View, file: File | OtherFile, symbol: Symbol) -> list[Reference]:
    """Where one file names the symbol, in the front matter or settings, by links and paths."""
    matcher = _SymbolMatcher(view.within(file.resolution_context), symbol)
    return [
        reference
        for reference in file.references
        if matcher.matches(
            "path" if reference.kind in FILE_KINDS else reference.kind,
            file.target(reference) if reference.kind in FILE_KINDS else reference.name,
        )
    ]


def _names_of(symbol: Symbol) -> set[str]:
    """How it may be called; what comes with a plugin, without its prefix, too."""
    names = {symbol.name, *(d.name for d in symbol.definitions)}
    return {n for name in names for n in (name, name.rpartition(":")[2])}


def _paths_of(symbol: Symbol) -> set[str]:
    """The paths that lead to it: of a skill, its folder is one, and so with a plugin."""
    files = {d.path for d in symbol.definitions if d.kind != "server"}
    plugins = {os.path.dirname(os.path.dirname(d.path)) for d in symbol.definitions if d.kind == "plugin"}
    return files | plugins | {os.path.dirname(f) for f in files if os.path.basename(f) == "SKILL.md"}


class _SymbolMatcher:
    """Tells mentions of one symbol from those of others; each name is resolved once."""

    def __init__(self, view: ScopedView, symbol: Symbol) -> None:
        self._view = view
        self._symbol = symbol
        self._known: dict[tuple[str, str], bool] = {}
        # Most mentions are of something else, which the name tells without a question.
        self._names = set(map(without_style, _names_of(symbol)))
        self._paths = _paths_of(symbol)
        # A file that is met at two paths has a definition for the products that look at each.
        self._defined = {(d.kind, d.name, d.path) for d in symbol.definitions}

    def matches(self, kind: str, name: str) -> bool:
        if kind == "path":
            return name in self._paths
        may_be = self._symbol.kind == "server" if kind == "tool" else without_style(name) in self._names
        if not may_be:
            return False
        if (kind, name) not in self._known:
            self._known[kind, name] = self._resolves(kind, name)
        return self._known[kind, name]

    def _resolves(self, kind: str, name: str) -> bool:
        found = self._view.resolve(kind, name)
        if not found and kind == "tool":
            kind, name = "server", self._view.server_of(name) or ""
        if not found:
            return not self._symbol.definitions and (kind, name) == (self._symbol.kind, self._symbol.name)
        return not self._defined.isdisjoint((d.kind, d.name, d.path) for d in found)
