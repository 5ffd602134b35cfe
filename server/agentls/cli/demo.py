"""``agentls demo``: the server at work on a small workspace with damaged files, printed as a story."""

from __future__ import annotations

import difflib
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agentls import paths
from agentls.cli import paint
from agentls.cli.cells import visible
from agentls.cli.client import Client, ServerError
from agentls.cli.editor import Editor
from agentls.cli.listing import Page, entry, number
from agentls.cli.places import shown

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from agentls.cli.editor import Document

_WORKSPACE = Path(__file__).parent / "workspace"
_DAMAGED = ("api-designer", "refactorer", "release-notes", "deployer", "tester")
_HEALTHY = "lead"
_LONGEST_LIST = 6
_LABEL = 24


def run(arguments: argparse.Namespace) -> int:
    """Tell the story; 1 when the server fails."""
    with tempfile.TemporaryDirectory(prefix="agentls-demo-", ignore_cleanup_errors=True) as temporary:
        folder = os.path.join(os.path.realpath(temporary), "project")
        home = os.path.join(os.path.realpath(temporary), "home")
        _lay_out(folder)
        os.makedirs(home)
        columns = paint.columns()
        page = Page(
            paint.choose(arguments.color, sys.stdout),
            columns,
            folder,
            wraps=columns if sys.stdout.isatty() else 0,
        )
        # The reader's own agents and skills stay out of it.
        environment = {
            **os.environ,
            "HOME": home,
            "USERPROFILE": home,
            "CLAUDE_CONFIG_DIR": os.path.join(home, ".claude"),
        }
        try:
            with Client([sys.executable, "-P", "-m", "agentls"], folder, environment) as client:
                for line in _story(Editor(client, folder), page):
                    print(line)
        except (ServerError, OSError) as error:
            if isinstance(error, BrokenPipeError):
                raise
            sys.stdout.flush()
            print(f"agentls: the demo failed: {error}", file=sys.stderr)
            return 1
    return 0


def _lay_out(folder: str) -> None:
    """Copy the packaged workspace; its dot folders are without dots in the package."""
    for source in sorted(path for path in _WORKSPACE.rglob("*") if path.is_file()):
        inside = source.relative_to(_WORKSPACE).as_posix()
        target = os.path.join(folder, ".mcp.json" if inside == "mcp.json" else f".claude/{inside}")
        os.makedirs(os.path.dirname(target), exist_ok=True)
        shutil.copyfile(source, target)


def _story(editor: Editor, page: Page) -> Iterator[str]:
    agents = {name: _open(editor, page, name) for name in (*_DAMAGED, _HEALTHY)}
    damaged = [agents[name] for name in _DAMAGED]
    lead = agents[_HEALTHY]
    before = {document.uri: document.text.source for document in damaged}
    yield f"A project with {len(agents)} agents, three skills and an MCP server, and the real server at work."
    yield from _findings(editor, damaged, lead, page)
    yield from _completions(editor, lead, page)
    yield from _hovers(editor, lead, page)
    yield from _definitions(editor, lead, page)
    yield from _repairs(editor, damaged, before, page)
    yield page.paint("strong", "Next: run `agentls check` in a project of yours; it changes nothing.")
    yield page.paint("strong", "Then set up your editor: it starts `agentls --stdio` for Markdown files.")


def _open(editor: Editor, page: Page, name: str) -> Document:
    path = os.path.join(page.folder, ".claude", "agents", f"{name}.md")
    return editor.open(path, Path(path).read_bytes().decode("utf-8"))


def _heading(title: str, page: Page) -> Iterator[str]:
    yield ""
    yield page.paint("heading", title)
    yield page.paint("faint", "=" * len(title))
    yield ""


def _findings(editor: Editor, damaged: list[Document], healthy: Document, page: Page) -> Iterator[str]:
    yield from _heading("What an editor underlines", page)
    found = editor.settled_findings(damaged)
    for document in damaged:
        for finding in found[document.uri]:
            yield from entry(document.path, document.text, finding, page)
            yield ""
    count = number(len(editor.findings(healthy)), "finding", "findings")
    yield f"{shown(healthy.path, page.folder)}: {count}"


def _completions(editor: Editor, document: Document, page: Page) -> Iterator[str]:
    yield from _heading("What it offers while you type", page)
    source = document.text.source
    for before, typed in (("mcp__tickets__search", ", "), ("skills: code-review", ", ")):
        offset = source.index(before) + len(before)
        editor.change(document, source[:offset] + typed + source[offset:])
        offset += len(typed)
        items = editor.ask("textDocument/completion", document, offset)["items"]
        yield from _cursor(document, offset, page)
        for item in items[:_LONGEST_LIST]:
            label = f"{visible(item['label']):{_LABEL}}"
            detail = _cut(item.get("detail"), page.columns - _LABEL - 10)
            yield f"       {page.paint('code', label)} {detail}".rstrip()
        if len(items) > _LONGEST_LIST:
            yield f"       ... and {len(items) - _LONGEST_LIST} more"
        yield ""
        editor.change(document, source)


def _cursor(document: Document, offset: int, page: Page) -> Iterator[str]:
    """The line that holds the cursor, and the cursor."""
    line, column = document.text.position(offset)
    span = document.text.line_span(line)
    yield page.paint("faint", f"{shown(document.path, page.folder)}:{line + 1}:{column + 1}:")
    yield f"{page.paint('faint', f'{line + 1:>4} |')} {visible(document.text.slice(span))}"
    yield f"{page.paint('faint', '     |')} {' ' * column}{page.paint('code', '^')}"


def _cut(text: str | None, room: int) -> str:
    line = visible(text or "")
    return line if len(line) <= room else f"{line[: room - 1]}…"


def _hovers(editor: Editor, document: Document, page: Page) -> Iterator[str]:
    yield from _heading("What it says about the word under the cursor", page)
    for word in ("name", "tester"):
        offset = document.text.source.index(word) + 1
        yield from _cursor(document, offset, page)
        hover = editor.ask("textDocument/hover", document, offset)
        for line in hover["contents"]["value"].replace(page.folder + os.sep, "").split("\n"):
            yield f"       {visible(line)}".rstrip()
        yield ""


def _definitions(editor: Editor, document: Document, page: Page) -> Iterator[str]:
    yield from _heading("Where a name leads", page)
    for word in ("tester", "mcp__tickets__search", "code-review"):
        offset = document.text.source.index(word) + 1
        for target in editor.ask("textDocument/definition", document, offset):
            yield f"  {page.paint('code', f'{word:{_LABEL}}')} {_place(target, page)}"


def _place(target: dict[str, Any], page: Page) -> str:
    path = paths.from_uri(target["uri"]) or target["uri"]
    start = target["range"]["start"]
    return f"{shown(path, page.folder)}:{start['line'] + 1}:{start['character'] + 1}"


def _repairs(editor: Editor, damaged: list[Document], before: dict[str, str], page: Page) -> Iterator[str]:
    yield from _heading("What it repairs", page)
    left = 0
    for document in damaged:
        done = editor.repair(document)
        yield from _difference(document, before[document.uri], page)
        yield f"  done: {'; '.join(dict.fromkeys(visible(title) for title in done)) or 'nothing'}"
        for finding in editor.findings(document):
            left += 1
            yield f"  left for you: {page.paint(finding.severity.word, finding.rule)}"
        yield ""


def _difference(document: Document, before: str, page: Page) -> Iterator[str]:
    name = shown(document.path, page.folder)
    lines = difflib.unified_diff(
        before.split("\n"), document.text.source.split("\n"), name, name, n=0, lineterm=""
    )
    styles = {"+": "added", "-": "removed", "@": "faint"}
    yield page.paint("strong", name)
    for line in list(lines)[2:]:
        if not line.startswith("@"):
            yield f"  {page.paint(styles[line[0]], visible(line))}"
