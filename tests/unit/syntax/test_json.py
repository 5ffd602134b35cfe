"""JSON: what a text means is what the standard library says, and what is broken costs nothing else."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentls.syntax import json as reader
from agentls.syntax.formats import JSON, JSONC
from agentls.syntax.json_parser import parse
from agentls.syntax.nodes import Mapping, Node, Sequence, plain
from agentls.text.source import Span, Text


def _at(source: str, span: Span) -> str:
    return source[span.start : span.end]


def _shown(value: object) -> str:
    return json.dumps(value, sort_keys=True)


def _refused(name: str) -> object:
    raise ValueError(name)


def _agrees(source: str) -> None:
    """Both read it alike, or both refuse it; nothing but the standard library knows ``NaN``."""
    root, problems = parse(source)
    problems = [problem for problem in problems if problem.kind != "duplicate-key"]
    for problem in problems:
        assert 0 <= problem.span.start <= problem.span.end <= len(source)
    try:
        expected = json.loads(source, parse_constant=_refused)
    except ValueError:
        assert problems
        return
    assert problems == []
    assert root is not None
    assert _shown(plain(root, {})) == _shown(expected)


# --- the same as the standard library ---

_WORDS = st.sampled_from(
    [
        *(
            '"a"',
            '"b"',
            '"',
            "\\",
            '\\"',
            "\\u0041",
            "\\ud83d\\ude00",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            " ",
            "\n",
        ),
        *("\t", "1", "-1", "1.5", "1e3", "01", "true", "null", "tru", "// x\n", "/*", "*/", "/", "é", "\x00"),
        *("\ufeff", '"a":', '"a": 1', '{"a": 1}', "[1, 2]", "NaN", "'x'", "a"),
    ]
)
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)
_LAYOUTS = st.fixed_dictionaries({"indent": st.sampled_from([None, 2]), "ensure_ascii": st.booleans()})


@given(st.lists(_WORDS, max_size=16).map("".join))
def test_any_text_is_read_or_refused_alike(source: str):
    _agrees(source)


@given(_VALUES, _LAYOUTS)
def test_every_value_stands_where_its_node_says(value: object, layout: dict[str, object]):
    source = json.dumps(value, **layout)

    def compare(node: Node, expected: object) -> None:
        assert _shown(json.loads(_at(source, node.span))) == _shown(expected)
        if isinstance(node, Mapping):
            assert [entry.key.value for entry in node.entries] == list(expected)
            for entry in node.entries:
                assert json.loads(_at(source, entry.key.span)) == entry.key.value
                compare(entry.value, expected[entry.key.value])
        elif isinstance(node, Sequence):
            for item, inner in zip(node.items, expected, strict=True):
                compare(item, inner)

    root, problems = parse(source)
    assert problems == []
    compare(root, value)


@given(_VALUES, _LAYOUTS, _WORDS, st.data())
def test_a_value_with_a_slip_is_read_or_refused_alike(
    value: object, layout: dict[str, object], word: str, data: st.DataObject
):
    source = json.dumps(value, **layout)
    at = data.draw(st.integers(0, len(source)))
    _agrees(source[:at] + word + source[at + data.draw(st.integers(0, 1)) :])


# --- what is broken ---


@pytest.mark.parametrize(
    ("broken", "kind", "marked"),
    [
        ('"b": 2 "c": 3', "missing-comma", '"c"'),
        ('"b": [1 2], "c": 3', "missing-comma", "2"),
        ('"b": , "c": 3', "missing-value", '"b"'),
        ('"b":\n"c": 3', "missing-value", '"b"'),
        ('"b", "c": 3', "missing-colon", '"b"'),
        ('"b" 2, "c": 3', "missing-colon", '"b"'),
        ('"b" {}, "c": 3', "missing-colon", '"b"'),
        ('"b" "c": 3', "missing-colon", '"b"'),
        ('b: 2, "c": 3', "unquoted-key", "b"),
        ('"b": Reviews the code, "c": 3', "bad-value", "Reviews the code"),
        ('"b": NaN, "c": 3', "bad-value", "NaN"),
        ('"b": 01, "c": 3', "bad-value", "01"),
        ('"b": 2,, "c": 3', "stray-comma", ","),
        ('"b": 2 3, "c": 3', "stray-text", "3"),
        ('"b": "x\n, "c": 3', "unclosed-string", '"'),
        ('"b": "x\ty", "c": 3', "control-character", "\t"),
        (r'"b": "\p", "c": 3', "bad-escape", r"\p"),
        ('"b": [1, "c": 3', "stray-text", ":"),
        ('"b": {"x": 1, "c": 3', "unclosed-bracket", "{"),
        ('"b": [1}, "c": 3', "unclosed-bracket", "["),
        ('"b": 1], "c": 3', "stray-text", "]"),
        ('"b": 1, // two\n"c": 3', "comment", "// two"),
        ('"b": /* two */ 2, "c": 3', "comment", "/* two */"),
        ('"b": [1, ], "c": 3', "trailing-comma", ","),
        ('"b": 1, "a": 2, "c": 3', "duplicate-key", '"a"'),
        (f'"b": {"[" * 70}{"]" * 70}, "c": 3', "too-deep", "["),
    ],
)
def test_a_mistake_has_its_place_and_costs_its_entry_alone(broken: str, kind: str, marked: str):
    source = f'{{"a": 1, {broken}, "last": {{"x": "y"}}}}'
    document = reader.read(JSON, Text(source))
    problem = document.problems[0]
    assert (problem.kind, _at(source, problem.span)) == (kind, marked)
    if kind not in ("unclosed-bracket", "stray-text"):
        assert plain(document.node(("c",)), {}) == 3
        assert document.node(("last", "x")).value == "y"
        assert len(document.problems) == 1


@pytest.mark.parametrize("source", ["", " \n", "[1]", "1", '"a"'])
def test_what_is_no_object_has_no_fields(source: str):
    document = reader.read(JSON, Text(source))
    assert document.fields == ()
    assert [problem.kind for problem in document.problems] in (["empty"], ["not-an-object"])


def test_products_decide_how_strict_they_are():
    source = '\ufeff{"a": 1, // one\n"a": 2,}'
    strict, relaxed = reader.read(JSON, Text(source)), reader.read(JSONC, Text(source))
    kinds = ["byte-order-mark", "comment", "trailing-comma", "duplicate-key"]
    assert [problem.kind for problem in strict.problems] == kinds
    assert [problem.is_recoverable for problem in strict.problems] == [False, False, False, True]
    assert not strict.is_recovered
    assert relaxed.is_recovered
    assert plain(relaxed.node(("a",)), {}) == 2, "the last one counts"
    assert len(relaxed.entries_at(())) == 2, "and the other one stays"


# --- what is of interest ---


@given(_VALUES, _VALUES)
def test_what_is_of_no_interest_is_passed_over(value: object, other: object):
    source = json.dumps({"other": other, "projects": {"p": {"servers": {"s": value}, "more": other}}})
    document = reader.read(JSON, Text(source), {"projects": {"*": {"servers": {}}}})
    assert document.is_recovered
    (entry,) = document.entries_at(("projects", "p", "servers"))
    assert _at(source, entry.key.inner) == "s"
    assert _shown(json.loads(_at(source, entry.value.span))) == _shown(value)
    assert document.node(("projects", "p", "more")).span.length == len(json.dumps(other))


def test_what_is_of_no_interest_and_has_no_end_hides_nothing():
    source = '{"x": {"y": ["z, "servers": {"s": 1}}'
    assert reader.read(JSON, Text(source), {"servers": {}}).problems
