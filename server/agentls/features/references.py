"""Where an agent, a skill, a command or an MCP server is used, in all files and in this one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from agentls.semantics.declared_arguments import declared_argument_at
from agentls.workspace import symbols
from agentls.workspace.symbols import Occurrence

if TYPE_CHECKING:
    from agentls.semantics.file import File
    from agentls.text.source import Span
    from agentls.workspace import Context, View
    from agentls.workspace.symbols import Symbol


def references(view: View, symbol: Symbol) -> list[Occurrence]:
    """The definitions first, then every mention by file and place; prose is not among them.

    A word between backticks is often just that word, and a skill may be called ``testing``.
    """
    defined = [Occurrence(d.path, d.location, is_definition=True) for d in symbol.definitions]
    used = [Occurrence(path, mention.location) for path, mention in symbols.mentions(view, symbol)]
    return defined + sorted(
        used, key=lambda occurrence: (occurrence.path, occurrence.location.line, occurrence.location.start)
    )


def argument_references(file: File, offset: int) -> list[Occurrence]:
    """Where an argument that the file declares is declared and used; a name of this file alone."""
    argument = declared_argument_at(file, offset)
    if argument is None:
        return []
    defined = [
        Occurrence(file.path, file.text.locate(span), is_definition=True) for span in argument.declared
    ]
    return defined + [Occurrence(file.path, file.text.locate(span)) for span in argument.used]


class Highlight(NamedTuple):
    span: Span
    is_definition: bool = False


def highlights(context: Context, offset: int) -> list[Highlight]:
    """The places in this file that name what is under the cursor, prose between backticks included."""
    file = context.file
    symbol = symbols.symbol_at(context, offset)
    if symbol is None:
        return _same_word(file, offset)
    own = [d for d in symbol.definitions if d.path == file.path]
    found = [Highlight(file.name_span, is_definition=True)] if own and file.document.field("name") else []
    found += [Highlight(reference.span) for reference in symbols.references_to(context.view, file, symbol)]
    names = {symbol.name, *(definition.name for definition in symbol.definitions)}
    found += [Highlight(span) for span in symbols.prose_mention_spans(file, names)]
    return sorted(found, key=lambda highlight: highlight.span)


def _same_word(file: File, offset: int) -> list[Highlight]:
    """The other places of a tool, a file, an argument or any other name that is no node of the graph."""
    if argument := declared_argument_at(file, offset):
        declared = [Highlight(span, is_definition=True) for span in argument.declared]
        return declared + [Highlight(span) for span in argument.used]
    if found := file.substitution_at(offset):
        alike = [s for s in file.substitutions if (s.kind, s.value) == (found.kind, found.value)]
        return [Highlight(one.inner) for one in alike]
    here = file.at(offset).reference
    same = [r for r in file.references if here and (r.kind, r.name) == (here.kind, here.name)]
    return [Highlight(reference.span) for reference in same]
