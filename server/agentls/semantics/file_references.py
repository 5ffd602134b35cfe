"""What one file names, each with its place: tools, skills, agents, servers, other files.

An unknown tool, a missing skill, completion, hover, definition and links are all questions about one
reference under one span; ``at`` finds it.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from agentls.syntax import name_lists
from agentls.syntax.markdown_code import CodeSpans, block_at
from agentls.syntax.nodes import Mapping, Scalar, Sequence
from agentls.system import paths
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from agentls.products import Dialect, FieldSpec, Vocabulary
    from agentls.syntax.document import Document, Field
    from agentls.syntax.markdown_code import CodeBlock
    from agentls.syntax.name_lists import ListItem
    from agentls.syntax.nodes import Node

# Nothing here is longer; without the bounds, a line of brackets or dots would be searched again from each.
_LINK = re.compile(
    r"\[[^\[\]\n]{0,300}+\]\(\s{0,9}+<?(?P<target>[^)\s<>]{1,500}+)>?(?:\s{1,9}+[\"'][^)\n]{0,300}+)?\)"
)
# Patterns here start with a literal, so that the engine skips clean text; what may not stand before a
# match is looked at afterwards.
_REST_OF_PATH = r"[\w./-]{0,250}\w\.[A-Za-z]\w{0,4}(?![\w/*{<])"
_NO_START = r"[\w/.~$}@:\\-]"
_BEFORE_PATH = re.compile(_NO_START)
# Within a longer path nothing is searched again: of a hundred thousand `./` only the first begins one.
_PATH = re.compile(rf"\.(?:/(?<!{_NO_START}\./)|\./(?<!{_NO_START}\.\./))" + _REST_OF_PATH)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|#|/|\\")
# One word between single backticks, as authors write the names of agents and skills in prose.
_PROSE_MENTION = re.compile(r"`(?P<name>[^\W_][\w.:-]{0,255})`(?!`)")
_BEFORE_PROSE_MENTION = re.compile("`")
# A name that is called by a sign; a longer path is none, nor is an address.
_CALLED = tuple(
    re.compile(sign + r"(?P<name>[^\W_](?:[\w:-]{0,254}\w)?)(?![\w/-]|[:.]\w)")
    for sign in ("/", "@(?:agent-)?")
)
_BEFORE_CALL = re.compile(r"[\w/.~@:-]")
# What leads to a file.
FILE_KINDS = ("link", "path", "resource", "file", "import")
# The name of a server where an agent brings it along.
OWN_SERVER = "own-server"


class Reference(NamedTuple):
    """``kind``: tool, skill, agent, server, own-server, link, path, resource (a file
    that a field names), file (one that the product itself looks for, see ``text_references``) or import.

    ``name`` is what is looked up, ``span`` where it stands.
    ``field`` is the front matter field that holds it, None in the body; ``item`` the whole list entry.
    ``is_from_root``: a path that is seen from the root of the project and not from the file.
    """

    kind: str
    name: str
    span: Span
    field: Field | None = None
    item: ListItem | None = None
    is_from_root: bool = False


class CursorTarget(NamedTuple):
    """What is under a cursor; ``on_key`` tells a field's name from its value."""

    field: Field | None = None
    spec: FieldSpec | None = None
    on_key: bool = False
    reference: Reference | None = None


def references(
    document: Document, dialect: Dialect, code: Callable[[], list[CodeBlock]]
) -> Iterator[Reference]:
    """Everything a file names outside ``code``, which is only asked for where it matters, in their order."""
    for field in document.fields:
        if spec := dialect.fields.get(field.name):
            in_field = _in_field(document, field, spec, dialect.tools)
            yield from sorted(in_field, key=lambda reference: reference.span)
    yield from body_references(document, code, dialect.bundled_folders)


def _in_field(document: Document, field: Field, spec: FieldSpec, tools: Vocabulary) -> Iterator[Reference]:
    yield from _deep_in_field(field, spec)
    yield from _resources(field, spec)
    if not spec.holds:
        return
    if not spec.is_names:
        # Servers are a list in which an entry may be a server of its own; names in it are whole texts.
        for value in field.value.items if isinstance(field.value, Sequence) else (field.value,):
            if isinstance(value, Scalar) and isinstance(value.plain, str) and value.plain:
                yield Reference(spec.holds, value.value.strip(), value.inner, field)
        return
    for item in name_lists.items(document.text.source, field.value, spec.syntax):
        yield Reference(spec.holds, item.name, item.name_span, field, item)
        tool = tools.tool(item.name) if spec.holds == "tool" and item.specifier else None
        if tool and tool.argument == "agent":
            for argument in item.arguments():
                yield Reference("agent", argument.text, argument.span, field, argument)


def _deep_in_field(field: Field, spec: FieldSpec) -> Iterator[Reference]:
    """Names that stand further inside, as in the maps of a list."""
    for place in spec.names_in:
        for node in _nodes_at(field.value, place.at):
            # A pattern is no name; that of a tool may stand for all tools of a server.
            is_name = isinstance(node.plain, str) and node.plain
            if is_name and ("*" not in node.value or place.holds == "tool"):
                yield Reference(place.holds, node.value.strip(), node.inner, field)
    for node in _nodes_at(field.value, spec.brings_servers) if spec.brings_servers else ():
        yield Reference(OWN_SERVER, node.value, node.inner, field)


def _resources(field: Field, spec: FieldSpec) -> Iterator[Reference]:
    """The files that a field names, as addresses (``file://docs/x.md``) or as paths."""
    if spec.resources is None:
        return
    also = spec.resources.also
    for node in (*_nodes_at(field.value, spec.resources.at), *(_nodes_at(field.value, also) if also else ())):
        sign = next((sign for sign in spec.resources.signs if node.value.startswith(sign)), None)
        # What is escaped stands otherwise than it reads.
        if sign is not None and node.value != sign and node.inner.length == len(node.value):
            span = Span(node.inner.start + len(sign), node.inner.end)
            name = node.value[len(sign) :]
            yield Reference("resource", name, span, field, is_from_root=spec.resources.base == "root")


def _nodes_at(node: Node, path: tuple[str | tuple[str, ...], ...]) -> Iterator[Scalar]:
    """The texts that a path leads to: a key, ``*`` for every entry, ``keys`` for the keys of a map.

    A single text in place of a list is its one entry.
    """
    if not path or (path == ("*",) and isinstance(node, Scalar)):
        yield from (node,) if isinstance(node, Scalar) else ()
        return
    step, rest = path[0], path[1:]
    if isinstance(node, Sequence):
        for item in node.items if step == "*" else ():
            yield from _nodes_at(item, rest)
    elif isinstance(node, Mapping):
        for entry in node.entries:
            if step == "keys":
                for key in entry.keys:
                    yield from _nodes_at(key, rest)
            elif step == "*" or (isinstance(entry.key, Scalar) and entry.key.value == step):
                yield from _nodes_at(entry.value, rest)


def body_references(
    document: Document, code: Callable[[], list[CodeBlock]], bundled_folders: Iterable[str] = ()
) -> Iterator[Reference]:
    """Relative links, and paths that are explicitly relative or lie in a folder that skills bring along."""
    found = dict(_links_and_paths(document, [_PATH, *map(_path_in, bundled_folders)]))
    if not found:
        return
    spans, blocks = CodeSpans(document.text), code()
    for start, reference in sorted(found.items()):
        if not block_at(blocks, start) and not spans.hold(start):
            yield reference


def prose_mentions(document: Document) -> Iterator[tuple[str, Span]]:
    """The words by which prose may name agents and skills: between backticks, or behind ``/`` and ``@``.

    What stands in code blocks is among them: who needs to know looks at those few that matter.
    """
    source, body = document.text.source, document.body
    for pattern, not_before in (
        (_PROSE_MENTION, _BEFORE_PROSE_MENTION),
        *((called, _BEFORE_CALL) for called in _CALLED),
    ):
        for match in pattern.finditer(source, body.start, body.end):
            if not not_before.match(source, match.start() - 1, match.start()):
                yield match["name"], Span(*match.span("name"))


@cache
def _path_in(folder: str) -> re.Pattern[str]:
    start = re.escape(folder) + "/"
    return re.compile(f"{start}(?<!{_NO_START}{start})" + _REST_OF_PATH)


def _links_and_paths(
    document: Document, patterns: Iterable[re.Pattern[str]]
) -> Iterator[tuple[int, Reference]]:
    source, body = document.text.source, (document.body.start, document.body.end)
    links = list(_LINK.finditer(source, *body))
    for match in links:
        target = Span(*match.span("target"))
        # Written with percent signs, the name of another machine's folder is one all the same.
        if not _SCHEME.match(paths.percent_decode(match["target"])):
            yield target.start, Reference("link", match["target"], target)
    # A path in a link is the link's own, be it in its text or its target.
    starts, ends = [match.start() for match in links], [match.end() for match in links]
    for pattern in patterns:
        for match in pattern.finditer(source, *body):
            is_free = not _BEFORE_PATH.match(source, match.start() - 1, match.start())
            link = bisect_right(starts, match.start()) - 1
            is_free = is_free and not (link >= 0 and match.start() < ends[link])
            if is_free:
                yield match.start(), Reference("path", match.group(), Span(*match.span()))


def resolve_path(path: str, target: str, *, is_simple: bool = True) -> str:
    """The absolute path that a relative link in the file at ``path`` means, without fragment and query.

    Empty where it is none that may be looked at. Unless ``is_simple``, as the system walks it, through links.
    """
    target = paths.percent_decode(re.split(r"[#?]", target, maxsplit=1)[0])
    return paths.join(os.path.dirname(path), target, may_leave=True, is_simple=is_simple) or ""


def resolve_address(root: str, path: str, reference: Reference) -> str:
    """Where a reference leads that is seen from the file at ``path``; only a field may name a whole path.

    Such a path may lie in ``root``, and nowhere else.
    """
    if reference.kind == "resource" and os.path.isabs(reference.name):
        start, name = root.rstrip(os.sep) + os.sep, reference.name
        return (paths.join(root, name[len(start) :]) or "") if name.startswith(start) else ""
    return resolve_path(path, reference.name)


def target_at(document: Document, dialect: Dialect, found: Iterable[Reference], offset: int) -> CursorTarget:
    """What is under the cursor at ``offset``; ``found`` are the file's references."""
    field = document.field_at(offset)
    spec = dialect.fields.get(field.name) if field else None
    if field and offset in field.key:
        return CursorTarget(field, spec, on_key=True)
    # No two of them touch: the name in `Agent(a)` ends before the parenthesis.
    return CursorTarget(field, spec, reference=next((r for r in found if offset in r.span), None))
