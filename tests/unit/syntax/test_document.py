"""Reading front matter: never fails, reads what others read, with and without PyYAML's C part."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

import frontmatter
import pytest
import yaml as pyyaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import texts
from agentls.syntax import front_matter
from agentls.syntax.formats import YAML
from agentls.syntax.nodes import Alias, Mapping, Opaque, Scalar, Sequence, plain, resolve
from agentls.syntax.spelling import Style
from agentls.text.source import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.syntax.document import Document
    from agentls.syntax.nodes import Node

_KNOWN = frozenset({"name", "description", "tools", "skills", "color", "model", "hooks"})


def read(source: str) -> Document:
    return front_matter.read(YAML, Text(source), _KNOWN)


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _nodes(item)
    elif isinstance(node, Mapping):
        for entry in node.entries:
            yield from _nodes(entry.key)
            yield from _nodes(entry.value)


# --- the field at a place ---


def test_a_place_belongs_to_the_field_around_it_and_to_none_between_two():
    source = "---\nname: one\n\n# why\ndescription: two\n---\n"
    document = read(source)
    found = [(field := document.field_at(offset)) and field.name for offset in range(len(source) + 1)]
    assert found == [
        *[None] * len("---\n"),
        *["name"] * len("name: one|"),
        *[None] * len("\n# why\n"),
        *["description"] * len("description: two|"),
        *[None] * len("---\n|"),
    ]


def test_of_two_fields_that_touch_the_second_is_at_its_own_first_character():
    document = read("---\n{name,description: x}\n---\n")
    first, second = document.fields
    assert first.span.end == second.span.start
    assert document.field_at(second.span.start) is second


# --- any text ---


@given(st.one_of(texts.anything, texts.nearly_files))
def test_any_text_can_be_read_and_every_place_is_in_it(source: str):
    document = read(source)
    end = len(source)
    assert 0 <= document.body.start <= document.body.end <= end
    assert 0 <= document.content.start <= document.content.end <= end
    for field in document.fields:
        assert 0 <= field.span.start <= field.key.start <= field.key.end <= field.span.end <= end
        for node in _nodes(field.value):
            assert 0 <= node.span.start <= node.span.end <= end
    for problem in document.problems:
        assert 0 <= problem.span.start <= problem.span.end <= end


@given(texts.nearly_files)
def test_fields_stand_in_front_matter_one_after_the_other(source: str):
    document = read(source)
    for one, other in itertools.pairwise(document.fields):
        assert one.span.start < other.span.start
    for field in document.fields:
        assert document.content.start <= field.key.start
        assert field.span.end <= max(document.content.end, field.key.end + 1)


@given(texts.nearly_files)
def test_a_field_is_called_what_stands_at_its_key(source: str):
    document = read(source)
    for field in document.fields:
        written = document.text.slice(field.key)
        assert field.name == written or "\\" in written or "''" in written or not written.isprintable()


@given(texts.nearly_files)
def test_what_cannot_be_read_is_told(source: str):
    """A value that is not YAML never stands without a problem beside it."""
    document = read(source)
    if any(isinstance(f.value, Scalar) and f.value.style is Style.RAW for f in document.fields):
        assert document.problems


# --- what the ecosystem reads ---


class _Yaml12(pyyaml.SafeLoader):
    """PyYAML with the scalars of YAML 1.2, as the products have them."""


_Yaml12.yaml_implicit_resolvers = {}


def _scalar(loader: _Yaml12, node: pyyaml.ScalarNode) -> object:
    return resolve(node.value) if node.style is None else loader.construct_scalar(node)


_Yaml12.add_constructor("tag:yaml.org,2002:str", _scalar)


class _Handler(frontmatter.YAMLHandler):
    def load(self, fm: str, **_options: object) -> object:
        return pyyaml.load(fm, _Yaml12)


# Nesting is bounded: the library's loader recurses.
_VALUES = st.recursive(
    st.one_of(
        st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Cn")), max_size=20),
        st.integers(-1000, 1000),
        st.booleans(),
        st.none(),
        st.sampled_from(["yes", "on", "1_000", "010", "0o10", "1e3", "12:30:45", "2024-01-01", "~", "", " "]),
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)
_MAPPINGS = st.dictionaries(
    st.from_regex(r"[a-z][a-z_-]{0,8}", fullmatch=True), _VALUES, min_size=1, max_size=5
)


_STYLES = st.fixed_dictionaries({"default_flow_style": st.sampled_from([None, False, True])})


@given(_MAPPINGS, _STYLES, st.integers(20, 200))
def test_what_python_frontmatter_reads_is_read_alike(
    mapping: dict[str, object], style: dict[str, object], width: int
):
    written = pyyaml.safe_dump(mapping, width=width, allow_unicode=True, **style)
    assume("---" not in written)
    source = f"---\n{written}---\nBody\n"
    expected = frontmatter.loads(source, handler=_Handler()).metadata
    document = read(source)
    assert not document.problems
    assert {field.name: plain(field.value, document.anchors) for field in document.fields} == expected


# Most of such texts are no YAML, which is what they are for.
@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(texts.nearly_files)
def test_a_file_that_python_frontmatter_reads_has_the_same_fields(source: str):
    """Of any text, where the library can read it and YAML 1.1 and 1.2 agree."""
    try:
        metadata, content = frontmatter.parse(source, handler=_Handler())
    except (pyyaml.YAMLError, ValueError, TypeError, RecursionError, AttributeError):
        assume(False)  # noqa: FBT003
    assume(metadata and all(isinstance(name, str) for name in metadata))
    document = read(source)
    # The products end front matter at the first three dashes; the library at a line of nothing else.
    assume(document.closing and content.strip() == document.text.slice(document.body).strip())
    # A body that was swallowed is given back to the body, and merge keys are no part of YAML 1.2.
    # To YAML 1.1 some characters are line breaks, or nothing at all, that are ordinary ones to YAML 1.2.
    assume(not re.search("[\x85\u2028\u2029\ufeff]", source))
    assume("<<" not in source and not any(problem.kind == "unclosed" for problem in document.problems))
    assert not document.problems
    values = {field.name: plain(field.value, document.anchors) for field in document.fields}
    for name, value in values.items():
        if not _is_opaque(value):
            assert metadata[name] == value or value != value  # noqa: PLR0124  not a number
    assert values.keys() == metadata.keys()


def _is_opaque(value: object) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return isinstance(value, Opaque) or any(_is_opaque(item) for item in inner)


# --- with and without the C part ---


def _outcome(source: str) -> object:
    front_matter._reading.cache_clear()  # noqa: SLF001  what the other parser has read must not answer
    document = read(source)
    return document.fields, document.anchors, [(problem.kind, problem.entry) for problem in document.problems]


@pytest.mark.skipif(not pyyaml.__with_libyaml__, reason="PyYAML is here without its C part")
@given(st.one_of(texts.nearly_files, _MAPPINGS.map(lambda mapping: f"---\n{pyyaml.safe_dump(mapping)}---\n")))
def test_pure_python_reads_the_same(source: str):
    # The two read tabs differently, but for those behind a word or a colon, where authors put them.
    assume("\t" not in re.sub(r"(?<=[\w:])[ \t]+", "", source))
    # A comment that touches the sign of a block is one to the C part alone.
    assume(not re.search(r"[|>][-+0-9]*#", source))
    # Directives of YAML, which nobody writes into front matter.
    assume("%YAML" not in source)
    fast = _outcome(source)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pyyaml, "__with_libyaml__", False)
        assert _outcome(source) == fast


# --- what was measured once ---


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "a:\n" + " " * 10, "? "])
def test_deep_nesting_ends_no_process(opening: str):
    source = f"---\ntools: x\ndeep: {opening * 20_000}\n---\n"
    assert read(source).problems


def test_a_bomb_of_aliases_stays_small():
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60))]
    document = read("---\n" + "\n".join(lines) + "\n---\n")
    assert len(document.fields) == 60
    assert isinstance(document.fields[-1].value, Sequence)
    assert all(isinstance(item, Alias) for item in document.fields[-1].value.items)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        *(("yes", "yes"), ("on", "on"), ("true", True), ("True", True), ("~", None), ("", None)),
        *(("12:30:45", "12:30:45"), ("010", 10), ("0o10", 8), ("0x1F", 31), ("1_000", "1_000")),
        *(("1e3", 1000.0), (".5", 0.5), ("2024-01-01", "2024-01-01"), ("1" * 500, "1" * 500)),
    ],
)
def test_scalars_are_those_of_yaml_1_2(written: str, value: object):
    assert resolve(written) == value
    assert type(resolve(written)) is type(value)
