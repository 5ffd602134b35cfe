"""The last line of ``agentls check``."""

from __future__ import annotations

import pytest

from agentls.cli.output.listing import Tally, summary
from agentls.findings import Severity


@pytest.mark.parametrize(
    ("counts", "files", "damaged", "fixable", "expected"),
    [
        ((), 0, 0, 0, "0 files checked, no problems found"),
        ((), 12, 0, 0, "12 files checked, no problems found"),
        ((1, 0, 0, 0), 1, 1, 0, "1 error in 1 of 1 file"),
        ((3, 2, 0, 5), 12, 4, 6, "3 errors, 2 warnings and 5 hints in 4 of 12 files; `agentls fix` fixes 6"),
        ((0, 0, 1, 1), 2, 1, 1, "1 info and 1 hint in 1 of 2 files; `agentls fix` fixes 1"),
        ((1234, 0, 0, 0), 2000, 1, 0, "1,234 errors in 1 of 2,000 files"),
    ],
)
def test_the_summary(counts, files, damaged, fixable, expected):
    tally = Tally(files, damaged, fixable)
    tally.by_severity.update(dict(zip(Severity, counts, strict=False)))
    assert summary(tally) == expected
