"""A new name for an agent, a skill, a command or an MCP server, in every file that uses the old one.

Three steps, since closed files have to be read in between and reading is not done here: what is meant and
whether it may be renamed, which files have to be read, what changes in them.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, NamedTuple

from agentls.findings import Change, Edit
from agentls.products import load
from agentls.refactoring import mcp_names, move
from agentls.refactoring.new_names import RIVALS, NameRefusedError, check_free, check_spelling
from agentls.semantics.file import File
from agentls.semantics.file_references import FILE_KINDS
from agentls.semantics.resolution import LOCAL
from agentls.semantics.summary import INLINE
from agentls.syntax.nodes import Scalar
from agentls.text.similar_words import without_style
from agentls.text.source import Span
from agentls.workspace import symbols
from agentls.workspace.symbols import Symbol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from agentls.semantics.file import OtherFile
    from agentls.semantics.file_references import Reference
    from agentls.semantics.summary import Definition
    from agentls.text.source import Text
    from agentls.workspace import Context, ScopedView, View

# How prose speaks of each kind, apart from its name between backticks.
_SIGNS = {"agent": "@(?:agent-)?", "skill": "/", "command": "/"}


class Renaming(NamedTuple):
    """What is renamed: ``definition`` is the only one of its name, and may be changed.

    A server that an agent brings along itself is defined in the agent's file. Of one that stands in several
    lists of a project, ``symbol`` has all definitions.
    """

    symbol: Symbol
    definition: Definition

    @property
    def old(self) -> str:
        """The last part of the name, as files and folders have it."""
        return last_part(self.definition.name)

    @property
    def prefix(self) -> str:
        """What stands before that: a plugin, or folders."""
        return self.definition.name.removesuffix(self.old)


def last_part(name: str) -> str:
    """A name without the plugin or the folders before it."""
    return re.split("[:/]", name)[-1]


def renaming(context: Context, offset: int) -> Renaming | None:
    """What a rename at this place is about; None for nothing, RefusedError where it may not be done."""
    file = context.file
    reference = file.at(offset).reference
    # The name under the cursor is replaced, and a link is no name.
    if reference and reference.kind in FILE_KINDS:
        return None
    symbol = symbols.symbol_at(context, offset)
    found = renaming_of_symbol(context.view, symbol) if symbol else None
    if found and found.definition.kind != "server":
        _refuse_label(file, found)
    return _at_name(file, found, reference, offset)


def renaming_elsewhere(view: View, page: OtherFile, offset: int) -> Renaming | None:
    """The same in a file of no dialect: settings, or a list of servers."""
    symbol = symbols.symbol_in_other_file(view, page, offset)
    found = renaming_of_symbol(view.within(page.resolution_context), symbol) if symbol else None
    named = next((reference for reference in page.references if offset in reference.span), None)
    return _at_name(page, found, named, offset)


def _at_name(
    file: File | OtherFile, found: Renaming | None, reference: Reference | None, offset: int
) -> Renaming | None:
    """The same, if the cursor is on the part of the reference that is replaced."""
    if found and reference and found.definition.kind == "server":
        span = mcp_names.span_in(file, reference, found.definition.name) or reference.span
        found = found._replace(symbol=found.symbol._replace(span=span))
    # The key `name` is no name, and a tool has its own from elsewhere than the server.
    return found if found and offset in found.symbol.span else None


def renaming_of_symbol(view: ScopedView, symbol: Symbol) -> Renaming | None:
    """The rename of a node of the graph."""
    if symbol.kind not in (*RIVALS, "server"):
        return None
    found = symbol.definitions or view.resolve(symbol.kind, symbol.name)
    if not found:
        return None
    # Of a file that asks about itself there is one definition, and others may have its name.
    rivals = tuple(dict.fromkeys((*found, *_namesakes(view, found[0]))))
    for definition in rivals:
        _refuse_foreign(view, definition)
    if len({d.path for d in rivals}) > 1 and not _are_one_server(rivals):
        places = " and ".join(sorted({view.display_path(d.path) for d in rivals}))
        raise NameRefusedError(f"`{symbol.name}` is defined more than once, in {places}")
    return Renaming(symbol._replace(definitions=rivals), found[0])


def _namesakes(view: View, definition: Definition) -> Iterator[Definition]:
    """What its name means where it is defined; of a server, for each product that reads its list."""
    context = view.summary(definition.path).resolution_context
    if definition.kind != "server":
        yield from view.within(context).resolve(definition.kind, definition.name)
    for product in sorted(definition.readers):
        if agent := load().dialect_of("agent", product):
            here = view.within(context._replace(dialect=agent.name, folder=definition.project))
            yield from here.resolve("server", definition.name)


def _are_one_server(definitions: Collection[Definition]) -> bool:
    """Whether a project has one server in several lists, as where each of its programs reads its own."""
    return {d.kind for d in definitions} == {"server"} and len({d.project for d in definitions}) == 1


def _refuse_label(file: File, found: Renaming) -> None:
    label, definition = file.text.slice(found.symbol.span), found.definition
    if without_style(definition.name) not in without_style(label):
        word = "folder" if definition.kind == "skill" else "file"
        is_shown = file.document.field("name") is not None
        raise NameRefusedError(
            f"the {definition.kind} is named `{definition.name}` after its {word}; "
            + (f"`{label}` is only its display name, and can be edited freely" if is_shown else "rename that")
        )


def _refuse_foreign(view: View, definition: Definition) -> None:
    where = f"`{definition.name}` is defined in {view.display_path(definition.path)}"
    if definition.is_link:
        raise NameRefusedError(f"{where}, and another folder links to it; the link would break")
    if definition.kind == "foreign-skill":
        raise NameRefusedError(f"{where}, in a folder of another product")
    if definition.scope == "user":
        raise NameRefusedError(f"{where}, for all your projects; their files would no longer find it")
    if definition.scope == LOCAL:
        raise NameRefusedError(
            f"{where}, in your personal configuration; the project's names must not change"
        )
    if definition.scope == "plugin" and not (definition.kind == "plugin" and not definition.enabled_in):
        raise NameRefusedError(f"{where}, in a plugin; other users of the plugin would no longer find it")


def check_name(view: View, found: Renaming, new: str) -> None:
    """Raises RefusedError unless ``new`` is a usable name that nothing else has."""
    definition = found.definition
    seen = view.within(view.summary(definition.path).resolution_context)
    if definition.kind == "server":
        check_spelling(new)
        if reason := mcp_names.objection(seen, found.symbol.definitions, new):
            raise NameRefusedError(reason)
    else:
        check_free(seen, definition.kind, definition.product, new, found.prefix)


def files_to_read(view: View, found: Renaming) -> set[str]:
    """The known files that name what is renamed in structured places, by links, or between backticks."""
    if found.definition.scope == INLINE:
        return {found.definition.path}
    named = {path for path, _ in symbols.mentions(view, found.symbol)}
    named |= {definition.path for definition in found.symbol.definitions}
    named |= {path for symbol in _brought(view, found) for path, _ in symbols.mentions(view, symbol)}
    in_prose = symbols.prose_mention_paths(view, found.definition, found.old)
    return named | in_prose | move.files_to_read(view, dict(moves(view, found, "")))


def _brought(view: View, found: Renaming) -> Iterator[Symbol]:
    """What a plugin brings along, whose names begin with its own."""
    if found.definition.kind != "plugin":
        return
    for kind in ("agent", "skill", "command"):
        for definition in view.workspace.all(kind):
            if definition.name.startswith(f"{found.definition.name}:"):
                yield Symbol(kind, definition.name, Span(0, 0), (definition,))


def words(view: View, found: Renaming) -> set[str]:
    """What any other file says that may have to change."""
    if found.definition.scope == INLINE:
        return set()
    if found.definition.kind == "server":
        return set().union(*map(mcp_names.words, found.symbol.definitions))
    return {found.old} | move.words(dict(moves(view, found, "")))


def moves(view: View, found: Renaming, new: str) -> Iterator[tuple[str, str]]:
    """The file or folder that carries the name, and where it belongs under the new one."""
    folder, file_name = os.path.split(found.definition.path)
    if found.definition.kind == "skill":
        yield folder, os.path.join(os.path.dirname(folder), new)
    elif found.definition.kind in _SIGNS and file_name.startswith(f"{found.old}."):
        target = os.path.join(folder, new + file_name[len(found.old) :])
        # An agent is found by its name, wherever it lies, so no other file need make room.
        if not view.is_known(target):
            yield found.definition.path, target


def change(
    view: View,
    names: Iterable[tuple[Renaming, str]],
    moved: Mapping[str, str],
    files: Iterable[File | OtherFile],
) -> Change:
    """The change that gives each its new name; mentions that may mean something else are only offered.

    ``moved`` is that of ``refactoring.move``; the moves are no part of the change.
    """
    names = list(names)
    edits: dict[str, tuple[Edit, ...]] = {}
    offered: dict[str, tuple[Edit, ...]] = {}
    for file in files:
        certain = set(move.link_edits(view, file, moved))
        for found, new in names:
            certain.update(_name_edits(view, file, found, new))
        if certain:
            edits[file.path] = _in_order(certain)
        taken = [edit.span for edit in certain]
        in_prose = {edit for found, new in names for edit in _prose_edits(view, file, found, new, taken)}
        if in_prose:
            offered[file.path] = _in_order(in_prose)
    return Change(edits, needs_confirmation=offered)


def _in_order(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    return tuple(sorted(edits, key=lambda edit: edit.span))


def _name_edits(view: View, file: File | OtherFile, found: Renaming, new: str) -> Iterator[Edit]:
    """The places that say the name because they mean it: its own, and the references."""
    if found.definition.kind == "server":
        yield from mcp_names.entries(file, found.symbol.definitions, new)
    else:
        own = file.document.field("name") if isinstance(file, File) else None
        is_itself = isinstance(file, File) and file.document.string("name") == found.old
        if file.path == found.definition.path and own and is_itself:
            span = own.value.inner if isinstance(own.value, Scalar) else own.value.span
            yield Edit(_exactly(file.text, span, found.old), new)
    yield from (edit for edit, is_certain in _references(view, file, found, new) if is_certain)
    if found.definition.kind == "plugin":
        yield from _in_front_of_names(file, found.definition.name, new)


def _in_front_of_names(file: File | OtherFile, old: str, new: str) -> Iterator[Edit]:
    """The plugin's name before those of what it brings along: ``plugin:agent``."""
    for reference in file.references:
        if reference.kind in ("agent", "skill") and reference.name.startswith(f"{old}:"):
            start = _exactly(file.text, reference.span, reference.name).start
            yield Edit(Span(start, start + len(old)), new)


def _references(view: View, file: File | OtherFile, found: Renaming, new: str) -> Iterator[tuple[Edit, bool]]:
    """The names in front matter and settings, and whether each of them can mean nothing else."""
    here = view.within(file.resolution_context)
    for reference in symbols.references_to(view, file, found.symbol):
        if edit := _edit(file, reference, found, new):
            # What settings allow or forbid holds for each agent of a name, wherever they are.
            is_settings = not isinstance(file, File) or not file.dialect.defines
            is_rule = is_settings and reference.kind in RIVALS
            of_all = here.lookup(reference.kind, reference.name) if is_rule else ()
            meant = {d.path for d in (*here.resolve(reference.kind, reference.name), *of_all)}
            yield edit, meant <= {d.path for d in found.symbol.definitions}


def _edit(file: File | OtherFile, reference: Reference, found: Renaming, new: str) -> Edit | None:
    if found.definition.kind == "server":
        return mcp_names.edit(file, reference, found.definition.name, new)
    if reference.kind in FILE_KINDS:
        return None
    written = reference.name.removesuffix(last_part(reference.name)) + new
    return Edit(_exactly(file.text, reference.span, reference.name), written)


def _exactly(text: Text, span: Span, name: str) -> Span:
    """The name itself within a value that may have an indicator of a block, or blanks, around it."""
    start = text.source.rfind(name, span.start, span.end)
    return Span(start, start + len(name)) if start >= 0 else span


def _prose_edits(
    view: View, file: File | OtherFile, found: Renaming, new: str, taken: Collection[Span]
) -> Iterator[Edit]:
    """Where prose may mean it, or a name that means another one, too; what stands in code is an example."""
    yield from (edit for edit, is_certain in _references(view, file, found, new) if not is_certain)
    here, is_server = view.within(file.resolution_context), found.definition.kind == "server"
    may_mean = isinstance(file, File) and (is_server or file.dialect.defines)
    if not may_mean or not any(map(here.is_in_scope, found.symbol.definitions)):
        return
    if is_server and not {*here.resolve("server", found.definition.name)} & {*found.symbol.definitions}:
        # An agent may bring along one of that name itself.
        return
    for span, written in _prose_places(file, found, new):
        is_example = isinstance(file, File) and symbols.is_code(file, span)
        if not is_example and not any(span.start in other for other in taken):
            yield Edit(span, written)


def _prose_places(file: File | OtherFile, found: Renaming, new: str) -> Iterator[tuple[Span, str]]:
    """The name between backticks, ``/name`` of a skill, ``@name`` of an agent, a tool of a server."""
    kind, source = found.definition.kind, file.text.source
    if kind == "server":
        tools = mcp_names.tools_of(file)
        name, new = tools.servers.spelt(found.definition.name), tools.servers.spelt(new)
        if (around := mcp_names.around(tools)) is None:
            return
        before, after = around
    else:
        name, prefix = found.old, f"(?:{re.escape(found.prefix)})?"
        said = rf"(?<![\w/.~@:-]){_SIGNS[kind]}{prefix}"
        before, after = rf"(?:{said}|(?P<quoted>(?<!`)`{prefix}))", r"(?(quoted)`(?!`)|(?![\w/:-]|\.\w))"
    pattern = re.compile(f"{before}(?P<name>{re.escape(name)}){after}")
    # The name itself is found at once; what stands before it is no longer than this.
    reach = len(found.prefix) + len("@agent-") + 1
    start = source.find(name)
    while start >= 0:
        for match in pattern.finditer(source, max(0, start - reach), start + len(name) + 2):
            if match.start("name") == start:
                yield Span(*match.span("name")), new
        start = source.find(name, start + 1)
