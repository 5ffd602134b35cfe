"""Substitutions lie in the text, are found in linear time, and are found again by their own spans."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentls.syntax.substitutions import FORMS, Grammar, declared_names, find
from agentls.text.source import Span

_ALL_FORMS = Grammar(forms=tuple(FORMS), variables=("X", "user_config.*"))
_PIECES = st.lists(
    st.sampled_from(
        [
            "$1",
            "$ARGUMENTS",
            "[0]",
            "${X}",
            "\\",
            "`",
            "!`",
            "```!",
            "```",
            "@a.md",
            "{",
            "}",
            "!{",
            "@{",
            "\n",
            " ",
            "x",
        ]
    ),
    max_size=30,
).map("".join)


@given(_PIECES)
def test_spans_lie_in_the_text_and_hold_their_values(text: str):
    body = Span(0, len(text))
    for found in find(text, body, _ALL_FORMS, ["file"]):
        assert 0 <= found.span.start <= found.inner.start <= found.inner.end <= found.span.end <= len(text)
        assert found.value == text[found.inner.start : found.inner.end].strip() or found.value


@pytest.mark.parametrize(
    "piece", ["$1 ", "!`", "```!", "${", "{{a", "@{", "!{{", "\\$x", "`", "@a. ", "$ARGUMENTS["]
)
def test_time_grows_with_size(piece: str):
    def seconds(times: int) -> float:
        text = piece * times
        start = time.process_time()
        find(text, Span(0, len(text)), _ALL_FORMS, ["x"])
        return time.process_time() - start

    seconds(100)
    small, large = min(seconds(2_000) for _ in range(3)), min(seconds(16_000) for _ in range(3))
    assert large < 40 * max(small, 0.001)


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("file branch", ("file", "branch")),
        ("file, branch", ("file,", "branch")),
        (["file", 1, "2", "branch"], ("file", "branch")),
        ([{"name": "file"}], ()),
        (None, ()),
    ],
)
def test_declared_names(value: object, names: tuple[str, ...]):
    assert declared_names(value) == names
