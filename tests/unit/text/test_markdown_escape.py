"""What is taken for text stays text, wherever it stands in our own Markdown and whoever renders it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import texts
from agentls.lsp.convert import plain
from agentls.lsp.plain_words import words
from agentls.text import markdown_escape

_HOSTILE = """` `` [x](command:y) ]( <a> https://evil.example www.evil.example me@evil.example - * 1. # > ```
~~~ --- === | &lt; \\ a ![x](http://y) <!-- mailto:x@y.z _ ** :"""
_SIGNS = st.lists(st.sampled_from([*_HOSTILE.split(), "\n", "\n\n", "\t", " ", "- ", "# "]), max_size=8).map(
    "".join
)


def _outside_code(markdown: str) -> str:
    return re.sub(r"(?<!\\)(`+)(?!`).*?(?<!`)\1(?!`)", "x", markdown)


def _acts(markdown: str) -> list[str]:
    bare = re.sub(r"\\[!-/:-@\[-`{-~]", "x", _outside_code(markdown))
    return re.findall(r"[\[\]<>`|~&]|://|www\.|\w@\w|mailto:", bare) + re.findall(
        r"\n|^(?:[-+*=:] |#|>|\d+[.)])", bare.replace("**", "")
    )


@given(_SIGNS | texts.anything)
def test_a_description_is_one_line_of_text(text: str):
    assert _acts(markdown_escape.prose(text)) == []


@given(_SIGNS | texts.anything)
def test_a_name_is_no_more_than_a_name(name: str):
    assert _acts(markdown_escape.strong(name)) == []


@given(_SIGNS | texts.anything)
def test_the_words_of_a_finding_quote_whatever_they_like(name: str):
    assert _acts("line 1: " + markdown_escape.message(f"`{name}` is not a tool. Use `Read`.")) == []


@pytest.mark.parametrize(
    "text", ["reviewer", "mcp__notes__list", "code-review", "team:deploy", "a/b", "Notes 2"]
)
def test_a_usual_name_is_as_it_was(text: str):
    assert markdown_escape.strong(text) == f"**{text}**"


@pytest.mark.parametrize(
    "text", ["- not a list", "1. not a list", "# no heading", "a & b", "x ~ y", "1) x", "= x"]
)
def test_plain_text_has_no_backslashes(text: str):
    assert plain(markdown_escape.prose(text)) == text


_IN_NOTIFICATIONS = [
    "[Click](command:x)",
    "[Click](command:x 'title')",
    "![x](https://evil.example)",
    "[[x]](file:///etc/passwd)",
    "a\x1b[31m\u202eb\u200b",
]


@pytest.mark.parametrize("text", _IN_NOTIFICATIONS)
def test_nothing_in_a_notification_is_a_link(text: str):
    assert not re.search(r"\[([^\]]+)\]\(", words(text))
    assert words(text).isprintable()


@pytest.mark.parametrize("text", ["a\nb", "`x` (y)", "[x] (y)", "https://a.example", "é 日本"])
def test_usual_words_are_as_they_were(text: str):
    assert words(text) == text
