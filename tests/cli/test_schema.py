"""``agentls schema``, and the program that writes all schemas into a folder."""

from __future__ import annotations

import json

import pytest

import publish_schemas
from agentls.products.published import REPORT, kinds, published
from command_line import run

pytestmark = pytest.mark.usefixtures("project")


def test_without_a_kind_all_are_listed():
    done = run("schema")
    assert done.returncode == 0
    assert [line.split()[0] for line in done.stdout.splitlines()] == [*kinds(), REPORT]
    assert "claude-agent           Claude Code subagent\n" in done.stdout


def test_the_schema_of_a_kind_is_printed():
    done = run("schema", "claude-agent")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == published("claude-agent")


def test_an_unknown_kind_is_told():
    done = run("schema", "claude-agnt")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("agentls: unknown kind of file 'claude-agnt'. Did you mean `claude-agent`?")


def test_all_schemas_are_written_with_the_address_they_will_have(tmp_path):
    publish_schemas.write(tmp_path / "schemas", "https://schemas.example/agents")
    written = {path.name: json.loads(path.read_text("utf-8")) for path in (tmp_path / "schemas").iterdir()}
    assert written.keys() == {f"{kind}.schema.json" for kind in [*kinds(), REPORT]}
    for name, schema in written.items():
        assert schema["$id"] == f"https://schemas.example/agents/{name}"
