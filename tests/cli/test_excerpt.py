"""A source line and the carets below it, as a terminal shows them."""

from __future__ import annotations

import pytest

from agentls.cli.output.cells import escape_controls, width
from agentls.cli.output.excerpt import excerpt
from agentls.cli.output.paint import PLAIN
from agentls.text.source import Span, Text


def drawn(source, fragment, columns=80):
    start = source.index(fragment)
    return excerpt(Text(source), Span(start, start + len(fragment)), "error", PLAIN, columns)


@pytest.mark.parametrize(
    ("source", "line", "carets"),
    [
        ("abc here", "abc here", "    ^^^^"),
        ("日本語 here", "日本語 here", "       ^^^^"),
        ("ｆｕｌｌ here", "ｆｕｌｌ here", "         ^^^^"),
        ("e\u0301e\u0301 here", "e\u0301e\u0301 here", "   ^^^^"),
        ("✅ here", "✅ here", "   ^^^^"),
        ("☑\ufe0f here", "☑\ufe0f here", "  ^^^^"),
        ("\there", "    here", "    ^^^^"),
        ("ab\there", "ab  here", "    ^^^^"),
        ("\x1b[1m here", "<U+001B>[1m here", "            ^^^^"),
        ("\u202e here", "<U+202E> here", "         ^^^^"),
        ("\u200b\xa0here", "<U+200B><U+00A0>here", "                ^^^^"),
        ("\U000e0041 here", "<U+E0041> here", "          ^^^^"),
        ("a\ufe00\ufe01 here", "a\ufe00<U+FE01> here", "          ^^^^"),
        ("\x85 here", "<U+0085> here", "         ^^^^"),
        ("\ud800 here", "<U+D800> here", "         ^^^^"),
    ],
)
def test_carets_stand_under_what_is_seen(source, line, carets):
    assert drawn(source, "here") == [f"   1 | {line}", f"     | {carets}"]


def test_a_long_line_is_cut_around_the_caret():
    line, carets = drawn("a" * 300 + "here" + "b" * 300, "here", 60)
    assert line.startswith("   1 | …aaa")
    assert line.endswith("bbb…")
    assert len(line) <= 60
    assert [char for char, mark in zip(line, carets, strict=False) if mark == "^"] == list("here")


def test_a_cut_at_one_end_only():
    line, carets = drawn("here" + "日" * 300, "here", 60)
    assert line.startswith("   1 | here日")
    assert line.endswith("…")
    assert width(line) <= 60
    assert carets == "     | ^^^^"
    line, carets = drawn("日" * 300 + "here", "here", 60)
    assert line.startswith("   1 | …日")
    assert line.endswith("日here")
    assert width(carets) == width(line) <= 60


def test_a_span_longer_than_the_terminal():
    line, carets = drawn("x" + "here" * 100 + "y", "here" * 100, 60)
    assert line.startswith("   1 | …here")
    assert carets.strip(" |") == "^" * (len(line) - len("   1 | ……"))


def test_a_span_over_several_lines_and_one_of_nothing():
    text = Text("one\r\ntwo\r\nthree")
    assert excerpt(text, Span(5, 14), "hint", PLAIN, 80)[1] == "     | ^^^..."
    assert excerpt(text, Span(3, 3), "hint", PLAIN, 80) == ["   1 | one", "     |    ^"]
    assert excerpt(Text(""), Span(0, 0), "hint", PLAIN, 80) == ["   1 |", "     | ^"]


def test_a_line_of_a_megabyte_is_cut():
    text = Text("x" * 1_000_000)
    for offset in range(0, 1_000_000, 10_000):
        line, _ = excerpt(text, Span(offset, offset + 5), "hint", PLAIN, 80)
        assert len(line) <= 80


def test_what_is_printed_has_no_control_characters():
    text = escape_controls("".join(map(chr, range(0x3000))) + "\u2028\ue000\U000e0001\udfff\U000f0000")
    assert all(char.isprintable() for char in text)
