"""What one file names, each with its place: tools, skills, agents, servers, other files.

An unknown tool, a missing skill, completion, hover, definition and links are all questions about one
reference under one span; ``at`` finds it.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from agentls.document import Scalar
from agentls.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.catalogue import FieldSpec
    from agentls.document import Field
    from agentls.file import File
    from agentls.names import Item

_LINK = re.compile(r"\[[^\]\n]*\]\(\s*<?(?P<target>[^)\s<>]+)>?(?:\s+[\"'][^)\n]*)?\)")
_RELATIVE_PATH = re.compile(
    r"(?<![\w/.~$}@:\\(-])(?P<target>\.{1,2}/[\w./-]*\w\.[A-Za-z]\w{0,4})(?![\w/*{<])"
)
_PARENTHESISED_PATH = re.compile(r"(?<!\])\((?P<target>\.{1,2}/[\w./-]*\w\.[A-Za-z]\w{0,4})\)")
_CODE = re.compile(
    r"^(?P<fence>[ \t]*(?:`{3,}|~{3,}))[^\n]*\n(?:.*?\n)??(?:[ \t]*(?:`{3,}|~{3,})[ \t]*$|\Z)"
    r"|(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)",
    re.MULTILINE | re.DOTALL,
)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|#|/|\\")
SERVER_TOOL = re.compile(r"mcp__(?P<server>.+?)(?:__(?P<tool>.*))?")


@dataclass(frozen=True, slots=True)
class Reference:
    """``kind``: tool, skill, agent, server or path; ``name`` is what is looked up, ``span`` where it stands.

    ``field`` is the front matter field that holds it, None in the body; ``item`` the whole list entry.
    """

    kind: str
    name: str
    span: Span
    field: Field | None = None
    item: Item | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """What is under a cursor; ``on_key`` tells a field's name from its value."""

    field: Field | None = None
    spec: FieldSpec | None = None
    on_key: bool = False
    reference: Reference | None = None


def references(file: File) -> Iterator[Reference]:
    """Everything the file names, in the order of the text."""
    for field, spec in file.specified_fields:
        yield from _in_field(file, field, spec)
    yield from _in_body(file)


def _in_field(file: File, field: Field, spec: FieldSpec) -> Iterator[Reference]:
    if not spec.holds:
        return
    if not spec.is_names:
        if isinstance(field.value, Scalar) and isinstance(field.value.plain, str) and field.value.plain:
            yield Reference(spec.holds, field.value.value.strip(), field.value.inner, field)
        return
    for item in file.items(field):
        yield Reference(spec.holds, item.name, item.name_span, field, item)
        if spec.holds == "tool" and item.name in ("Agent", "Task"):
            for argument in item.arguments():
                yield Reference("agent", argument.text, argument.span, field, argument)


def _in_body(file: File) -> Iterator[Reference]:
    """Relative links and explicitly relative paths, outside code."""
    source, body = file.text.source, file.document.body
    if "./" not in source and "](" not in source:
        return
    code = [match.span() for match in _CODE.finditer(source, body.start, body.end)]
    found: dict[Span, Reference] = {}
    for pattern in (_LINK, _PARENTHESISED_PATH, _RELATIVE_PATH):
        for match in pattern.finditer(source, body.start, body.end):
            target, span = match["target"], Span(*match.span("target"))
            if _SCHEME.match(target) or any(start <= span.start < end for start, end in code):
                continue
            found.setdefault(span, Reference("path", target, span))
    yield from sorted(found.values(), key=lambda reference: reference.span)


def resolve_path(file: File, target: str) -> str:
    """The absolute path that a relative link in the file means; its fragment and query are left out."""
    target = unquote(re.split(r"[#?]", target, maxsplit=1)[0])
    return os.path.normpath(os.path.join(os.path.dirname(file.path), target))


def server_of(tool: str) -> str | None:
    """The MCP server that a tool name like ``mcp__server__tool`` belongs to."""
    match = SERVER_TOOL.fullmatch(tool)
    server = match["server"] if match else None
    return None if server in (None, "*") else server


def at(file: File, offset: int) -> Place:
    """What is under the cursor at ``offset``."""
    field = file.document.field_at(offset)
    if field is None:
        return Place(reference=next((r for r in _in_body(file) if offset in r.span), None))
    spec = file.dialect.fields.get(field.name)
    if offset in field.key:
        return Place(field, spec, on_key=True)
    found = [r for r in _in_field(file, field, spec) if offset in r.span] if spec else []
    # Of two that touch the cursor the inner one is meant: `a` in `Agent(a)`.
    return Place(field, spec, reference=min(found, key=lambda r: r.span.length, default=None))
