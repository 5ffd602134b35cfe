"""Whole files: what is written is read again as it was meant, or nothing is written."""

from __future__ import annotations

import json
from functools import cache

import frontmatter
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentls import products
from agentls.syntax import formats, parsing
from agentls.syntax.formats import FORMATS, JSON, LINES, TOML, YAML, Format
from agentls.syntax.nodes import plain
from agentls.syntax.writing import render
from agentls.text.source import Text


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_a_file_has_its_fields_and_its_body(form: Format):
    body = "# Body\n\n---\n\nWords." if form.has_body else ""
    text = render(form, {"name": "reviewer", "limit": 3}, body)
    assert text
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert text.startswith(form.fence)
    document = parsing.read(form, Text(text), frozenset())
    assert document.string("name") == "reviewer"
    assert document.text.slice(document.body).strip() == body


# --- values of the fields of all schemas ---


def _values_of(schema: object, root: dict[str, object]) -> st.SearchStrategy[object]:
    """Values as a schema describes them, not always to the letter."""
    if isinstance(schema, bool):
        return _WORDS
    if "$ref" in schema:
        return _values_of(root["$defs"][str(schema["$ref"]).rpartition("/")[2]], root)
    if "const" in schema:
        return st.just(schema["const"])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if "anyOf" in schema:
        return st.one_of([_values_of(one, root) for one in schema["anyOf"]])
    kinds = schema.get("type", ["string", "boolean", "integer", "null"])
    return st.one_of(
        [_of_kind(kind, schema, root) for kind in ([kinds] if isinstance(kinds, str) else kinds)]
    )


def _of_kind(kind: str, schema: dict[str, object], root: dict[str, object]) -> st.SearchStrategy[object]:
    match kind:
        case "boolean":
            return st.booleans()
        case "integer":
            return st.integers(-(10**6), 10**6)
        case "number":
            return st.floats(allow_nan=False, allow_infinity=False)
        case "null":
            return st.none()
        case "array":
            return st.lists(_deferred(schema.get("items", {}), root), max_size=3)
        case "object":
            known = {key: _deferred(one, root) for key, one in schema.get("properties", {}).items()}
            rest = schema.get("additionalProperties", {})
            if known or rest is False:
                return st.fixed_dictionaries({}, optional=known)
            return st.dictionaries(
                _WORDS, _deferred(rest if isinstance(rest, dict) else {}, root), max_size=3
            )
    return _WORDS


def _deferred(schema: object, root: dict[str, object]) -> st.SearchStrategy[object]:
    # Written out, what is in a schema is longer than anybody reads.
    return st.deferred(lambda: _values_of(schema, root))


_WORDS = st.one_of(
    st.sampled_from(
        ["on", "010", "~", "2024-01-01", "@a", "a: b", "# a", "a\nb", "---", "1e3", "y", "=", "<<"]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
)


@cache
def _files() -> st.SearchStrategy[dict[str, object]]:
    return st.one_of([_file_of(dict(d.schema)) for d in products.load().dialects.values()])


def _file_of(schema: dict[str, object]) -> st.SearchStrategy[dict[str, object]]:
    fields = schema["properties"].items()
    return st.fixed_dictionaries({}, optional={name: _deferred(one, schema) for name, one in fields})


@given(st.data())
def test_values_of_every_schema_come_back(data: st.DataObject):
    values = data.draw(_files())
    text = render(YAML, values, "Body\n")
    assert text
    assert _shown(frontmatter.loads(text).metadata) == _shown(values)
    document = parsing.read(YAML, Text(text), frozenset())
    assert _shown({f.name: plain(f.value, document.anchors) for f in document.fields}) == _shown(values)


@given(st.data())
def test_what_toml_cannot_say_is_not_written(data: st.DataObject):
    values = data.draw(_files())
    assert (render(TOML, values) is None) == ("null" in _nulls(values))
    assert _shown(json.loads(render(JSON, values) or "0")) == _shown(values)


def _nulls(value: object) -> str:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return "null" if value is None else " ".join(map(_nulls, inner))


def _shown(value: object) -> str:
    return json.dumps(value, sort_keys=True, default=repr)


# --- where the first way of writing fails ---


def test_what_does_not_come_back_is_quoted(monkeypatch: pytest.MonkeyPatch):
    """As if a rule of YAML 1.1 had been forgotten."""
    monkeypatch.setattr(formats, "_WORDS", frozenset())
    text = render(YAML, {"name": "on", "other": "word"})
    assert text == '---\nname: "on"\nother: word\n---\n'


@pytest.mark.parametrize(
    ("form", "values", "body"),
    [
        (LINES, {"a b": "c"}, ""),
        (TOML, {"a": None}, ""),
        (TOML, {"a": "b"}, "A body, of which TOML has none."),
        (JSON, {"a": float("nan")}, ""),
        (YAML, {"a": float("nan")}, "half a character: \ud83d"),
        (YAML, {"a": "half a character: \ud83d"}, ""),
        (YAML, {"k" * 2000: "a key that is too long"}, ""),
    ],
    ids=lambda one: getattr(one, "name", repr(one)),
)
def test_what_cannot_be_read_back_is_not_written(form: Format, values: dict[str, object], body: str):
    assert render(form, values, body) is None
