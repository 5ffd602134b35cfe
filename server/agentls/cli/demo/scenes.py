"""The scenes of the demo: one question to the server each, and its answer as an editor would show it."""

from __future__ import annotations

import difflib
import os
import textwrap
from typing import TYPE_CHECKING, Any

from agentls.cli.output.cells import escape_controls
from agentls.cli.output.listing import entry
from agentls.cli.output.places import display_path
from agentls.system import paths

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agentls.cli.demo.editor import Editor, EditorDocument
    from agentls.cli.output.listing import OutputPage

_LONGEST_LIST = 5
_LABEL = 22
# Where the text of a source line begins, behind its number.
_INDENT = " " * len("   1 | ")
_STYLES = {"+": "added", "-": "removed"}


def path(document: EditorDocument, page: OutputPage) -> str:
    return display_path(document.path, page.folder)


def findings(editor: Editor, documents: Iterable[EditorDocument], page: OutputPage) -> Iterator[str]:
    """What is wrong with the documents, each finding with an empty line behind it."""
    documents = list(documents)
    found = editor.settled_findings(documents)
    for document in documents:
        for finding in found[document.uri]:
            yield from entry(document.path, document.text, finding, page)
            yield ""


def completion(
    editor: Editor, document: EditorDocument, before: str, typed: str, page: OutputPage
) -> Iterator[str]:
    """The first names on offer when ``typed`` follows ``before``; it is taken back afterwards."""
    source = document.text.source
    offset = source.index(before) + len(before)
    editor.change(document, source[:offset] + typed + source[offset:])
    offset += len(typed)
    items = editor.ask("textDocument/completion", document, offset)["items"]
    yield from _cursor(document, offset, page)
    room = page.columns - len(_INDENT) - _LABEL - 1
    for item in items[:_LONGEST_LIST]:
        label = page.paint("code", f"{escape_controls(item['label']):{_LABEL}}")
        detail = textwrap.shorten(escape_controls(item.get("detail") or ""), room, placeholder=" …")
        yield f"{_INDENT}{label} {detail}".rstrip()
    if len(items) > _LONGEST_LIST:
        yield f"{_INDENT}{page.paint('faint', f'and {len(items) - _LONGEST_LIST} more')}"
    yield ""
    editor.change(document, source)


def hover(editor: Editor, document: EditorDocument, word: str, page: OutputPage) -> Iterator[str]:
    """What is said about the first occurrence of a word."""
    offset = document.text.source.index(word)
    yield from _cursor(document, offset, page)
    answer = editor.ask("textDocument/hover", document, offset)
    text = answer["contents"]["value"].replace(page.folder + os.sep, "")
    for line in filter(str.strip, text.split("\n")):
        yield from textwrap.wrap(
            escape_controls(line),
            page.columns,
            initial_indent=_INDENT,
            subsequent_indent=f"{_INDENT}  " if line.startswith("- ") else _INDENT,
            break_on_hyphens=False,
        )
    yield ""


def definition(editor: Editor, document: EditorDocument, word: str, page: OutputPage) -> Iterator[str]:
    """Where the first occurrence of a word leads."""
    offset = document.text.source.index(word)
    for target in editor.ask("textDocument/definition", document, offset):
        yield f"{page.paint('code', f'{word:{_LABEL}}')} {_place(target, page)}"


def repair(editor: Editor, document: EditorDocument, page: OutputPage) -> Iterator[str]:
    """Repair what has an obvious repair; the lines that change, and by which actions."""
    before = document.text.source
    done = dict.fromkeys(escape_controls(title) for title in editor.repair(document))
    yield page.paint("strong", path(document, page))
    lines = difflib.unified_diff(before.split("\n"), document.text.source.split("\n"), n=0, lineterm="")
    for line in list(lines)[2:]:
        if not line.startswith("@"):
            yield f"  {page.paint(_STYLES[line[0]], f'{line[0]} {escape_controls(line[1:])}')}"
    yield f"  {page.paint('faint', 'by:')} {'; '.join(done) or 'nothing'}"
    yield ""


def _cursor(document: EditorDocument, offset: int, page: OutputPage) -> Iterator[str]:
    """The line that holds the cursor, and the cursor."""
    line, column = document.text.position(offset)
    text = document.text.slice(document.text.line_span(line))
    yield page.paint("strong", f"{path(document, page)}:{line + 1}:{column + 1}")
    yield f"{page.paint('faint', f'{line + 1:>4} |')} {escape_controls(text)}".rstrip()
    indent = " " * len(escape_controls(text[:column]))
    yield f"{page.paint('faint', '     |')} {indent}{page.paint('code', '^')}"


def _place(target: dict[str, Any], page: OutputPage) -> str:
    start = target["range"]["start"]
    where = display_path(paths.from_uri(target["uri"]) or target["uri"], page.folder)
    return f"{where}:{start['line'] + 1}:{start['character'] + 1}"
