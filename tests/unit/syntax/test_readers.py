"""The readers that are no YAML: any text gives a document, and TOML agrees with the standard library."""

from __future__ import annotations

import json
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentls.syntax.document import Mapping, Node, Scalar, plain
from agentls.syntax.formats import LINES, TOML, YAML, Format
from agentls.syntax.parsing import read
from agentls.text.source import Span, Text

_PIECES = st.lists(
    st.sampled_from(
        [
            "---\n", "\n", "\r\n", "\r", " ", "\t", "#", ":", "=", "[", "]", "[[", "]]", "{", "}", ",", ".",
            '"', "'", '"""', "'''", "\\", "- ", "|", ">-", "name", "description",
            "a", "1", "true", "é", "\x00",
        ]
    )
).map("".join)  # fmt: skip


@pytest.mark.parametrize("form", [YAML, LINES, TOML], ids=str)
@given(source=_PIECES)
def test_any_text_gives_a_document_whose_places_are_in_it(form: Format, source: str):
    document = read(form, Text(source), frozenset({"name", "description"}))
    spans = [document.body, document.content]
    spans += [span for field in document.fields for span in (field.key, field.span, field.value.span)]
    spans += [span for problem in document.problems for span in (problem.span, problem.entry)]
    assert all(0 <= span.start <= span.end <= len(source) for span in spans)


@given(source=_PIECES.map(lambda text: f'name = "x"\n{text}'))
def test_what_toml_reads_is_read(source: str):
    try:
        expected = tomllib.loads(source)
    except tomllib.TOMLDecodeError:
        return
    document = read(TOML, Text(source), frozenset())
    assert document.problems == ()
    assert {field.name for field in document.fields} <= expected.keys()
    assert document.string("name") == "x"


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


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_entry_has_its_place(newline: str):
    source = _CODEX.replace("\n", newline)
    document = read(TOML, Text(source), frozenset())
    shown = [(field.name, source[field.key.start : field.key.end]) for field in document.fields]
    assert shown == [
        ("name", "name"),
        ("description", '"description"'),
        ("nickname_candidates", "nickname_candidates"),
        ("developer_instructions", "developer_instructions"),
        ("limit", "limit"),
        ("mcp_servers", "mcp_servers"),
        ("skills", "skills"),
        ("skills", "skills"),
    ]
    assert source[slice(*_ends(document.fields[1].value.span))] == 'Reviews "code"'
    assert [source[slice(*_ends(item.span))] for item in document.fields[2].value.items] == ["Ann", "Bob"]
    assert plain(document.fields[5].value, {}) == {"github": {"command": "github-mcp"}}
    assert source[slice(*_ends(document.fields[3].value.span))].startswith("You review code.")


_VALUES = st.recursive(
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


@given(st.dictionaries(st.sampled_from(["a", "b"]), _VALUES))
def test_what_is_in_braces_has_its_place(value: dict[str, object]):
    source = f"servers = {_in_braces(value)} # of all\nlast = 1\n"

    def compare(node: Node, expected: object) -> None:
        if isinstance(node, Mapping) and isinstance(expected, dict):
            assert [entry.key.value for entry in node.entries] == list(expected)
            for entry in node.entries:
                assert source[slice(*_ends(entry.key.span))] == json.dumps(entry.key.value)[1:-1]
                compare(entry.value, expected[entry.key.value])
        elif not isinstance(node, Scalar):
            assert tomllib.loads(f"x = {source[slice(*_ends(node.span))]}") == {"x": expected}

    compare(read(TOML, Text(source), frozenset()).fields[0].value, value)


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def test_a_mistake_has_its_place():
    source = 'name = "x"\ndescription = Reviews code\n'
    (problem,) = read(TOML, Text(source), frozenset()).problems
    assert source[problem.span.start :].startswith("Reviews")
