"""The schemas for others say of every literate case what we say ourselves."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

import cases
import made
from agentls.findings import Severity
from agentls.outcome import tool_entries
from agentls.products import load
from agentls.products.published import BASE, DRAFT, kinds, published
from agentls.products.records import EXTENSION

if TYPE_CHECKING:
    from agentls.semantics.file import File

_CASES = cases.load("rules", "dialects", "suppression", "features")


@cache
def _validator(kind: str) -> Draft202012Validator:
    return Draft202012Validator(published(kind))


@pytest.mark.parametrize("kind", kinds())
def test_a_schema_is_plain_and_has_a_name(kind: str):
    schema = published(kind)
    Draft202012Validator.check_schema(schema)
    assert EXTENSION not in str(schema)
    assert (schema["$schema"], schema["$id"]) == (DRAFT, f"{BASE}{kind}.schema.json")
    assert schema["title"] == load().dialects[kind].title
    assert published(kind, "https://schemas.example/")["$id"] == f"https://schemas.example/{kind}.schema.json"


def _refused(file: File) -> set[str]:
    """The fields that the schema for others refuses."""
    return {
        str(error.absolute_path[0])
        for error in _validator(file.dialect.name).iter_errors(file.values)
        if error.absolute_path
    }


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case.name)
def test_a_literate_case_is_judged_alike(case: cases.Case):
    workspace = made.make({source.path: source.content for source in case.sources})
    # Others read no YAML that is broken.
    for file in (file for file in workspace.files.values() if not file.document.problems):
        # What an alias stands for is not looked at.
        known = {name for name, value in file.values.items() if "Opaque" not in repr(value)}
        fields = file.dialect.fields.keys() & known
        wrong = {error.field for error in file.dialect.errors(file.values)}
        assert _refused(file) & fields == wrong | _with_unknown_tools(file), file.path


def _with_unknown_tools(file: File) -> set[str]:
    """The fields that name tools which do not exist, where that is more than a hint."""
    effect = file.dialect.effect("unknown-tool", "project")
    if effect is None or effect.severity > Severity.WARNING:
        return set()
    return {
        field.name
        for field in tool_entries.tool_fields(file)
        if not all(entry.is_usable for entry in tool_entries.entries(file, field))
    }
