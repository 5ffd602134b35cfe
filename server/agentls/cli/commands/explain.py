"""``agentls explain``: documentation of a rule, a list of all rules, or whether a file loads."""

from __future__ import annotations

import os
import re
import sys
import textwrap
from typing import TYPE_CHECKING

from agentls import batch
from agentls.cli import inputs
from agentls.cli.output import paint, source_table
from agentls.cli.output.markdown import render
from agentls.cli.output.printing import print_error, print_line
from agentls.explain import report
from agentls.linter import engine, rule_pages
from agentls.products import load
from agentls.workspace import Context, View

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from agentls.cli.output.paint import Paint
    from agentls.linter.engine import Rule

UNKNOWN = 2
# No name of a rule has one of these.
_PATH = re.compile(r"[./\\]")
# Titles beside the names, even where that is wider than the terminal.
_NARROWEST = 20


def run(arguments: argparse.Namespace) -> int:
    """The exit code: 2 for a rule that does not exist, and for a file that nobody reads."""
    chosen = paint.choose(arguments.color, sys.stdout)
    rules, groups = engine.rules(), engine.groups()
    wanted = load().old_groups.get(arguments.rule, arguments.rule)
    if arguments.sources and wanted in (None, *rules, *groups):
        asked = groups.get(wanted, [wanted] if wanted else [])
        lines = source_table.listing(chosen, asked)
    elif arguments.sources and _PATH.search(wanted):
        print_error("--sources takes a rule or a group of rules, not a file")
        return UNKNOWN
    elif wanted is None:
        lines = _tables(groups, chosen)
    elif wanted in rules:
        lines = _page(rules[wanted], chosen)
    elif wanted in groups:
        lines = _tables([wanted], chosen)
    elif _PATH.search(wanted):
        return _file(wanted, chosen)
    else:
        print_error(engine.no_such_rule(wanted))
        print_error("`agentls explain` lists all of them")
        return UNKNOWN
    for line in lines:
        print_line(line, chosen)
    return 0


def _file(name: str, chosen: Paint) -> int:
    """Whether one file loads, and what it can do."""
    found = batch.read([name])
    inputs.report(found, os.getcwd())
    if found.unreadable:
        return UNKNOWN
    if len(found.files) > 1:
        print_error(f"{name} is a folder; name a file in it, or run `agentls check` on the folder")
        return UNKNOWN
    if not found.files:
        print_error("no product that agentls knows reads this file")
        return UNKNOWN
    (file,) = found.files
    context = Context(View(found.workspace), file)
    page = batch.with_paths(context.view, lambda: _account(context))
    for line in _shown(page, chosen):
        print_line(line, chosen)
    return 0


def _account(context: Context) -> str:
    sections = (report.readers_section(context), report.tool_access_section(context))
    return "\n\n".join(filter(None, sections)) + "\n"


def _page(rule: Rule, chosen: Paint) -> Iterator[str]:
    return _shown(rule_pages.page(rule), chosen)


def _shown(page: str, chosen: Paint) -> Iterator[str]:
    if sys.stdout.isatty() or chosen.codes:
        return render(page, chosen, paint.columns())
    # Another program gets the Markdown as it is.
    return iter(page.rstrip("\n").split("\n"))


def _tables(groups: Iterable[str], chosen: Paint) -> Iterator[str]:
    """The rules of each group, a line for each."""
    rules = engine.rules()
    indent = " " * (max(map(len, rules)) + 4)
    columns = paint.columns() if sys.stdout.isatty() else 0
    for number, group in enumerate(groups):
        if number:
            yield ""
        yield chosen("strong", group)
        for code in engine.groups()[group]:
            title = rules[code].title
            lines = textwrap.wrap(title, max(columns - len(indent), _NARROWEST)) if columns else [title]
            yield f"  {chosen('code', code)}{indent[len(code) + 2 :]}{lines[0]}"
            yield from (f"{indent}{line}" for line in lines[1:])
