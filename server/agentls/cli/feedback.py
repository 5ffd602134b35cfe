"""What an agent is told of the files that it has just written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentls import disk
from agentls.cli.output.cells import escape_controls
from agentls.cli.output.places import display_path
from agentls.findings import Severity
from agentls.indexing.effective_settings import SettingsOfFiles
from agentls.products import identification
from agentls.products.identification import Surroundings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agentls.batch import Report

# More than anybody mends at once; the rest is told after the next edit.
_MOST_FINDINGS = 20


def feedback(paths: Iterable[str], folder: str) -> str:
    """The errors and warnings in the files that a product reads; empty where there are none."""
    ours = [path for path in paths if _is_ours(path)]
    if not ours:
        return ""
    # Most of what is written is not ours, and then nobody waits for the rules.
    from agentls import batch  # noqa: PLC0415

    found = batch.read(ours, remember=disk.load_cache)
    told = (
        report.telling(lambda finding: finding.severity <= Severity.WARNING) for report in batch.check(found)
    )
    reports = [report for report in told if report.findings]
    return "\n".join(_lines(reports, folder)) if reports else ""


def _is_ours(path: str) -> bool:
    """Whether a product reads the file; that is found out without reading what is around it."""
    found = disk.file_content(path)
    if found is None:
        return False
    around = Surroundings(disk.user_folder(), disk.plugins_above(path), disk.home_folder())
    wish = SettingsOfFiles(None).of(path).dialect(path)
    return identification.identify(path, around, found.source[: identification.HEAD], wish) is not None


def _lines(reports: list[Report], folder: str) -> Iterator[str]:
    from agentls.cli.output.listing import OutputPage, headline, number  # noqa: PLC0415  as above
    from agentls.cli.output.paint import PLAIN  # noqa: PLC0415

    page = OutputPage(PLAIN, 0, folder)
    told = [" ".join(headline(one.path, one.text, f, page)) for one in reports for f in one.findings]
    yield f"agentls found {number(len(told), 'problem', 'problems')} in what was written:"
    yield from told[:_MOST_FINDINGS]
    if len(told) > _MOST_FINDINGS:
        yield f"and {number(len(told) - _MOST_FINDINGS, 'other one', 'others')}."
    rules = sorted({finding.rule for report in reports for finding in report.findings})
    yield f"To learn more, run `agentls explain {rules[0]}`" + (
        f", and the same for {', '.join(rules[1:])}." if rules[1:] else "."
    )
    for report in reports:
        if report.fixable:
            name = escape_controls(display_path(report.path, folder))
            yield f"`agentls fix {name}` fixes {len(report.fixable)} of these."
