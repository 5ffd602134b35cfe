"""What one file contributes to the workspace: what it defines, what it names, which words it says.

A file of a dialect defines an agent, a skill or a command; files of no dialect are MCP servers' lists,
configurations that declare agents, and the skills of other products.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from agentls import claude_settings, declarations, dialects, mcp_servers, paths, readers
from agentls.document import plain
from agentls.file import Page
from agentls.mcp_files import listed, server_file
from agentls.references import FILE_KINDS, OWN_SERVER, spoken
from agentls.standpoint import Standpoint
from agentls.text import Location, Span, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agentls.dialects import Surroundings
    from agentls.document import Document
    from agentls.file import File
    from agentls.mcp_servers import Server
    from agentls.references import Reference

# Characters of lines with mentions that are kept of one file; the largest real files need a hundredth.
_MOST_MENTIONED = 4_000_000
# What skills and commands may say for true.
_YES = frozenset({"true", "yes", "on", "1"})
_ANYWHERE = Standpoint()
# The scope of a server that an agent brings along itself.
OWN = "own"
# Who reads the servers of plugins and of its own files.
_CLAUDE = frozenset({"Claude Code"})


@dataclass(frozen=True, slots=True)
class Definition:
    """A name and where it is defined.

    ``kind``: skill, agent, command, server, ``foreign-skill`` for a skill in another product's folder, or
    ``declaration`` for the path of a file that a configuration calls an agent.
    ``scope``: project, user, plugin, shape, or ``own`` for a server that an agent brings along itself;
    ``location`` is where the name is written.
    ``product``: whose it is; empty for what is nobody's own.
    ``project``: the folder in and around which it counts; empty for what counts everywhere.
    ``doc``: the description. ``size``: characters of the file.
    ``is_for_users``: a skill or command that only a person may call, never a model.
    ``readers``: of a server, the products that read the file.
    """

    kind: str
    name: str
    path: str
    location: Location
    scope: str
    doc: str = ""
    size: int = 0
    is_for_users: bool = False
    product: str = ""
    project: str = ""
    readers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Mention:
    """A name that a file uses, and where.

    ``kind``: skill, agent, server, tool (one of an MCP server) or path; the name of a path is absolute.
    The line in ``location`` ends with the name, since what follows it has no bearing on its columns.
    """

    kind: str
    name: str
    location: Location


@dataclass(frozen=True, slots=True)
class Facts:
    """What one file contributes; all that is kept of a file that is not open.

    ``spoken``: the words of its prose that may be names, as ``references.spoken`` finds them.
    ``standpoint``: what its names can mean. ``own``: the servers that it brings along for itself.
    """

    path: str
    definitions: tuple[Definition, ...] = ()
    mcp_tools: frozenset[str] = frozenset()
    mentions: tuple[Mention, ...] = ()
    spoken: tuple[str, ...] = ()
    standpoint: Standpoint = _ANYWHERE
    own: tuple[Definition, ...] = ()


def facts_of(file: File) -> Facts:
    """The facts of a file of a dialect."""
    document = file.document
    mcp_tools = frozenset(
        r.name for r in file.references if r.kind == "tool" and file.dialect.tools.is_of_server(r.name)
    )
    is_found = file.identity.is_read
    definition = Definition(
        file.dialect.kind if is_found else f"foreign-{file.dialect.kind}",
        file.name,
        file.path,
        file.text.locate(file.name_span),
        file.scope,
        document.string("description") or "",
        len(file.text.source),
        _is_for_users(document),
        file.dialect.product,
        file.standpoint.folder,
    )
    has_own_name = file.dialect.facts["identity"] == "name" and "name" in file.dialect.required
    lacks_name = has_own_name and not document.string("name")
    is_nothing = lacks_name and file.scope != "plugin"
    mentions = tuple(_affordable(mention for ref in file.references for mention in _mentions(file, ref)))
    # Many files speak of the same things; each word is kept once.
    words = tuple(sorted({sys.intern(word) for word, _ in spoken(document)}))
    defined = () if is_nothing else (definition,)
    return Facts(file.path, defined, mcp_tools, mentions, words, file.standpoint, _own_servers(file))


def _own_servers(file: File) -> tuple[Definition, ...]:
    """The servers that an agent brings along for itself, each where its name stands first."""
    found: dict[str, Definition] = {}
    for reference in file.references:
        if reference.kind == OWN_SERVER and reference.name not in found:
            place = file.text.locate(reference.span)
            found[reference.name] = Definition("server", reference.name, file.path, place, OWN)
    return tuple(found.values())


def _is_for_users(document: Document) -> bool:
    field = document.field("disable-model-invocation")
    return field is not None and str(plain(field.value, document.anchors)).casefold() in _YES


def _affordable(mentions: Iterable[Mention]) -> Iterator[Mention]:
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
    elif kind not in ("skill", "agent", "server") and not (
        kind == "tool" and file.dialect.tools.is_of_server(name)
    ):
        return
    yield _mention(file.text, kind, name, reference.span)


def _mention(text: Text, kind: str, name: str, span: Span) -> Mention:
    place = text.locate(span)
    line = Location(place.line, place.line_text[: place.end], place.start, place.end)
    return Mention(kind, sys.intern(name), line)


def other_facts(path: str, source: str, projects: Iterable[str], surroundings: Surroundings) -> Facts:
    """What a file of no dialect contributes: servers, and skills of other products."""
    name = os.path.basename(path)
    if name.endswith(".json") and (plugin := _plugin_with_servers(path, surroundings)):
        own = _facts_of_servers(path, mcp_servers.servers_of_plugin(source, plugin), "plugin")
        # Who works on a plugin has its folder open, and its servers in the folder's own list.
        if name == ".mcp.json" and any(paths.is_within(path, project) for project in projects):
            project = _listed(path, source, surroundings)
            return replace(project, definitions=project.definitions + own.definitions)
        return own
    if name == "managed-mcp.json":
        # As with what is the user's own, nobody changes it from a project.
        return _facts_of_servers(path, mcp_servers.servers(source), "user")
    if name == ".claude.json":
        found = [server for project in projects or [""] for server in mcp_servers.servers(source, project)]
        return _facts_of_servers(path, dict.fromkeys(found), "user")
    if declarations.is_place(path):
        found_servers = _listed(path, source, surroundings)
        declared = tuple(_declared(path, source))
        return replace(found_servers, definitions=found_servers.definitions + declared)
    user_folder = surroundings.user_folder
    # What is the user's own changes with no project.
    if claude_settings.is_place(path) and not (user_folder and paths.is_within(path, user_folder)):
        return _facts_of_settings(path, source, surroundings)
    if name == "SKILL.md":
        text = Text(source)
        document = readers.read("yaml", text, frozenset({"name", "description"}))
        field = document.field("name")
        span = field.value.span if field else document.body
        folder = os.path.basename(os.path.dirname(path))
        skill = Definition(
            "foreign-skill",
            folder,
            path,
            text.locate(span),
            "",
            document.string("description") or "",
            len(source),
            project=dialects.project_of(path) or "",
        )
        return Facts(path, (skill,))
    return _listed(path, source, surroundings)


def _declared(path: str, source: str) -> Iterator[Definition]:
    """The files that a configuration calls agents, by their paths."""
    start = Text(source).locate(Span(0, 0))
    for agent in declarations.agents(path, source):
        yield Definition("declaration", paths.key(agent.file), path, start, "project", agent.description)


def _facts_of_settings(path: str, source: str, surroundings: Surroundings) -> Facts:
    """What a project's settings name."""
    page = Page(path, Text(source))
    repository = surroundings.repository_of(page.standpoint.folder)
    standpoint = replace(page.standpoint, repository=repository)
    mentions = tuple(_affordable(_mention(page.text, r.kind, r.name, r.span) for r in page.references))
    return Facts(path, mentions=mentions, standpoint=standpoint)


def _plugin_with_servers(path: str, surroundings: Surroundings) -> str:
    """The plugin whose servers a file lists; empty for none."""
    for folder in paths.parents(path):
        plugin = surroundings.plugins.get(folder)
        if plugin and paths.posix(path[len(folder) + 1 :]) in plugin.servers:
            return plugin.name
    return ""


def _listed(path: str, source: str, surroundings: Surroundings) -> Facts:
    """A file of which the catalogue knows that it lists servers."""
    known = server_file(path, surroundings.home)
    if known is None:
        return Facts(path)
    return _facts_of_servers(path, listed(known, source), known.scope, known.readers, known.project_of(path))


def _facts_of_servers(
    path: str, found: Iterable[Server], scope: str, read_by: frozenset[str] = _CLAUDE, project: str = ""
) -> Facts:
    """A file that configures MCP servers."""
    definitions = (
        Definition("server", server.name, path, server.location, scope, project=project, readers=read_by)
        for server in found
    )
    return Facts(path, tuple(definitions), standpoint=Standpoint(folder=project))
