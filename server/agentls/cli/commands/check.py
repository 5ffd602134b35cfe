"""``agentls check``: what is wrong with the files of a folder, for the terminal and for CI."""

from __future__ import annotations

import os
import sys
from functools import partial
from typing import TYPE_CHECKING

from agentls import batch, disk, products
from agentls.cli import inputs
from agentls.cli.output import finding_formats, paint
from agentls.cli.output.cells import escape_controls
from agentls.cli.output.listing import OutputPage, Tally, by_rule, listing, number, summary
from agentls.cli.output.places import display_path
from agentls.cli.output.printing import print_command, print_error, print_line
from agentls.cli.output.progress_line import ProgressLine
from agentls.findings import Severity
from agentls.system import log

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator

    from agentls.batch import Batch, Report

CLEAN, FINDINGS, UNUSABLE = 0, 1, 2
FORMATS = {"text": listing, "json": finding_formats.as_json, "github": finding_formats.as_github}


def run(arguments: argparse.Namespace) -> int:
    """The exit code: 0 when nothing is at warning or above, 1 when something is, 2 for an unreadable path."""
    log.start_plainly(escape_controls)
    try:
        folder = os.getcwd()
    except OSError as error:
        print_error(f"cannot read the current folder: {error.strerror}")
        return UNUSABLE
    named, buffers = inputs.read(arguments)
    progress = ProgressLine()
    remember = None if arguments.no_cache else disk.load_cache
    found, reports = _checked(partial(batch.read, named, buffers=buffers, progress=progress), remember)
    progress.clear()
    page = _page(arguments.color, folder)
    inputs.report(found, folder)
    tally = Tally()
    show = print_command if arguments.format == "github" else partial(print_line, chosen=page.paint)
    for line in FORMATS[arguments.format](tally.count(reports), page):
        show(line)
    batch.store(found)
    ending = print_error if arguments.format != "text" else show
    if arguments.format == "text" or not found.sources:
        for line in _ending(found, tally, named, page):
            ending(line)
    if found.unreadable or found.complaints:
        return UNUSABLE
    return FINDINGS if any(s <= Severity.WARNING for s in tally.by_severity) else CLEAN


def _checked(
    read: Callable[..., Batch], remember: Callable[[str], bytes | None] | None
) -> tuple[Batch, Iterable[Report]]:
    """What was read and found; whatever is remembered, it changes no more than the time that takes."""
    try:
        found = read(remember=remember)
        # What is remembered is soon looked through, and nothing is said before all of it holds.
        return found, list(batch.check(found)) if found.cache.entries else batch.check(found)
    except Exception:
        if remember is None:
            raise
    found = read(remember=lambda _: None)
    return found, batch.check(found)


def _page(color: str, folder: str) -> OutputPage:
    columns = paint.columns()
    wraps = columns if sys.stdout.isatty() else 0
    return OutputPage(paint.choose(color, sys.stdout), columns, folder, wraps)


def _ending(found: Batch, tally: Tally, named: list[str], page: OutputPage) -> Iterator[str]:
    if not tally.files:
        unread = {unreadable.path for unreadable in found.unreadable}
        searched = [path for path in map(os.path.abspath, filter(None, named)) if path not in unread]
        searched = [escape_controls(display_path(path, page.folder)) for path in searched]
        if not searched and found.unreadable:
            return
        yield f"No agent file found in {', '.join(searched) or 'standard input'}."
        yield f"Searched {', '.join(_folders())}, plugins, and files that look like an agent."
        return
    strangers = len(found.unrecognized)
    others = f"; {number(strangers, 'other file', 'other files')} of no known kind" if strangers else ""
    missed = len(found.unreadable)
    missing = f"; {number(missed, 'path', 'paths')} could not be read" if missed else ""
    if counted := by_rule(tally):
        yield counted
    yield page.paint("strong", f"{summary(tally)}{others}{missing}")


def _folders() -> list[str]:
    """The folders of the products, such as ``.claude``; README lists what they read there."""
    places = [place for dialect in products.load().dialects.values() for place in dialect.files]
    globs = [place.glob.removeprefix("**/") for place in places if place.scope == "project"]
    return sorted({glob.partition("/")[0] for glob in globs})
