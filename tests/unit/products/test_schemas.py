"""What the schemas say beyond JSON Schema: each key is described, loaded with its type, and read by the code.

``schemas/x-agentls.schema.json`` describes the keys; CONTRIBUTING's table is made from it.
"""

from __future__ import annotations

import ast
import copy
import json
import typing
from collections import abc
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import agentls
import schema_keys
from agentls import products
from agentls.findings import Severity
from agentls.products import conversions, facts, fields, server_tools, vocabulary, words
from agentls.products.catalogue import raw_schemas
from agentls.products.conversions import Conversions
from agentls.products.dialect import Dialect
from agentls.products.effects import EffectSpec
from agentls.products.fields import FieldSpec, HookEvent
from agentls.products.records import EXTENSION, Record, attribute
from agentls.products.shape_recognition import RecognitionRule
from agentls.products.vocabulary import Vocabulary
from agentls.products.words import Word
from agentls.syntax.substitutions import Grammar

_META = json.loads((Path(products.SCHEMAS) / "x-agentls.schema.json").read_text("utf-8"))
_SCHEMAS = raw_schemas()

# What holds the keys of each part. Some attributes come from elsewhere, and some keys become others.
_CLASSES: dict[str, type] = {
    "file-kind": Dialect,
    "vocabulary": Vocabulary,
    "field": FieldSpec,
    "hook-event": HookEvent,
    "word": Word,
    "effect": EffectSpec,
    "checked": facts.Checked,
    "file-glob": facts.FileGlob,
    "server-file-glob": facts.ServerFileGlob,
    "server-table": facts.ServerTable,
    "server-variables": facts.ServerVariables,
    "configuration": facts.Configuration,
    "shape": RecognitionRule,
    "bundled": facts.Bundled,
    "body": facts.BodyLimits,
    "reach": facts.ReachRules,
    "text": facts.TextRules,
    "text-shell": facts.ShellRules,
    "text-variable": facts.TextVariable,
    "powers": facts.Powers,
    "power-note": facts.PowerNote,
    "nested-names": fields.NestedNames,
    "resources": fields.Resources,
    "entry-forms": fields.EntryForms,
    "form": words.Form,
    "alias": vocabulary.ToolAlias,
    "removed-tool": vocabulary.RemovedTool,
    "servers": server_tools.ServerTools,
    "server-tool-form": server_tools.ServerToolForm,
    "replacement": server_tools.Replacement,
    "conversions": Conversions,
    "writing": conversions.Writing,
    "server-names": conversions.ServerNames,
    "model-family": conversions.ModelFamily,
}
_FROM_ELSEWHERE = {
    "file-kind": {"name", "title", "schema", "make_fields", "make_effects", "effect_names", "target"},
    "vocabulary": {"name", "schema", "make_tools"},
    "field": {"name", "doc", "schema", "required"},
    "word": {"name", "doc", "is_text"},
    "text": {"grammar"},
    "conversions": {"tools_by_dialect"},
}
_BECOME_OTHERS = {
    "file-kind": {"dialect", "extends", "common", "effects"},
    "vocabulary": {"vocabulary"},
    "text": {*Grammar._fields},
    "conversions": {"tools"},
}
# Read by the catalogue itself, or as a variation of an effect.
_WITHOUT_CLASS = {
    "settings",
    "common-effects",
    "conversion-tables",
    "invalid",
    "scope",
    "severity",
    "version",
    "when",
}


@pytest.mark.parametrize("name", _SCHEMAS)
def test_a_schema_says_nothing_that_is_not_described(name: str):
    errors = Draft202012Validator(_META).iter_errors(_SCHEMAS[name])
    assert [(error.message, list(error.absolute_path)) for error in errors] == []


def test_contributors_are_shown_the_keys():
    shown = schema_keys.shown_in(schema_keys.PAGE.read_text(encoding="utf-8"))
    assert shown == schema_keys.tables(), "python tools/write_docs.py"


def test_the_schema_of_schemas_is_one_itself():
    Draft202012Validator.check_schema(_META)


_PLACES = (
    (EXTENSION,),
    (EXTENSION, "files", 0),
    (EXTENSION, "powers"),
    (EXTENSION, "effects", "missing-name", 0),
    ("properties", "model", EXTENSION),
    ("properties", "model", "anyOf", 0, EXTENSION),
    ("properties", "hooks", EXTENSION, "offers", 0),
    ("$defs", "hook", "properties", "type", EXTENSION),
)


def test_a_misspelled_key_is_an_error():
    schema = copy.deepcopy(_SCHEMAS["claude-agent"])
    for place in _PLACES:
        found: Any = schema
        for step in place:
            found = found[step]
        found["misspeled"] = 1
    errors = list(Draft202012Validator(_META).iter_errors(schema))
    assert sorted(map(str, (tuple(error.absolute_path) for error in errors))) == sorted(map(str, _PLACES))
    assert all("misspeled" in error.message for error in errors)


def _attributes(cls: type) -> set[str]:
    return set(cls.attributes) if issubclass(cls, Record) else set(cls._fields)  # type: ignore[attr-defined]


def test_every_part_is_loaded_into_a_class():
    assert _META["$defs"].keys() == _CLASSES.keys() | _WITHOUT_CLASS


@pytest.mark.parametrize("part", _CLASSES)
def test_the_keys_that_are_described_are_those_that_are_loaded(part: str):
    described = {attribute(key) for key in _META["$defs"][part]["properties"]}
    loaded = _attributes(_CLASSES[part]) - _FROM_ELSEWHERE.get(part, set())
    assert described - _BECOME_OTHERS.get(part, set()) == loaded - _BECOME_OTHERS.get(part, set())
    assert _BECOME_OTHERS.get(part, set()) <= described


@cache
def _read_in_code() -> frozenset[str]:
    """The names of all attributes that are read anywhere."""
    found = set()
    for path in Path(agentls.__file__).parent.rglob("*.py"):
        nodes = ast.walk(ast.parse(path.read_text("utf-8")))
        found |= {n.attr for n in nodes if isinstance(n, ast.Attribute) and isinstance(n.ctx, ast.Load)}
    return frozenset(found)


@pytest.mark.parametrize("part", _CLASSES)
def test_whatever_is_loaded_is_read(part: str):
    assert _attributes(_CLASSES[part]) <= _read_in_code()


def _records(value: object) -> Iterator[Record]:
    """All records in what was loaded, those that are made later among them."""
    if isinstance(value, Record):
        yield value
        for name in value.attributes:
            made = getattr(value, name)
            yield from _records(made() if name.startswith("make_") else made)
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _records(inner)
    elif isinstance(value, list | tuple) and not isinstance(value, str):
        for inner in value:
            yield from _records(inner)


def _fits(value: object, hint: Any) -> bool:
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if hint is Any:
        return True
    if origin in (UnionType, typing.Union):
        return any(_fits(value, one) for one in inner)
    if origin is abc.Callable:
        return callable(value)
    if origin in (abc.Mapping, dict):
        return isinstance(value, Mapping) and all(
            _fits(key, inner[0]) and _fits(one, inner[1]) for key, one in value.items()
        )
    if origin is tuple and inner[-1] is ...:
        return isinstance(value, tuple) and all(_fits(one, inner[0]) for one in value)
    if origin in (list, frozenset):
        return isinstance(value, origin) and all(_fits(one, inner[0]) for one in value)
    return type(value) is hint or (hint not in (bool, int) and isinstance(value, origin or hint))


@cache
def _hints(cls: type) -> dict[str, Any]:
    known = {
        name: found
        for module in (facts, fields, vocabulary, words, server_tools, conversions, products.validation)
        for name, found in vars(module).items()
        if isinstance(found, type)
    }
    names = {"Mapping": Mapping, "Callable": Callable, "Severity": Severity, "Word": Word, "Any": Any}
    own = {"Dialect": Dialect, "EffectSpec": EffectSpec, "FieldSpec": FieldSpec, "Vocabulary": Vocabulary}
    shape = {"RecognitionRule": RecognitionRule, "Grammar": Grammar}
    return typing.get_type_hints(cls, localns={**known, **names, **own, **shape})


def test_what_is_loaded_has_the_types_that_are_declared():
    found = [*_records(products.load().dialects), *_records(products.load().conversions)]
    assert {type(one) for one in found} >= {Dialect, Vocabulary, FieldSpec, Word, facts.FileGlob, Conversions}
    wrong = {
        (type(one).__name__, name, type(getattr(one, name)).__name__)
        for one in found
        for name in one.attributes
        if not _fits(getattr(one, name), _hints(type(one))[name])
    }
    assert not wrong


def test_no_property_has_the_schema_false():
    """Where its error is differs between versions of jsonschema; ``not`` and ``required`` say the same."""
    found = [
        (name, key)
        for name, schema in _SCHEMAS.items()
        for path, node in _nodes(schema, ())
        if path[-1:] == ("properties",) and EXTENSION not in path
        for key, value in node.items()
        if value is False
    ]
    assert found == []


def _nodes(node: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    inside = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    if isinstance(node, dict):
        yield path, node
    for key, value in inside:
        yield from _nodes(value, (*path, key))
