"""What a file names, each with its place: the page beside this module.

A line of an answer is ``<line>:<column> <kind> <name>``, and where it is written in another way, how.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import cases
import made

_PAGE = Path(__file__).parent / "references.md"
_ALL = cases.parse(_PAGE.stem, _PAGE.read_text("utf-8"))


@pytest.mark.parametrize("case", [pytest.param(case, id=case.title) for case in _ALL])
def test_a_file_names(case: cases.Case):
    workspace = made.make({source.path: source.content for source in case.sources})
    asked = [source for source in case.sources if source.answer is not None]
    assert asked, "the case asks nothing"
    for source in asked:
        file = {**workspace.pages, **workspace.files}[made.locate(source.path)]
        answer = []
        for reference in file.references:
            line, column = file.text.position(reference.span.start)
            written = file.text.slice(reference.span)
            spelling = f", written {written}" if written != reference.name else ""
            answer.append(f"{line + 1}:{column + 1} {reference.kind} {reference.name}{spelling}")
        if answer != source.answer:
            pytest.fail(f"{source.path} names\n" + "\n".join(answer), pytrace=False)
