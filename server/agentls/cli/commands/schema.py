"""``agentls schema``: the JSON Schema of a kind of file, or a list of the kinds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from agentls.cli.output.printing import print_error, print_exactly, print_line
from agentls.products import load
from agentls.products.published import kinds, published
from agentls.text.similar_words import closest, did_you_mean

if TYPE_CHECKING:
    import argparse

UNKNOWN = 2


def run(arguments: argparse.Namespace) -> int:
    """The exit code: 2 for a kind that does not exist."""
    if arguments.kind is None:
        width = max(map(len, kinds()))
        for kind in kinds():
            print_line(f"{kind:{width}}  {load().dialects[kind].title}")
        return 0
    if arguments.kind not in kinds():
        guess = did_you_mean(closest(arguments.kind, kinds()))
        print_error(f"unknown kind of file {arguments.kind!a}.{guess}")
        print_error("`agentls schema` lists all of them")
        return UNKNOWN
    print_exactly(f"{json.dumps(published(arguments.kind), indent=2, ensure_ascii=False)}\n".encode())
    return 0
