"""The parser of any format: any text gives a document whose places are in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentls.syntax.formats import FORMATS, Format
from agentls.syntax.parsing import read
from agentls.text.source import Text

_PIECES = st.lists(
    st.sampled_from(
        [
            "---\n", "\n", "\r\n", "\r", " ", "\t", "#", ":", "=", "[", "]", "[[", "]]", "{", "}", ",", ".",
            '"', "'", '"""', "'''", "\\", "- ", "|", ">-", "name", "description",
            "a", "1", "true", "é", "\x00",
        ]
    )
).map("".join)  # fmt: skip


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
@given(source=_PIECES)
def test_any_text_gives_a_document_whose_places_are_in_it(form: Format, source: str):
    document = read(form, Text(source), frozenset({"name", "description"}))
    spans = [document.body, document.content]
    spans += [span for field in document.fields for span in (field.key, field.span, field.value.span)]
    spans += [span for problem in document.problems for span in (problem.span, problem.entry)]
    assert all(0 <= span.start <= span.end <= len(source) for span in spans)
