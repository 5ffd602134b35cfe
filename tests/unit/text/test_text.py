"""Places in a text: offsets, lines and columns, and columns as the protocol counts them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import texts
from agentls.lsp import convert
from agentls.lsp.position_encoding import PositionEncoding
from agentls.text.source import Span, Text

ENCODINGS = ("utf-8", "utf-16", "utf-32")


def test_lines_end_at_three_kinds_of_line_break_and_nothing_else():
    assert Text("a\r\nb\nc\rd").line_starts == [0, 3, 5, 7]
    assert Text("a\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029b").line_starts == [0]


def test_a_cursor_at_either_edge_touches_a_span():
    assert [offset in Span(2, 4) for offset in range(1, 6)] == [False, True, True, True, False]
    assert 2 in Span(2, 2)


def test_an_empty_text_has_one_line():
    assert Text("").line_starts == [0]
    assert Text("").line_span(0) == Span(0, 0)
    assert Text("").position(0) == (0, 0)


def test_a_line_does_not_hold_its_line_break():
    text = Text("a\r\n\r\nb\n")
    assert [text.slice(text.line_span(line)) for line in range(4)] == ["a", "", "b", ""]


def test_lines_and_columns_beyond_the_end_mean_the_end():
    text = Text("ab\ncd")
    assert text.offset(0, 99) == 2
    assert text.offset(99, 0) == 5
    assert text.line_span(99) == Span(5, 5)


def test_the_first_line_break_is_the_one_for_new_lines():
    assert Text("a\r\nb\n").newline == "\r\n"
    assert Text("a").newline == "\n"


def test_a_place_of_several_lines_is_its_first_line():
    location = Text("ab\ncd\n").locate(Span(1, 5))
    assert (location.line, location.line_text, location.start, location.end) == (0, "ab", 1, 2)


@given(texts.anything)
def test_the_lines_are_the_text(source: str):
    text = Text(source)
    ends = [*text.line_starts[1:], len(source)]
    assert "".join(source[start:end] for start, end in zip(text.line_starts, ends, strict=True)) == source
    assert [text.slice(text.line_span(line)) for line in range(len(ends))] == re.split(r"\r\n|\n|\r", source)


@given(texts.anything, st.data())
def test_a_position_leads_back_to_its_offset(source: str, data: st.DataObject):
    text = Text(source)
    offset = data.draw(st.integers(0, len(source)))
    line, column = text.position(offset)
    # An offset between CR and LF, or behind a line break, is beyond the end of its line.
    end = text.line_span(line).end
    assert text.offset(line, column) == min(offset, end)


@given(texts.anything, st.data())
def test_a_line_is_the_same_with_and_without_a_table_of_lines(source: str, data: st.DataObject):
    offset = data.draw(st.integers(0, len(source)))
    fresh, tabled = Text(source), Text(source)
    assert tabled.line_starts
    line = tabled.line_at(offset)
    assert fresh.line_around(offset) == tabled.line_around(offset) == tabled.line_span(line)
    assert Text(source).position(offset) == (line, offset - tabled.line_starts[line])


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(source=texts.anything, data=st.data())
def test_a_protocol_position_leads_back_to_its_offset(encoding: str, source: str, data: st.DataObject):
    text, units = Text(source), PositionEncoding(encoding)
    offset = data.draw(st.integers(0, len(source)))
    place = convert.position(text, offset, units)
    assert convert.offset(text, place, units) == min(offset, text.line_span(place.line).end)


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(
    line=st.text(texts.characters.filter(lambda c: c not in "\r\n"), max_size=30), column=st.integers(0, 200)
)
def test_any_column_is_a_place_in_the_line(encoding: str, line: str, column: int):
    units = PositionEncoding(encoding)
    index = units.index(line, column)
    assert 0 <= index <= len(line)
    assert units.width(line[:index]) <= column
    # It is the last such place: the next character would be beyond the column.
    assert index == len(line) or units.width(line[: index + 1]) > column


@given(line=st.text(texts.characters, max_size=30))
def test_a_width_is_what_the_encoding_needs(line: str):
    for encoding, unit in (("utf-8", 1), ("utf-16-le", 2), ("utf-32-le", 4)):
        width = PositionEncoding(encoding.removesuffix("-le")).width(line)
        # Half pairs that stand together count as two in any encoding but UTF-16, which knows no other.
        assert width == sum(len(c.encode(encoding, "surrogatepass")) for c in line) // unit
