"""Lists of names: where each name stands, in any style of YAML, and what is cut out when one goes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

import texts
from agentls.syntax import front_matter, name_lists
from agentls.syntax.formats import YAML
from agentls.syntax.nodes import Scalar, Sequence
from agentls.syntax.spelling import Style
from agentls.text.source import Text

if TYPE_CHECKING:
    from agentls.syntax.document import Document

_NAME = st.from_regex(r"[A-Za-z][A-Za-z0-9_-]{0,8}(\((\*|[a-z]+( [a-z]+)?(, ?[a-z]+)?)\))?", fullmatch=True)
_LISTS = st.lists(_NAME, min_size=1, max_size=6)
_BREAKS = st.sampled_from(["\n", "\r\n"])


_KNOWN = frozenset({"tools", "model"})


def _read(value: str) -> Document:
    return front_matter.read(YAML, Text(f"---\ntools:{value}\nmodel: opus\n---\n"), _KNOWN)


def _items(document: Document) -> list[name_lists.ListItem]:
    field = document.field("tools")
    assert field
    return list(name_lists.items(document.text.source, field.value, "words"))


def _written(items: list[str], newline: str) -> list[str]:
    """A list in every style in which its names are separate."""
    return [
        " " + ", ".join(items),
        " " + " ".join(items),
        ' "' + ", ".join(items) + '"',
        " '" + ",".join(items) + "'",
        " [" + ", ".join(f'"{item}"' for item in items) + "]",
        f" >-{newline}  " + f"{newline}  ".join(items),
        f" |{newline}  " + f",{newline}  ".join(items),
        "".join(f"{newline}  - {item}" for item in items),
        "".join(f"{newline}- '{item}' # why" for item in items),
        f" {items[0]},{newline}  " + ", ".join(items[1:] or ["Read"]),
    ]


@given(_LISTS, _BREAKS)
def test_a_list_means_the_same_in_every_style(items: list[str], newline: str):
    *same, folded = _written(items, newline)
    for value in same:
        assert [item.text for item in _items(_read(value))] == items, value
    assert [item.text for item in _items(_read(folded))][: len(items)] == items


@given(_LISTS, _BREAKS, st.data())
def test_without_one_name_the_others_are_left_and_the_front_matter_reads(
    items: list[str], newline: str, data: st.DataObject
):
    value = data.draw(st.sampled_from(_written(items, newline)))
    document = _read(value)
    found = _items(document)
    index = data.draw(st.integers(0, len(found) - 1))
    field = document.field("tools")
    assert field
    span = name_lists.removal(document.text.source, field.value, found, found[index], "words")
    if len(found) == 1:
        assert span is None
        return
    assert span
    source = document.text.source
    after = front_matter.read(YAML, Text(source[: span.start] + source[span.end :]), _KNOWN)
    assert not after.problems
    assert after.string("model") == "opus"
    expected = [item.text for item in found[:index] + found[index + 1 :]]
    assert [item.text for item in _items(after)] == expected


@given(texts.anything)
def test_names_stand_where_they_say_whatever_the_value(value: str):
    for field in (document := _read(value)).fields:
        end = 0
        for item in name_lists.items(document.text.source, field.value, "words"):
            assert end <= item.span.start < item.span.end <= field.span.end
            assert document.text.slice(item.span) == item.text
            assert document.text.slice(item.name_span) == item.name
            for argument in item.arguments():
                assert document.text.slice(argument.span) == argument.text
            end = item.span.end


@given(texts.anything, st.sampled_from(Style))
def test_any_text_in_any_style_is_split(value: str, style: Style):
    text = Text(f'"{value}"' if style.is_quoted else value)
    scalar = Scalar(text.line_span(0), value, style)
    for node in (scalar, Sequence(scalar.span, (scalar,), flow=True)):
        for item in name_lists.items(text.source, node, "words"):
            assert text.slice(item.span) == item.text
            assert item.span.end <= scalar.span.end
            assert not re.match(r"[\s,]|.*[\s,]\Z", item.text, re.DOTALL)


def test_an_entry_with_a_specifier():
    (item,) = _items(_read(" Bash(git log:*)"))
    assert (item.name, item.specifier) == ("Bash", "git log:*")


def test_an_entry_without_one():
    (item,) = _items(_read(" Bash"))
    assert (item.name, item.specifier) == ("Bash", None)


def test_agents_in_parentheses():
    (item,) = _items(_read(" Agent(one, two)"))
    assert [argument.text for argument in item.arguments()] == ["one", "two"]


def test_values_that_are_no_text_are_no_names():
    assert _items(_read(" 42")) == []
    assert _items(_read(" [true, Read, 4.2]")) == _items(_read(" [true, Read, 4.2]"))[-1:]
