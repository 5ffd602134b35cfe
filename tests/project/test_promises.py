"""TESTING.md names tests that exist, and its tables are current."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import promises

_NAMED = sorted({test for table in promises.TABLES.values() for tests in table.values() for test in tests})


@pytest.mark.parametrize("test", _NAMED)
def test_a_promise_has_a_test(test: str):
    module, _, name = test.partition("::")
    tree = ast.parse((Path(__file__).parents[1] / module).read_text("utf-8"))
    assert name in {
        node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def test_the_tables_are_current():
    page = promises.PAGE.read_text("utf-8")
    assert promises.written(page) == page, "run: python tools/write_docs.py"
