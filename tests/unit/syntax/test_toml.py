"""TOML: what a text means is what the standard library says, and every part of it has its place."""

from __future__ import annotations

import datetime as dt
import json
import math
import re
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentls.syntax import toml
from agentls.syntax.nodes import Mapping, Node, Sequence, plain
from agentls.syntax.spelling import Style
from agentls.text.source import Span, Text


def _read(source: str):
    return toml.read(Text(source))


def _value(node: Node) -> object:
    """As the standard library has it, but for moments, which are texts here."""
    if isinstance(node, Mapping):
        return {entry.key.value: _value(entry.value) for entry in node.entries}
    if isinstance(node, Sequence):
        return [_value(item) for item in node.items]
    return "moment" if node.style is Style.RAW else _comparable(node.plain)


def _comparable(value: object) -> object:
    if isinstance(value, dict):
        return {key: _comparable(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_comparable(inner) for inner in value]
    if isinstance(value, dt.date | dt.time):
        return "moment"
    return "nan" if isinstance(value, float) and math.isnan(value) else value


def _agrees(source: str) -> None:
    """Both read it alike, or both refuse it."""
    document = _read(source)
    try:
        expected = tomllib.loads(source)
    except tomllib.TOMLDecodeError:
        assert document.problems
        return
    assert document.problems == ()
    assert _value(document.root) == _comparable(expected)


# --- the same as the standard library ---

_WORDS = st.sampled_from(
    [
        *(
            "a",
            "b",
            '"a"',
            "'b'",
            "1",
            ".",
            "=",
            " = ",
            " ",
            "\n",
            "\n",
            "[",
            "[[",
            "]",
            "]]",
            "{",
            "}",
            ",",
            '"',
        ),
        *('"""', "'", "'''", "\\", "\\n", "\\u0041", "\\ud800", "\\U0010ffff", "#", "# c", "true", "1_0"),
        *(
            "0x1",
            "1.5",
            "inf",
            "-nan",
            "1e3",
            "2024-01-01",
            "10:10:10",
            "2024-02-30",
            "\t",
            "\r\n",
            "\r",
            "é",
        ),
        *(
            "\x00",
            "\x7f",
            "[a]\n",
            "[[a]]\n",
            "[a.b]\n",
            "a = 1\n",
            "b.c = 2\n",
            "a = {b = 1}\n",
            "+1",
            "1__0",
        ),
        *("\ufeff", '""', "00", "a = ", "[a]", '"x"', "0o7", "0b1"),
    ]
)


@given(st.lists(_WORDS, max_size=16).map("".join))
def test_any_text_is_read_or_refused_alike(source: str):
    _agrees(source)


_KEYS = st.lists(st.sampled_from(["a", "b", "c", '"a"', "'c d'"]), min_size=1, max_size=3).map(".".join)
_SCALARS = st.sampled_from(
    [
        *(
            "1",
            "true",
            "-1.5",
            "1_000",
            "0xff",
            "inf",
            "2020-01-01T10:00:00Z",
            "10:00:00.5",
            '"x"',
            "'y'",
            '""',
        ),
        *('"\\n\\u0041 z"', '"""\na\n b"""', '"""a\\\n  b"""', "'''q'''", '"""\\"""x"""', "1e22", "+0.0"),
    ]
)
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.lists(inner, max_size=3).map(lambda items: "[ # c\n" + ",\n".join(items) + "\n]")
        | st.lists(st.tuples(_KEYS, inner), max_size=3).map(
            lambda items: "{" + ", ".join(f"{key} = {value}" for key, value in items) + "}"
        )
    ),
    max_leaves=6,
)
_STATEMENTS = st.lists(
    st.tuples(_KEYS, _VALUES).map(" = ".join) | _KEYS.map("[{}]".format) | _KEYS.map("[[{}]]".format),
    max_size=7,
)


@given(_STATEMENTS, st.sampled_from(["\n", "\r\n", " # c\n\n"]))
def test_statements_are_read_or_refused_alike(statements: list[str], newline: str):
    _agrees(newline.join(statements))


@given(st.lists(_WORDS, max_size=8).map("".join))
def test_what_is_broken_costs_nothing_else(broken: str):
    """Unless it opens what the rest could be a part of."""
    line = re.sub("[\r\n]|(?<=\")\"|(?<=')'", "", broken)
    document = _read(f'name = "x"\nbroken = {line}\nlast = 1\n')
    assert document.string("name") == "x"
    assert plain(document.node(("last",)), {}) == 1


# --- places ---

_CODEX = '''# who reviews
name = "reviewer"
"description" = 'Reviews "code"'
nickname_candidates = [ # some
  "Ann", # not ]
  "Bob",
]
developer_instructions = """
You review code.
model = "no field"
\\"""quoted\\"""
"""
limit = 1_000

[mcp_servers.github]
command = "github-mcp"

[[skills.config]]
path = "a"
[[skills.config]]
path = "b"
'''


def _at(source: str, span: Span) -> str:
    return source[span.start : span.end]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_entry_has_its_place(newline: str):
    source = _CODEX.replace("\n", newline)
    document = _read(source)
    assert [(field.name, _at(source, field.key)) for field in document.fields] == [
        ("name", "name"),
        ("description", "description"),
        ("nickname_candidates", "nickname_candidates"),
        ("developer_instructions", "developer_instructions"),
        ("limit", "limit"),
        ("mcp_servers", "mcp_servers"),
        ("skills", "skills"),
    ]
    assert _at(source, document.fields[1].value.span) == "'Reviews \"code\"'"
    assert _at(source, document.fields[1].value.inner) == 'Reviews "code"'
    assert [_at(source, item.inner) for item in document.fields[2].value.items] == ["Ann", "Bob"]
    assert _at(source, document.fields[3].value.inner).startswith("You review code.")
    assert plain(document.node(("mcp_servers",)), {}) == {"github": {"command": "github-mcp"}}
    assert _at(source, document.node(("skills", "config", 1, "path")).inner) == "b"


def test_a_table_in_several_places_is_one_and_each_piece_of_it_is_known():
    source = '[a.b]\nc = 1\n[other]\nd = 2\n[a.e]\nf = 3\n[a.b.g]\nh = "i"\n'
    document = _read(source)
    field = document.field("a")
    assert plain(field.value, {}) == {"b": {"c": 1, "g": {"h": "i"}}, "e": {"f": 3}}
    pieces = [_at(source, lines) for lines in document.lines_of(field)]
    assert pieces == ["[a.b]\nc = 1\n", "[a.e]\nf = 3\n", '[a.b.g]\nh = "i"\n']
    (b, _) = document.entries_at(("a",))
    assert [key.span.start for key in b.keys] == [source.index("b]"), source.index("b.g")]
    for word, name in (("c =", "a"), ("d =", "other"), ("f =", "a"), ("h =", "a")):
        assert document.field_at(source.index(word)).name == name


_JSON = st.recursive(
    st.sampled_from([1, True, "", "a, b", "{x = 1}", "#[]", 'q"']),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["a", "b", "c.d", "}", "1"]), inner, max_size=3)
    ),
    max_leaves=6,
)


def _in_braces(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)} = {_in_braces(v)}" for k, v in value.items()) + "}"
    return f"[{', '.join(map(_in_braces, value))}]" if isinstance(value, list) else json.dumps(value)


@given(st.dictionaries(st.sampled_from(["a", "b"]), _JSON))
def test_every_value_stands_where_its_node_says(value: dict[str, object]):
    source = f"servers = {_in_braces(value)} # of all\nlast = 1\n"

    def compare(node: Node, expected: object) -> None:
        assert tomllib.loads(f"x = {_at(source, node.span)}") == {"x": expected}
        if isinstance(node, Mapping):
            assert [entry.key.value for entry in node.entries] == list(expected)
            for entry in node.entries:
                assert _at(source, entry.key.span) == json.dumps(entry.key.value)
                compare(entry.value, expected[entry.key.value])
        elif isinstance(node, Sequence):
            for item, inner in zip(node.items, expected, strict=True):
                compare(item, inner)

    compare(_read(source).node(("servers",)), value)


@pytest.mark.parametrize(
    ("line", "kind", "marked"),
    [
        ("a = Reviews code # x", "bad-value", "Reviews code"),
        ("a = ", "bad-value", "="),
        ("a  ", "missing-separator", "a"),
        ("a 1", "missing-separator", "1"),
        ("= 1", "stray-text", "= 1"),
        ('a = "x', "unclosed-string", '"'),
        ("a = '''x", "unclosed-string", "'''"),
        ('"a = 1', "unclosed-string", '"'),
        (r'a = "\p"', "bad-escape", r"\p"),
        (r'a = "\ud800"', "bad-escape", r"\ud800"),
        ('a = "\x01"', "control-character", "\x01"),
        ("a = 1 2", "stray-text", "2"),
        ("a = [1 2]", "missing-comma", "2"),
        ("a = [1, 2", "unclosed-bracket", "["),
        ("a = {b = 1", "unclosed-bracket", "{"),
        ("a = {b = 1,}", "stray-text", "}"),
        ("[a", "unclosed-bracket", "["),
        ("[[a]", "unclosed-bracket", "[["),
        ("name = 1", "duplicate-key", "name"),
        ("name.a = 1", "duplicate-key", "name"),
        ("[name]", "duplicate-key", "name"),
        ("a = 2024-02-30", "bad-value", "2024-02-30"),
        (f"a = {'[' * 100}", "too-deep", "["),
        (f"a{'.a' * 100} = 1", "too-deep", "a"),
    ],
)
def test_a_mistake_has_its_place(line: str, kind: str, marked: str):
    source = f'name = "x"\n{line}\n\n[last]\nof = "all"\n'
    document = _read(source)
    (problem,) = document.problems
    assert (problem.kind, _at(source, problem.span)) == (kind, marked)
    assert problem.entry.start == source.index(line)
    if len(problem.span) and not marked.startswith("'''"):
        assert plain(document.node(("last",)), {}) == {"of": "all"}
