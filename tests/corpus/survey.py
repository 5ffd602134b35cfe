"""What the rules say about a collection of real files.  As a program it prints a table.

    python tests/corpus/survey.py [FOLDER] [--show RULE ...]

Every folder directly below FOLDER (by default the corpus) is one project.  ``--show`` prints each finding
of a rule, so that somebody can judge whether it is true.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))

from agentls import batch
from agentls.findings import Severity
from agentls.settings.layers import Layer
from material import CORPUS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from agentls.batch import Report


@dataclass(frozen=True, slots=True)
class Surveyed:
    dialect: str
    scope: str
    report: Report

    def is_clean_but_for(self, rules: Collection[str] = ()) -> bool:
        """Free of warnings and errors, those of ``rules`` not counted."""
        return all(f.severity > Severity.WARNING or f.rule in rules for f in self.report.findings)


def survey(folder: Path) -> Iterator[Surveyed]:
    """Every file of every project that some dialect knows, with what is wrong with it."""
    # The findings are about the files alone, whatever whoever runs this has at home.
    overrides = Layer({"user-scope": False})
    for project in sorted(path for path in folder.iterdir() if path.is_dir()):
        read = batch.read([str(project)], overrides)
        kinds = {file.path: (file.dialect.title, file.scope) for file in read.files}
        for report in batch.check(read):
            yield Surveyed(*kinds[report.path], report)


def _print_table(found: list[Surveyed]) -> None:
    files, clean = (
        Counter(each.dialect for each in found),
        Counter(e.dialect for e in found if e.is_clean_but_for()),
    )
    for dialect, count in files.items():
        print(f"{dialect}: {count} files, {clean[dialect] / count:.3f} free of warnings and errors")
    print(f"\n{'rule':24}" + "".join(f"{severity.word:>13}" for severity in Severity) + f"{'files':>8}")
    table = Counter((f.rule, f.severity) for each in found for f in each.report.findings)
    for rule in sorted({rule for rule, _ in table}):
        cells = "".join(f"{table[rule, severity] or '':>13}" for severity in Severity)
        touched = sum(any(f.rule == rule for f in each.report.findings) for each in found)
        print(f"{rule:24}{cells}{touched:>8}")


def _show(found: list[Surveyed], rule: str, folder: Path) -> None:
    for each in found:
        for finding in each.report.findings:
            if finding.rule == rule:
                line, column = each.report.text.position(finding.span.start)
                place = f"{Path(each.report.path).relative_to(folder)}:{line + 1}:{column + 1}"
                print(f"\n{place}: {finding.severity.word}: {finding.message}")
                print(f"    {each.report.text.slice(each.report.text.line_span(line))[:200]}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--show", nargs="+", default=[], metavar="RULE")
    arguments = parser.parse_args()
    folder = arguments.folder.resolve()
    found = list(survey(folder))
    _print_table(found)
    for rule in arguments.show:
        _show(found, rule, folder)


if __name__ == "__main__":
    main()
