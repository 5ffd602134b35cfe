"""``agentls explain``: a rule's documentation in the terminal, or one line about each rule."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from agentls import checking, documentation
from agentls.cli import paint
from agentls.nearest import nearest

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from agentls.cli.paint import Paint

_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
_HEADING = re.compile(r"#{1,6} +(.*)")
_CODE = re.compile(r"(`+)(.+?)\1")
UNKNOWN = 2


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
    page = documentation.page(arguments.rule)
    for line in _rendered(page, chosen) if chosen.codes else page.rstrip("\n").split("\n"):
        print(line)
    return 0


def _table(chosen: Paint) -> Iterator[str]:
    rules = checking.rules()
    longest = max(map(len, rules))
    for code, rule in sorted(rules.items()):
        yield f"{chosen('code', code)}{' ' * (longest - len(code))}  {rule.title}"


def _rendered(markdown: str, chosen: Paint) -> Iterator[str]:
    """Markdown for the eye: bold headings, indented examples, no marks."""
    fence = ""
    for line in markdown.rstrip("\n").split("\n"):
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence):
                fence = ""
            else:
                yield f"    {line}".rstrip()
        elif mark:
            fence = mark[1]
        elif heading := _HEADING.fullmatch(line):
            yield chosen("strong", heading[1])
        else:
            yield _CODE.sub(lambda match: chosen("code", match[2]), line)
