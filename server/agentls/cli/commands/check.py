"""``agentls check``: what is wrong with the files of a folder, for the terminal and for CI."""

from __future__ import annotations

import os
import sys
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from agentls import batch, disk, products
from agentls.cli import baseline, inputs
from agentls.cli.output import paint
from agentls.cli.output.cells import escape_controls
from agentls.cli.output.listing import OutputPage, Tally, by_rule, number, summary
from agentls.cli.output.places import display_path
from agentls.cli.output.printing import print_command, print_error, print_line
from agentls.cli.output.progress_line import ProgressLine
from agentls.cli.output.report_formats import FORMATS, ReportFormat
from agentls.cli.output.statistics import statistics
from agentls.cli.selection import Selection
from agentls.findings import Severity
from agentls.system import log

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator

    from agentls.batch import Batch, Report

CLEAN, FINDINGS, UNUSABLE = 0, 1, 2


class _Refused(Exception):  # noqa: N818  no error of ours
    """Why nothing is checked, in words for the user."""


class _Outcome(NamedTuple):
    """What was read, what is told of it, and what counts."""

    found: Batch
    reports: Iterable[Report]
    tally: Tally


def run(arguments: argparse.Namespace) -> int:
    """The exit code: 0 when nothing is at warning or above, 1 when something is, 2 for an unreadable path."""
    log.start_plainly(escape_controls)
    try:
        folder = os.getcwd()
    except OSError as error:
        print_error(f"cannot read the current folder: {error.strerror}")
        return UNUSABLE
    shape = FORMATS[arguments.format]
    _complain_about_usage(arguments, shape)
    named, buffers = inputs.read(arguments)
    progress = ProgressLine()
    page = _page(arguments, folder)
    try:
        outcome = _outcome(
            arguments, partial(batch.read, named, buffers=buffers, progress=progress), progress.clear
        )
        inputs.report(outcome.found, folder)
        _tell(arguments, shape, outcome, page)
    except _Refused as refused:
        print_error(str(refused))
        return UNUSABLE
    batch.store(outcome.found)
    show = print_line if shape.is_for_people or arguments.output else print_error
    if show is print_line or not outcome.found.sources:
        for line in _ending(outcome, None if arguments.files_from else named, page):
            show(line)
    if outcome.found.unreadable or outcome.found.complaints:
        return UNUSABLE
    fails = any(severity <= page.fails_at for severity in outcome.tally.by_severity)
    return FINDINGS if fails and not arguments.exit_zero else CLEAN


def _complain_about_usage(arguments: argparse.Namespace, shape: ReportFormat) -> None:
    if arguments.update_baseline and not arguments.baseline:
        arguments.complain("--update-baseline needs --baseline FILE")
    if arguments.statistics and not shape.is_for_people:
        arguments.complain(f"--statistics cannot be told as {arguments.format}")
    if complaint := Selection.of(arguments.select, arguments.ignore).complaint:
        arguments.complain(complaint)


def _page(arguments: argparse.Namespace, folder: str) -> OutputPage:
    columns = paint.columns()
    wraps = columns if sys.stdout.isatty() and not arguments.output else 0
    color = "never" if arguments.output else arguments.color
    fails_at = Severity[arguments.fail_on.upper()]
    return OutputPage(paint.choose(color, sys.stdout), columns, folder, wraps, fails_at)


def _outcome(
    arguments: argparse.Namespace, read: Callable[..., Batch], clear: Callable[[], None]
) -> _Outcome:
    """What is found, without what the user does not ask for and what is known."""
    known = _known(arguments)
    selection = Selection.of(arguments.select, arguments.ignore)
    if selection.settings:
        read = partial(read, overrides=selection.settings)
    found, reports = _checked(read, None if arguments.no_cache else disk.load_cache)
    clear()
    if not selection.is_all:
        reports = (report.telling(lambda finding: selection.wants(finding.rule)) for report in reports)
    tally = Tally()
    if not arguments.baseline:
        return _Outcome(found, tally.count(reports), tally)
    folder = os.path.dirname(os.path.abspath(arguments.baseline))
    if arguments.update_baseline:
        reports = list(reports)
        data = baseline.updated(reports, known, folder, selection.wants)
        _write(arguments.baseline, data)
        known = baseline.parse(data)
    return _Outcome(found, tally.count(_new(reports, known, folder, tally)), tally)


def _known(arguments: argparse.Namespace) -> frozenset[baseline.KnownFinding]:
    if not arguments.baseline:
        return frozenset()
    try:
        return baseline.read(arguments.baseline, may_be_new=arguments.update_baseline)
    except baseline.UnusableBaselineError as error:
        raise _Refused(f"cannot use the baseline {arguments.baseline}: {error}") from None


def _new(
    reports: Iterable[Report], known: frozenset[baseline.KnownFinding], folder: str, tally: Tally
) -> Iterator[Report]:
    for report in reports:
        new = baseline.without_known(report, known, folder)
        tally.known += len(report.findings) - len(new.findings)
        yield new


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


def _tell(arguments: argparse.Namespace, shape: ReportFormat, outcome: _Outcome, page: OutputPage) -> None:
    """The report, on standard output or in a file."""
    if arguments.statistics:
        for _ in outcome.reports:
            pass
        lines = statistics(outcome.tally, page)
    else:
        lines = shape.lines(outcome.reports, page)
    if arguments.output:
        show = escape_controls if shape.is_for_people else str
        text = "".join(f"{show(line)}\n" for line in lines)
        _write(arguments.output, text.encode("utf-8", "backslashreplace"))
        return
    # What acts on a CI job is to act on it.
    acts = arguments.format == "github"
    for line in lines:
        if acts:
            print_command(line)
        else:
            print_line(line, page.paint)


def _write(path: str, data: bytes) -> None:
    try:
        disk.write(path, data)
    except OSError as error:
        raise _Refused(f"cannot write {path}: {error.strerror or error}") from None


def _ending(outcome: _Outcome, named: list[str] | None, page: OutputPage) -> Iterator[str]:
    """A summary; where nothing was found in what is ``named``, the places that were searched."""
    found, tally = outcome.found, outcome.tally
    if not tally.files and named is not None:
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
