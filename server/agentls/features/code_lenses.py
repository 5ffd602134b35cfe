"""Lines above a file that say how much it is used and what it costs, each with a list behind it.

The counts come from what is known of all files; what is said in prose is only located when a list is asked
for, since the files have to be read for that.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from agentls.explain import prompt
from agentls.semantics import claude_settings, server_entries
from agentls.text import token_count
from agentls.text.source import Span
from agentls.workspace import symbols
from agentls.workspace.symbols import Occurrence, Symbol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agentls.semantics.file import File
    from agentls.semantics.summary import Definition, Mention
    from agentls.workspace import Context, View

# What is no place in the open file needs none.
_NOWHERE = Span(0, 0)


class Topic(Enum):
    """What a list holds."""

    USES = "uses"
    MENTIONS = "mentions"
    COSTS = "costs"


class Lens(NamedTuple):
    """``title`` stands above the line of ``span``."""

    span: Span
    title: str
    topic: Topic


def lenses(context: Context) -> list[Lens]:
    """What to show above a file that defines something; nothing above one that does not."""
    file, view = context.file, context.view
    if file.dialect.servers:
        return list(_of_servers(context))
    own = _own(context)
    span = file.name_span if file.document.field("name") else file.document.opening
    if own is None or span is None:
        return []
    named = list(_named(view, own))
    uses = {path for path, mention in named if mention.kind != "path"}
    mentions = {path for path, mention in named if mention.kind == "path"} | symbols.prose_mention_paths(
        view, own, own.name
    )
    verb, noun = ("used by", "file") if own.kind == "agent" else ("preloaded by", "agent")
    # What nobody does has no list behind it.
    found = [Lens(span, f"{verb} {_count(len(uses), noun)}", Topic.USES)] if uses else []
    if mentions:
        found.append(Lens(span, f"mentioned by {_count(len(mentions), 'file')}", Topic.MENTIONS))
    if own.kind == "agent":
        whole = sum(token_count.estimate(len(each.doc)) for each in _listed(context))
        tokens = token_count.estimate(len(own.doc))
        cost = f"about {tokens:,} tokens in every conversation ({whole:,} with all agents)"
        if text := prompt.prompt(file).text:
            cost += f", {token_count.estimate(len(text)):,} when it runs"
        found.append(Lens(span, cost, Topic.COSTS))
    return found


def _of_servers(context: Context) -> Iterator[Lens]:
    """How many files use each server of a list."""
    for entry in server_entries.server_entries(context.file):
        if own := _server(context, entry.name):
            uses = {path for path, _ in _named(context.view, own)}
            if uses:
                yield Lens(entry.key.inner, f"used by {_count(len(uses), 'file')}", Topic.USES)


def _server(context: Context, name: str) -> Definition | None:
    found = context.view.summary(context.file.path).definitions
    return next((d for d in found if (d.kind, d.name) == ("server", name)), None)


def files_to_read(context: Context, topic: Topic) -> list[str]:
    """The files in which a list has to look for names in prose."""
    own = _own(context)
    return (
        sorted(symbols.prose_mention_paths(context.view, own, own.name))
        if own and topic is Topic.MENTIONS
        else []
    )


def places(context: Context, topic: Topic, read: Iterable[File], offset: int = 0) -> list[Occurrence]:
    """The list behind a lens, with ``read`` for what is said in prose; by file and place.

    ``offset`` is where the lens stands, which matters where a file has several.
    """
    entries = server_entries.server_entries(context.file)
    name = next((entry.name for entry in entries if offset in entry.key.span), "")
    own = _server(context, name) if name else _own(context)
    if own is None:
        return []
    if topic is Topic.COSTS:
        costly = sorted(_listed(context), key=lambda each: (-len(each.doc), each.path))
        return [Occurrence(each.path, each.location, is_definition=True) for each in costly]
    uses = [
        Occurrence(path, mention.location)
        for path, mention in _named(context.view, own)
        if (mention.kind == "path") == (topic is Topic.MENTIONS)
    ]
    for other in read:
        uses += [
            Occurrence(other.path, other.text.locate(span))
            for span in symbols.prose_mention_spans(other, [own.name])
        ]
    return sorted(
        uses, key=lambda occurrence: (occurrence.path, occurrence.location.line, occurrence.location.start)
    )


def _own(context: Context) -> Definition | None:
    file = context.file
    return next((d for d in context.view.summary(file.path).definitions if d.kind == file.dialect.kind), None)


def _named(view: View, own: Definition) -> Iterator[tuple[str, Mention]]:
    """Where other files name it in their front matter, by links and paths; a rule in settings is no use."""
    symbol = Symbol(own.kind, own.name, _NOWHERE, (own,))
    return (
        (path, mention)
        for path, mention in symbols.mentions(view, symbol)
        if path != own.path and not claude_settings.is_settings_file(path)
    )


def _listed(context: Context) -> list[Definition]:
    """The agents whose descriptions the model sees along with this one's: those of its product."""
    file = context.file
    own = file.resolution_context._replace(products=frozenset({file.dialect.product}))
    agents = context.view.within(own).all("agent")
    return [each for each in agents if each.scope != "unplaced"]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
