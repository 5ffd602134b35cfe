"""Where the thing under the cursor is defined: the SKILL.md, the agent, the server's entry, the file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from agentls.semantics.declared_arguments import declared_argument_at
from agentls.semantics.file_references import FILE_KINDS
from agentls.system import paths
from agentls.text.source import Location
from agentls.workspace import file_links, symbols

if TYPE_CHECKING:
    from agentls.semantics.file import File, OtherFile
    from agentls.semantics.file_references import Reference
    from agentls.semantics.summary import Definition
    from agentls.text.source import Span
    from agentls.workspace import Context, View


class Target(NamedTuple):
    """``origin`` is what was pointed at, ``location`` the name's place in the file at ``path``."""

    origin: Span
    path: str
    location: Location


def definition(context: Context, offset: int) -> list[Target]:
    """The places where the name under the cursor is defined; none for anything else."""
    file, view = context.file, context.view
    if argument := declared_argument_at(file, offset):
        places = map(file.text.locate, argument.declared)
        return [Target(argument.span, file.path, place) for place in places]
    reference = file.at(offset).reference
    if reference is None or reference.kind in FILE_KINDS:
        link = file_links.file_link_at(file, offset)
        path = file_links.target(view, link) if link else None
        if link and path:
            return [Target(link.span, path, Location())]
        if reference and (found := _matching(view, file, reference)):
            return [Target(reference.span, d.path, d.location) for d in found]
        reference = symbols.prose_mention_at(context, offset)
    if reference is None:
        return []
    found = view.resolve(reference.kind, reference.name)
    return [Target(reference.span, d.path, d.location) for d in found]


def definition_elsewhere(view: View, page: OtherFile, offset: int) -> list[Target]:
    """The same in a file of no dialect: settings, or a list of servers."""
    symbol = symbols.symbol_in_other_file(view, page, offset)
    return [Target(symbol.span, d.path, d.location) for d in symbol.definitions] if symbol else []


def _matching(view: View, file: File, reference: Reference) -> tuple[Definition, ...]:
    """What is defined in the files that a pattern stands for."""
    if reference.kind != "resource" or "*" not in reference.name:
        return ()
    parts = re.split(r"(\*\*/|\*)", paths.posix(file.target(reference)))
    signs = {"**/": "(?:.*/)?", "*": "[^/]*"}
    pattern = re.compile("".join(signs.get(part) or re.escape(part) for part in parts))
    found = (d for summary in view.summaries() for d in summary.proper_definitions)
    return tuple(sorted((d for d in found if pattern.fullmatch(paths.posix(d.path))), key=lambda d: d.path))
