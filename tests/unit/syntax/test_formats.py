"""Each way of writing: what is written is read again, by our parsers and by those of the ecosystem."""

from __future__ import annotations

import json
import tomllib

import frontmatter
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from agentls.syntax import parsing
from agentls.syntax.formats import CASED_LINES, FORMATS, JSON, JSONC, LINES, TOML, YAML, Format
from agentls.syntax.nodes import plain
from agentls.text.source import Span, Text

_ALL = pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)


def _read(form: Format, fields: str) -> dict[str, object]:
    if form in (JSON, JSONC) and not fields.startswith("{\n"):
        fields = f"{{{fields}}}"
    source = f"---\n{fields}\n---\n" if form.has_body else fields
    document = parsing.read(form, Text(source), frozenset())
    assert [problem for problem in document.problems if not problem.kind.startswith("misread")] == []
    return {field.name: plain(field.value, document.anchors) for field in document.fields}


# What looks like something else in one format or another.
_TEXTS = [
    *("x", "", "on", "yes", "null", "~", "true", "010", "1_000", "0x1f", "1e3", ".5", "12:30:45", "="),
    *("2024-01-01", "a: b", "a #b", "# a", "@a", "`a`", "*a", "&a", "!a", "%a", "|", ">", "- a", "[a]", "?"),
    *("{a: b}", "a, b", "'a'", '"a"', "it's", 'say "a"', "a\\b", "a\tb", "a---b", "---", " a ", "é審🚀"),
    *("\x85", "\u2028", "a]"),
]  # fmt: skip
_LONG_TEXTS = ["a\nb", "a\n\nb\n", " a\n b", "a \nb", "\n", "---\na", "a: b\n# c", "a\n   \nb", "a\n  b\n c"]
_OTHERS = [True, False, 0, -1, 0.5, 1e22, 1e-7]


@_ALL
@pytest.mark.parametrize("value", [*_TEXTS, *_OTHERS], ids=repr)
def test_a_value_is_read_as_it_was_meant(form: Format, value: object):
    assert _read(form, form.entry("key", value)) == {"key": form.as_read(value)}


@pytest.mark.parametrize("form", [YAML, TOML, JSON], ids=["yaml", "toml", "json"])
@pytest.mark.parametrize(
    "value",
    [
        *_LONG_TEXTS,
        *([], {}, [""], ["a, b", 1, True], {"a": {}}, {"on": "off", "a b": ["c: d"], "---": "---"}),
        *({"a": {"b": {"c": [1, [2, {"d": "e\nf"}]]}}}, [{"a": 1, "b": "c\nd"}, {}], [[["x"]], []], ["a\nb"]),
    ],
    ids=repr,
)
def test_what_takes_several_lines_is_read_as_it_was_meant(form: Format, value: object):
    assert _read(form, form.entry("key", value)) == {"key": value}
    assert _read(form, form.fields({"key": value, "last": "x"})) == {"key": value, "last": "x"}


@pytest.mark.parametrize("form", [YAML, TOML, JSON], ids=["yaml", "toml", "json"])
@pytest.mark.parametrize("value", _TEXTS, ids=repr)
def test_a_list_behind_its_key_and_a_key_are_read_as_they_were_meant(form: Format, value: str):
    assert _read(form, f"{form.key('key')}{form.sign}{form.items([value, 'x'])}") == {"key": [value, "x"]}
    assert _read(form, f"{form.key('key')}{form.separator}{form.scalar([value], in_flow=True)}") == {
        "key": [value]
    }
    if value:
        assert _read(form, form.entry(value, "x")) == {value: "x"}


@_ALL
@pytest.mark.parametrize("text", _TEXTS, ids=repr)
@pytest.mark.parametrize("quote", ['"', "'", ""], ids=["double", "single", "none"])
def test_a_text_takes_the_place_of_another(form: Format, text: str, quote: str):
    if form in (LINES, CASED_LINES) or (form is TOML and quote == "'" and not text.isprintable()):
        quote = ""  # what nobody writes there
    if form in (JSON, JSONC):
        quote = '"'
    before = f"{form.key('key')}{form.separator}"
    old = "old" if quote or form.quote == "" else form.scalar("old")
    source = f"{before}{quote}{old}{quote}"
    span = Span(len(before) + len(quote), len(before) + len(quote) + len(old))
    after = source[: span.start] + form.in_place(source, span, text) + source[span.end :]
    if form is TOML and quote == "'" and "'" in text:
        return  # there is no way to say it
    assert _read(form, after) == {"key": form.as_read(text)}


@_ALL
def test_an_entry_between_two_others_ends_its_line(form: Format):
    lines = [form.entry_line("a", "x"), form.entry_line("b", 1), form.entry("c", "y")]
    assert _read(form, "".join(lines)) == {
        name: form.as_read(v) for name, v in zip("abc", ("x", 1, "y"), strict=True)
    }
    assert all(line.endswith("\n") for line in lines[:2])


# --- any values ---

_VALUES = st.dictionaries(
    st.text(max_size=8).filter(str.strip),
    st.recursive(
        st.text(max_size=40)
        | st.booleans()
        | st.integers(-9999, 9999)
        | st.floats(allow_nan=False, allow_infinity=False),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
        max_leaves=8,
    ),
    max_size=4,
)


@example({"\ufffe": "\uffff", "prompt": "a\n\uffff"})
@given(_VALUES)
def test_yaml_is_read_as_it_was_meant(values: dict[str, object]):
    fields = YAML.fields(values)
    assert _read(YAML, fields) == values
    assert frontmatter.loads(f"---\n{fields}\n---\n").metadata == values, "readers of YAML 1.1 agree"


@given(_VALUES)
def test_toml_and_json_are_read_as_they_were_meant(values: dict[str, object]):
    assert tomllib.loads(TOML.fields(values)) == values
    assert json.loads(JSON.fields(values)) == values


@example(["Agent(a, b)", "a]", "审查", "123", "*", "🚀"])
@given(st.lists(st.text(max_size=12), min_size=1, max_size=3))
def test_a_list_on_one_line_is_read_as_it_was_meant(names: list[str]):
    listed = ", ".join(YAML.scalar(name, in_flow=True) for name in names)
    assert _read(YAML, f"tools: [{listed}]") == {"tools": names}
    assert frontmatter.loads(f"---\ntools: [{listed}]\n---\n").metadata == {"tools": names}
