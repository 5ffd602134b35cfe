"""Which other files a file points to, sure and unsure: links, paths, ``@paths``, programs of hooks.

What is no link and not explicitly relative is a link only where there is such a file, which is not looked
up here: each link has the paths that it may mean, the likeliest first.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from agentls.products.plugins import manifest_in
from agentls.semantics.file_references import FILE_KINDS, resolve_path
from agentls.syntax.markdown_code import block_at
from agentls.syntax.nodes import Mapping, Scalar, Sequence
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.semantics.file import File
    from agentls.semantics.file_references import Reference
    from agentls.syntax.nodes import Node
    from agentls.workspace.view import View

# One run of the characters of a path; what is one among them is looked at afterwards, so that a long run
# costs no more than its length.
_RUN = re.compile(r"@?[\w./-]+")
_LIKE_A_PATH = re.compile(r"@?(?:\.{1,2}/)*\.?\w[\w./-]*\.[A-Za-z]\w{0,4}")
_LONGEST = 300
# Behind these a path is a part of something else: an address, a variable, a home folder.
_BEFORE = frozenset(":~$}\\@")
# A quotation mark within a quoted value has a backslash before it.
_IN_COMMAND = re.compile(
    r'(?P<folder>(?:\\?")?\$\{?CLAUDE_(?:PROJECT_DIR|PLUGIN_ROOT)\}?(?:\\?")?/)?(?P<path>[\w.-][\w./-]*)'
)


class FileLink(NamedTuple):
    """``paths`` are absolute; the first that exists is meant."""

    span: Span
    paths: tuple[str, ...]


def file_links(file: File) -> list[FileLink]:
    """All of a file, in the order of the text."""
    sure = [_sure(file, reference) for reference in file.references if reference.kind in FILE_KINDS]
    taken = [link.span for link in sure]
    starts = [span.start for span in taken]
    found = (*_in_hooks(file), *_in_body(file, file.document.body))
    unsure = [link for link in found if not _overlaps(link, taken, starts)]
    return sorted((*sure, *unsure), key=lambda link: link.span)


def file_link_at(file: File, offset: int) -> FileLink | None:
    """The link under the cursor; looks at no other line of the body."""
    for reference in file.references:
        if reference.kind in FILE_KINDS and offset in reference.span:
            return _sure(file, reference)
    body, line = file.document.body, file.text.line_span(file.text.line_at(offset))
    if offset not in body:
        return next((link for link in _in_hooks(file) if offset in link.span), None)
    near = Span(max(line.start, body.start), line.end)
    return next((link for link in _in_body(file, near) if offset in link.span), None)


def target(view: View, link: FileLink) -> str | None:
    """Where it leads, as far as anybody has looked; None for nowhere."""
    # All are asked for at once, so that one look at the disk answers.
    exists = [view.exists(path) for path in link.paths]
    return next((path for path, is_there in zip(link.paths, exists, strict=True) if is_there), None)


def _sure(file: File, reference: Reference) -> FileLink:
    # Of what a field names there is one meaning.
    is_field = reference.kind == "resource"
    if not is_field:
        return FileLink(reference.span, file.targets(reference))
    path = file.target(reference)
    # Of a folder that is a plugin the manifest says what it is.
    is_plugin = file.dialect.kind == "marketplace"
    return FileLink(reference.span, (manifest_in(path), path) if is_plugin else (path,))


def _overlaps(link: FileLink, taken: list[Span], starts: list[int]) -> bool:
    before = bisect_right(starts, link.span.end) - 1
    return before >= 0 and taken[before].end > link.span.start


def _in_body(file: File, part: Span) -> Iterator[FileLink]:
    source = file.text.source
    for match in _RUN.finditer(source, part.start, part.end):
        words = match.group().rstrip(".")
        if len(words) > _LONGEST or not ("/" in words or words.startswith("@")):
            continue
        before = source[match.start() - 1 : match.start()]
        if not _LIKE_A_PATH.fullmatch(words) or before in _BEFORE or before.isalnum():
            continue
        if not block_at(file.code_blocks, match.start()):
            sign = len(words) - len(words.removeprefix("@"))
            span = Span(match.start() + sign, match.start() + len(words))
            yield FileLink(span, _candidates(file, words[sign:]))


def _candidates(file: File, words: str) -> tuple[str, ...]:
    """Seen from the file itself and from the root of its project or plugin."""
    return resolve_path(file.path, words), resolve_path(f"{file.identity.root}/-", words)


def _in_hooks(file: File) -> Iterator[FileLink]:
    """The files among the words of hooks' commands, which run in the project's root."""
    field = file.document.field("hooks")
    for command in _commands(field.value) if field else ():
        for match in _IN_COMMAND.finditer(file.text.source, command.inner.start, command.inner.end):
            words = match["path"]
            before = file.text.source[match.start() - 1 : match.start()]
            is_path = match["folder"] or (before not in _BEFORE and before != "/")
            if is_path and len(words) < _LONGEST and ("/" in words or "." in words):
                yield FileLink(Span(*match.span("path")), (resolve_path(f"{file.identity.root}/-", words),))


def _commands(node: Node) -> Iterator[Scalar]:
    """The values of ``command``, however deep; a reader bounds the depth."""
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _commands(item)
    elif isinstance(node, Mapping):
        for entry in node.entries:
            is_command = isinstance(entry.key, Scalar) and entry.key.value == "command"
            if is_command and isinstance(entry.value, Scalar):
                yield entry.value
            else:
                yield from _commands(entry.value)
