"""``agentls explain``: a rule's documentation in the terminal, or one line about each rule."""

from __future__ import annotations

import sys
import textwrap
from typing import TYPE_CHECKING

from agentls import checking, documentation
from agentls.cli import paint
from agentls.cli.markdown import rendered
from agentls.nearest import nearest

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from agentls.cli.paint import Paint

UNKNOWN = 2
# Titles beside the names, even where that is wider than the terminal.
_NARROWEST = 20


def run(arguments: argparse.Namespace) -> int:
    """The exit code: 2 for a rule that does not exist."""
    chosen = paint.choose(arguments.color, sys.stdout)
    rules = checking.rules()
    if arguments.rule is None:
        for line in _table(chosen):
            print(line)
        return 0
    if arguments.rule not in rules:
        meant = nearest(arguments.rule, rules)
        guess = f"; did you mean {meant}?" if meant else ""
        print(f"agentls: there is no rule {arguments.rule!a}{guess}", file=sys.stderr)
        print("`agentls explain` lists all of them.", file=sys.stderr)
        return UNKNOWN
    page = documentation.page(rules[arguments.rule])
    # Another program gets the Markdown as it is, unless colour says that a reader comes behind it.
    is_read = sys.stdout.isatty() or chosen.codes
    for line in rendered(page, chosen, paint.columns()) if is_read else page.rstrip("\n").split("\n"):
        print(line)
    return 0


def _table(chosen: Paint) -> Iterator[str]:
    rules = checking.rules()
    indent = " " * (max(map(len, rules)) + 2)
    columns = paint.columns() if sys.stdout.isatty() else 0
    for code, rule in sorted(rules.items()):
        lines = textwrap.wrap(rule.title, max(columns - len(indent), _NARROWEST)) if columns else [rule.title]
        yield f"{chosen('code', code)}{indent[len(code) :]}{lines[0]}"
        yield from (f"{indent}{line}" for line in lines[1:])
