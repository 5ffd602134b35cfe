"""``agentls schema``: the JSON Schema of a kind of file or of what a check finds, or a list of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from agentls.cli.output.printing import print_error, print_exactly, print_line
from agentls.products import load
from agentls.products.published import REPORT, kinds, published, published_report
from agentls.text.similar_words import closest, did_you_mean

if TYPE_CHECKING:
    import argparse

UNKNOWN = 2


def run(arguments: argparse.Namespace) -> int:
    """The exit code: 2 for a kind that does not exist."""
    titles = {kind: load().dialects[kind].title for kind in kinds()}
    titles[REPORT] = "Findings of `agentls check --format json`"
    if arguments.kind is None:
        width = max(map(len, titles))
        for kind, title in titles.items():
            print_line(f"{kind:{width}}  {title}")
        return 0
    if arguments.kind not in titles:
        guess = did_you_mean(closest(arguments.kind, titles))
        print_error(f"unknown kind of file {arguments.kind!a}.{guess}")
        print_error("`agentls schema` lists all of them")
        return UNKNOWN
    schema = published_report() if arguments.kind == REPORT else published(arguments.kind)
    print_exactly(f"{json.dumps(schema, indent=2, ensure_ascii=False)}\n".encode())
    return 0
