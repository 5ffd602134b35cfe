"""What stays the same of a finding when lines move: programs know it again by that."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.batch import Report
    from agentls.findings import Finding

# Characters around the place and of the text there; a line can be a megabyte, with a finding in each word.
_NEAR = 200
_LENGTH = 32


def fingerprints(report: Report) -> Iterator[tuple[Finding, str]]:
    """Each finding with what identifies it within its file: rule, text, line, and which of several alike.

    What is known already, or not asked for, counts among those alike, so that one stays what it is
    whether others are shown or not.
    """
    shown = set(report.findings)
    alike: Counter[bytes] = Counter()
    for finding in sorted((*report.findings, *report.others), key=lambda one: (one.span, one.severity)):
        key = _key(report, finding)
        alike[key] += 1
        if finding in shown:
            yield finding, digest(key + b"\0%d" % alike[key])


def _key(report: Report, finding: Finding) -> bytes:
    source, (start, end) = report.text.source, finding.span
    line = report.text.line_around(start)
    around = source[max(line.start, start - _NEAR) : min(line.end, start + _NEAR)]
    parts = (finding.rule, finding.product, source[start : min(end, start + _NEAR)], " ".join(around.split()))
    return "\0".join(parts).encode("utf-8", "surrogatepass")


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:_LENGTH]
