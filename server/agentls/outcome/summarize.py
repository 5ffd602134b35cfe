"""The summary of a file of a dialect, and the mentions in any file."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from agentls.findings import Severity
from agentls.outcome import summarize_manifest
from agentls.semantics import claude_settings, server_entries
from agentls.semantics.file_references import FILE_KINDS, OWN_SERVER, prose_mentions
from agentls.semantics.summary import INLINE, Definition, FileSummary, Mention
from agentls.syntax.nodes import plain
from agentls.text.source import Location, Span, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agentls.semantics.file import File
    from agentls.semantics.file_references import Reference
    from agentls.syntax.document import Document

# Characters of lines with mentions that are kept of one file; the largest real files need a hundredth.
_MOST_MENTIONED = 4_000_000
# What skills and commands may say for true.
_YES = frozenset({"true", "yes", "on", "1"})


def summarize(file: File) -> FileSummary:
    """The summary of a file of a dialect."""
    if not file.dialect.defines:
        return _summarize_configuration(file)
    document = file.document
    mcp_tools = frozenset(
        r.name for r in file.references if r.kind == "tool" and file.dialect.tools.is_of_server(r.name)
    )
    is_found, lacks = file.identity.is_loaded_from, _lack(file)
    definition = Definition(
        file.dialect.kind if is_found else f"foreign-{file.dialect.kind}",
        name=file.name,
        path=file.path,
        location=file.text.locate(file.name_span),
        scope=file.scope,
        doc=document.string("description") or "",
        size=len(file.text.source),
        is_for_users=_is_for_users(document),
        product=file.dialect.product,
        project=file.resolution_context.folder,
        enabled_in=tuple(filter(None, file.identity.enabled_in or ())),
        lacks=lacks,
    )
    has_own_name = file.dialect.identity == "name" and "name" in file.dialect.required
    lacks_name = has_own_name and not document.string("name")
    is_nothing = lacks_name and file.scope != "plugin"
    mentions = tuple(limit_mentions(mention for ref in file.references for mention in _mentions(file, ref)))
    # Many files speak of the same things; each word is kept once.
    words = tuple(sorted({sys.intern(word) for word, _ in prose_mentions(document)}))
    others = _by_other_names(file, definition, is_nothing=is_nothing) if is_found else ()
    defined = (*(() if is_nothing else (definition,)), *others)
    return FileSummary(
        file.path,
        definitions=defined,
        mcp_tools=mcp_tools,
        mentions=mentions,
        prose_mentions=words,
        resolution_context=file.resolution_context,
        own=_own_servers(file),
    )


def _lack(file: File) -> str:
    """What an agent's file lacks without which the product does not load it."""
    document = file.document
    if file.dialect.kind != "agent":
        return ""
    if document.opening and not document.is_recovered and (skipped := file.effect("invalid-yaml.skipped")):
        return "front matter that can be read" if skipped.severity is Severity.ERROR else ""
    for name in ("name", "description"):
        if name in file.dialect.required and not document.string(name) and file.effect(f"missing-{name}"):
            return f"`{name}`" if document.opening else "front matter"
    return ""


def _by_other_names(file: File, own: Definition, *, is_nothing: bool) -> Iterator[Definition]:
    """How else it may be called: by a name that works as well; an agent, by mistake, by its file."""
    by = file.dialect.answers_to
    other = file.place_name if by == "stem" else file.document.string(by) if by else None
    if other and not is_nothing and file.scope != "plugin":
        if other != own.name:
            yield own._replace(kind=f"{own.kind}-name", name=other)
    elif own.kind == "agent" and (is_nothing or file.place_name != own.name):
        yield own._replace(kind="agent-file", name=file.place_name)


def _summarize_configuration(file: File) -> FileSummary:
    """A file that says what is allowed; what else the user's own names changes with no project."""
    named = (ref for ref in file.references if file.scope != "user" and not server_entries.is_own(file, ref))
    mentions = tuple(limit_mentions(mention for ref in named for mention in _mentions(file, ref)))
    start, folder = file.text.locate(Span(0, 0)), file.resolution_context.folder
    readers = frozenset({file.dialect.product})
    rules = claude_settings.allowed(file.document) if file.dialect.kind == "settings" else ()
    definitions = tuple(
        Definition(
            "approval",
            name=rule,
            path=file.path,
            location=start,
            scope=file.scope,
            project=folder,
            readers=readers,
        )
        for rule in rules
    )
    definitions = (*definitions, *summarize_manifest.definitions(file))
    context = file.resolution_context
    return FileSummary(file.path, definitions, mentions=mentions, resolution_context=context)


def summarize_link(summary: FileSummary, link: str, target: str) -> FileSummary:
    """What a file below a folder ``link``, which is read at ``target``, defines where it is met again.

    What it says counts once.
    """
    path = target + summary.path[len(link) :]
    is_link = os.path.join(link, "SKILL.md") == summary.path
    # A file that only looks like an agent is one where it lies properly.
    defined = (d for d in summary.definitions if d.scope != "unplaced")
    return FileSummary(summary.path, tuple(d._replace(path=path, is_link=is_link) for d in defined))


def _own_servers(file: File) -> tuple[Definition, ...]:
    """The servers that an agent brings along for itself, each where its name stands first."""
    found: dict[str, Definition] = {}
    for reference in file.references:
        if reference.kind == OWN_SERVER and reference.name not in found:
            place = file.text.locate(reference.span)
            found[reference.name] = Definition(
                "server", name=reference.name, path=file.path, location=place, scope=INLINE
            )
    return tuple(found.values())


def _is_for_users(document: Document) -> bool:
    field = document.field("disable-model-invocation")
    return field is not None and str(plain(field.value, document.anchors)).casefold() in _YES


def limit_mentions(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Each mention holds its line, so one line of a megabyte with a thousand names would cost a gigabyte."""
    cost = 0
    for mention in mentions:
        cost += len(mention.location.line_text)
        if cost > _MOST_MENTIONED:
            return
        yield mention


def _mentions(file: File, reference: Reference) -> Iterator[Mention]:
    kind, name = reference.kind, reference.name
    if kind in FILE_KINDS:
        kind, name = "path", file.target(reference)
    elif kind not in ("skill", "agent", "server", "plugin") and not (
        kind == "tool" and file.dialect.tools.is_of_server(name)
    ):
        return
    yield mention(file.text, kind, name, reference.span)


def mention(text: Text, kind: str, name: str, span: Span) -> Mention:
    place = text.locate(span)
    line = Location(place.line, place.line_text[: place.end], place.start, place.end)
    return Mention(kind, sys.intern(name), line)
