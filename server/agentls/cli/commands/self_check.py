"""``agentls self-check``: whether what is installed is complete and works, for reports of problems."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from importlib import metadata
from typing import TYPE_CHECKING, NamedTuple

from agentls import __version__
from agentls.cli.demo.client import DemoClient, ServerError
from agentls.cli.output.printing import print_line
from agentls.linter import engine, rule_pages
from agentls.products import SCHEMAS, load
from agentls.products.identification import Surroundings
from agentls.semantics.file import read_file
from agentls.system.own_command import is_frozen, own_command
from agentls.workspace import Context, View, Workspace

if TYPE_CHECKING:
    import argparse

WORKS, BROKEN = 0, 1
_LIBRARIES = ("pygls", "lsprotocol", "PyYAML", "jsonschema", "python-frontmatter")
_AGENT = "---\nname: reviewer\ndescription: Reviews code\ntools: Read, Gerp\n---\n\nRead the tests first.\n"
_EXPECTED = ["unknown-tool"]


class CheckedPart(NamedTuple):
    """One thing that was tried: what, and what is wrong with it; empty if nothing is."""

    name: str
    problem: str


def run(_arguments: argparse.Namespace) -> int:
    """The exit code: 1 when something does not work."""
    kind = "executable" if is_frozen() else "package"
    print_line(f"agentls {__version__}, {kind} in {os.path.dirname(SCHEMAS)}")
    print_line(f"Python {platform.python_version()} in {sys.executable}, {platform.platform(terse=True)}")
    print_line(", ".join(f"{name} {_version(name)}" for name in _LIBRARIES))
    parts = [_products(), _pages(), _check(), _server()]
    for part in parts:
        print_line(f"failed  {part.name}: {part.problem}" if part.problem else f"ok      {part.name}")
    return BROKEN if any(part.problem for part in parts) else WORKS


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "of no known version"


def _products() -> CheckedPart:
    dialects = load().dialects.values()
    products = len({dialect.product for dialect in dialects})
    name = f"{len(dialects)} kinds of files of {products} products"
    # Of plain instructions a product only says where it looks for them.
    lost = [dialect.name for dialect in dialects if not dialect.effects and not dialect.files]
    return CheckedPart(name, f"nothing is known of {', '.join(lost)}" if lost else "")


def _pages() -> CheckedPart:
    rules = engine.rules()
    lost = [code for code in rules if not (rule_pages.PAGES / f"{code}.md").is_file()]
    return CheckedPart(
        f"{len(rules)} rules with their pages", f"no page of {', '.join(lost)}" if lost else ""
    )


def _check() -> CheckedPart:
    """Of one agent, in memory."""
    file = read_file(os.path.abspath("/.claude/agents/reviewer.md"), _AGENT, Surroundings())
    found = [finding.rule for finding in engine.check(Context(View(Workspace()), file))] if file else []
    return CheckedPart("a check of an agent", "" if found == _EXPECTED else f"{found} found, not {_EXPECTED}")


def _server() -> CheckedPart:
    """Started as an editor does, in an empty folder."""
    name = "the language server"
    with tempfile.TemporaryDirectory(prefix="agentls-", ignore_cleanup_errors=True) as folder:
        try:
            with DemoClient([*own_command(), "--stdio"], folder, dict(os.environ)) as client:
                answer = client.request(
                    "initialize", {"processId": None, "rootUri": None, "capabilities": {}}
                )
                client.notify("initialized", {})
        except (ServerError, OSError) as error:
            return CheckedPart(name, str(error))
    version = (answer.get("serverInfo") or {}).get("version")
    return CheckedPart(name, "" if version == __version__ else f"it is of version {version}")
