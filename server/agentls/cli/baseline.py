"""What was found before and is known: only what is new counts.

A baseline is a file of the project. Each finding in it is called by its file, as seen from the baseline's
folder, by its rule, and by what stays the same of it when lines move.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from agentls import disk
from agentls.cli.output.fingerprints import fingerprints
from agentls.cli.output.json_findings import json_lines, well_formed
from agentls.cli.output.places import display_path
from agentls.system import paths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from agentls.batch import Report
    from agentls.findings import Finding

_VERSION = 1
_KIND = "agentls-baseline"
# A hundred times what the largest project seen needs.
_LARGEST = 32 << 20


class UnusableBaselineError(Exception):
    """Why a file cannot be used as a baseline, in words for the user."""


class KnownFinding(NamedTuple):
    """One finding of a baseline."""

    path: str
    rule: str
    fingerprint: str


def read(path: str, *, may_be_new: bool) -> frozenset[KnownFinding]:
    """What a baseline knows; raises UnusableBaselineError, also where there is none but may be none."""
    try:
        return parse(disk.read_or_raise(path, _LARGEST))
    except FileNotFoundError:
        if may_be_new:
            return frozenset()
        raise UnusableBaselineError("there is no such file; --update-baseline creates it") from None
    except OSError as error:
        raise UnusableBaselineError(str(error.strerror or error)) from None


def parse(data: bytes) -> frozenset[KnownFinding]:
    """What the text of a baseline says."""
    try:
        raw = json.loads(data)
    except (ValueError, RecursionError):
        raise UnusableBaselineError("it is damaged, or no baseline of agentls") from None
    if not isinstance(raw, dict) or _KIND not in raw:
        raise UnusableBaselineError("it is no baseline of agentls")
    if raw[_KIND] != _VERSION or isinstance(raw[_KIND], bool):
        raise UnusableBaselineError("it is of another version of agentls; delete it and make a new one")
    findings = raw.get("findings")
    if not isinstance(findings, list):
        raise UnusableBaselineError("it is damaged")
    return frozenset(map(_known, findings))


def _known(raw: Any) -> KnownFinding:
    if isinstance(raw, dict):
        path, rule, fingerprint = (raw.get(name) for name in KnownFinding._fields)
        if isinstance(path, str) and isinstance(rule, str) and isinstance(fingerprint, str):
            return KnownFinding(path, rule, fingerprint)
    raise UnusableBaselineError("it is damaged")


def without_known(report: Report, known: frozenset[KnownFinding], folder: str) -> Report:
    """A report of what is new; ``folder`` is that of the baseline."""
    there = {finding for finding, entry in _entries(report, folder) if entry in known}
    return report.telling(lambda finding: finding not in there) if there else report


def updated(
    reports: Iterable[Report],
    before: frozenset[KnownFinding],
    folder: str,
    is_selected: Callable[[str], bool],
) -> bytes:
    """A baseline of all that is found now.

    What is known of files that were not checked stays while they are there, and what is known of rules that
    were not asked for.
    """
    now: set[KnownFinding] = set()
    checked: set[str] = set()
    for report in reports:
        checked.add(_name(report.path, folder))
        now.update(entry for _, entry in _entries(report, folder))
    elsewhere = {entry.path: paths.join(folder, entry.path) for entry in before if entry.path not in checked}
    exist = disk.paths_exist(filter(None, elsewhere.values()))
    there = {path for path, whole in elsewhere.items() if whole and exist[whole]}
    kept = {
        entry
        for entry in before
        if entry.path in there or (entry.path in checked and not is_selected(entry.rule))
    }
    entries = [entry._asdict() for entry in sorted(now | kept)]
    return "\n".join([*json_lines({_KIND: _VERSION, "findings": entries}), ""]).encode()


def _entries(report: Report, folder: str) -> list[tuple[Finding, KnownFinding]]:
    path = _name(report.path, folder)
    return [
        (finding, KnownFinding(path, finding.rule, fingerprint))
        for finding, fingerprint in fingerprints(report)
    ]


def _name(path: str, folder: str) -> str:
    return well_formed(display_path(path, folder))
