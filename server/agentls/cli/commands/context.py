"""``agentls context``: which instructions apply to a file, or at the start of a session."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from agentls import batch, disk
from agentls.cli import inputs
from agentls.cli.output import paint
from agentls.cli.output.markdown import render
from agentls.cli.output.printing import print_error, print_line
from agentls.explain import context_page
from agentls.outcome import instructions
from agentls.products import load
from agentls.semantics.file import read_file
from agentls.semantics.resolution import ResolutionContext
from agentls.text.similar_words import closest, did_you_mean
from agentls.workspace import View

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from agentls.batch import Batch
    from agentls.semantics.file import File

UNKNOWN = 2


def run(arguments: argparse.Namespace) -> int:
    """The exit code: 2 for a file that is not there, and for a product that nobody knows."""
    products = sorted({dialect.product for dialect in load().dialects.values()})
    by_name = {product.lower(): product for product in products}
    product = by_name.get((arguments.product or "").lower(), "")
    if arguments.product and not product:
        hint = did_you_mean(closest(arguments.product, products))
        print_error(f"unknown product {arguments.product!a}.{hint}")
        return UNKNOWN
    target = os.path.abspath(arguments.file) if arguments.file else ""
    if target and not disk.paths_exist([target])[target]:
        print_error(f"{arguments.file}: no such file")
        return UNKNOWN
    start = os.getcwd()
    if target and not target.startswith(start + os.sep):
        start = os.path.dirname(target)
    found = batch.read([disk.repository_around(start)])
    inputs.report(found, os.getcwd())
    files = list(_files(found))
    view = View(found.workspace)
    page = batch.with_paths(view, lambda: context_page.context(view, files, start, target, product))
    chosen = paint.choose(arguments.color, sys.stdout)
    is_shown = sys.stdout.isatty() or chosen.codes
    lines = render(page, chosen, paint.columns()) if is_shown else iter(page.rstrip("\n").split("\n"))
    for line in lines:
        print_line(line, chosen)
    return 0


def _files(found: Batch) -> Iterator[File]:
    """All instructions, those of the user and of the folders above included."""
    read = {file.path: file for file in found.files}
    everywhere = View(found.workspace).within(ResolutionContext())
    for path in dict.fromkeys(d.path for kind in instructions.KINDS for d in everywhere.all(kind)):
        content = None if path in read else disk.file_content(path)
        file = read.get(path)
        if content:
            file = read_file(path, content.source, found.surroundings, content.origin)
        if file:
            yield file
