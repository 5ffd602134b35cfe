"""``agentls demo``: starts the server on a small project with mistakes and prints its answers as a tour.

Everything printed comes from the server; only the order and the layout are made here.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from agentls.cli.demo import scenes
from agentls.cli.demo.client import DemoClient, ServerError
from agentls.cli.demo.editor import Editor
from agentls.cli.output import paint
from agentls.cli.output.listing import OutputPage, number
from agentls.system.own_command import own_command

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from agentls.cli.demo.editor import EditorDocument

_WORKSPACE = Path(__file__).parents[1] / "demo" / "workspace"
_DAMAGED = ("api-designer", "refactorer", "release-notes", "deployer", "tester")
_HEALTHY = "lead"
# A tour is read, not searched: its lines stay short however wide the terminal is.
_WIDEST = 96


def run(arguments: argparse.Namespace) -> int:
    """Print the tour; 1 when the server fails."""
    with tempfile.TemporaryDirectory(prefix="agentls-demo-", ignore_cleanup_errors=True) as temporary:
        folder = os.path.join(os.path.realpath(temporary), "project")
        home = os.path.join(os.path.realpath(temporary), "home")
        _lay_out(folder)
        os.makedirs(home)
        columns = min(paint.columns(), _WIDEST)
        page = OutputPage(paint.choose(arguments.color, sys.stdout), columns, folder, wraps=columns)
        # The reader's own agents and skills stay out of it.
        environment = {
            **os.environ,
            "HOME": home,
            "USERPROFILE": home,
            "CLAUDE_CONFIG_DIR": os.path.join(home, ".claude"),
        }
        try:
            with DemoClient(own_command(), folder, environment) as client:
                for line in _story(Editor(client, folder), page):
                    print(line)
        except ServerError as error:
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


def _story(editor: Editor, page: OutputPage) -> Iterator[str]:
    agents = {name: _open(editor, page, name) for name in (*_DAMAGED, _HEALTHY)}
    damaged = [agents[name] for name in _DAMAGED]
    lead, refactorer = agents[_HEALTHY], agents["refactorer"]
    yield f"A project with {len(agents)} agents, 3 skills and an MCP server, opened without an editor window."
    yield "This is the same language server that your editor starts; these are its answers."
    yield ""
    yield from _heading("Diagnostics", page)
    yield from scenes.findings(editor, damaged, page)
    count = number(len(editor.findings(lead)), "finding", "findings")
    yield f"{scenes.path(lead, page)}: {count}"
    yield ""
    yield from _heading("Completion", page)
    yield from scenes.completion(editor, lead, "mcp__tickets__search", ", ", page)
    yield from scenes.completion(editor, lead, "skills: code-review", ", ", page)
    yield from _heading("Hover", page)
    yield from scenes.hover(editor, refactorer, "refactorer", page)
    yield from scenes.hover(editor, lead, "tester", page)
    yield from _heading("Go to definition", page)
    for name in ("tester", "mcp__tickets__search", "code-review"):
        yield from scenes.definition(editor, lead, name, page)
    yield ""
    yield from _heading("Quick fixes", page)
    for document in damaged:
        yield from scenes.repair(editor, document, page)
    left = sum(len(editor.findings(document)) for document in agents.values())
    yield f"{number(left, 'finding is', 'findings are') if left else 'Nothing is'} left to fix."
    yield ""
    yield from _heading("Next steps", page)
    yield "Run `agentls check` in one of your projects; it changes nothing."
    yield "`agentls fix --diff` shows the safe fixes as a diff, `agentls fix` applies them."
    yield "Then set up your editor to start `agentls --stdio` for Markdown files."


def _open(editor: Editor, page: OutputPage, name: str) -> EditorDocument:
    path = os.path.join(page.folder, ".claude", "agents", f"{name}.md")
    return editor.open(path, Path(path).read_bytes().decode("utf-8"))


def _heading(title: str, page: OutputPage) -> Iterator[str]:
    rule = "─" * (page.columns - len(title) - len("──  "))
    yield f"{page.paint('faint', '──')} {page.paint('strong', title)} {page.paint('faint', rule)}"
    yield ""
