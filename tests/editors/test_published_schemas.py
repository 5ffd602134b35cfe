"""The schemas for others in the programs of others: Ajv in its strict mode, and the language server for YAML.

Without them these tests are skipped; ``tests/editors/install.sh`` brings them.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import cases
import made
from agentls.products.published import kinds, published
from patience import PATIENCE_WITH_PROGRAMS
from raw_client import RawClient

if TYPE_CHECKING:
    from collections.abc import Iterator

_HERE = Path(__file__).parent / "schemas"
_MODULES = _HERE / "node_modules"
_SERVER = _MODULES / "yaml-language-server" / "bin" / "yaml-language-server"
pytestmark = [
    pytest.mark.skipif(shutil.which("node") is None, reason="there is no Node.js"),
    pytest.mark.skipif(
        not _MODULES.is_dir(),
        reason="there is no Ajv and no server for YAML: tests/editors/install.sh brings them",
    ),
]


def _asked_ajv(documents: list[tuple[str, Any]]) -> dict[str, Any]:
    question = {"schemas": {kind: published(kind) for kind in kinds()}, "documents": documents}
    done = subprocess.run(
        ["node", str(_HERE / "validate.js")],
        input=json.dumps(question),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=PATIENCE_WITH_PROGRAMS,
        check=True,
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _documents() -> Iterator[tuple[str, str, dict[str, Any], set[str]]]:
    """The front matter of all literate cases, with the fields whose values do not fit."""
    for case in cases.load("rules", "dialects", "suppression", "features"):
        workspace = made.make({source.path: source.content for source in case.sources})
        for file in workspace.files.values():
            known = {name: value for name, value in file.values.items() if "Opaque" not in repr(value)}
            if not file.document.problems:
                wrong = {error.field for error in file.dialect.errors(known)}
                yield case.name, file.dialect.name, known, wrong


def test_ajv_compiles_them_strictly_and_agrees_on_every_literate_case():
    documents = list(_documents())
    answer = _asked_ajv([(kind, values) for _, kind, values, _ in documents])
    assert answer["errors"] == {}
    assert len(documents) == len(answer["wrong"]) > 500
    for (name, kind, values, wrong), refused in zip(documents, answer["wrong"], strict=True):
        # Tools that do not exist are wrong, too, but no matter of types.
        tools = {field for field, schema in published(kind)["properties"].items() if "-entry" in str(schema)}
        known = published(kind)["properties"].keys() & values.keys() - tools
        assert set(refused) & known == wrong - tools, name


_TEXT = """\
# yaml-language-server: $schema=claude-agent.schema.json
name: reviewer
description: Reviews code
tools: [Read, Gerp]
maxTurns: many
allowedTools: Read
model: opus
color:\x20
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The language server for YAML with an agent's fields in a file; yields it and the file's address."""
    folder = tmp_path_factory.mktemp("yaml")
    for kind in kinds():
        text = json.dumps(published(kind))
        (folder / f"{kind}.schema.json").write_text(text, encoding="utf-8")
    uri = (folder / "reviewer.yaml").as_uri()
    with RawClient(["node", str(_SERVER), "--stdio"], cwd=folder) as client:
        markdown = {"contentFormat": ["markdown"]}
        client.initialize({"textDocument": {"hover": markdown}}, rootUri=folder.as_uri())
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": _TEXT}
        client.notify("textDocument/didOpen", {"textDocument": document})
        yield client, uri


def _asked(server: tuple[RawClient, str], method: str, line: int, character: int) -> Any:
    client, uri = server
    place = {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}
    return client.request(f"textDocument/{method}", place, PATIENCE_WITH_PROGRAMS)["result"]


def test_the_server_for_yaml_marks_what_does_not_fit(server):
    client, uri = server

    def is_report(message: dict[str, Any]) -> bool:
        is_about = message.get("params", {}).get("uri") == uri
        return message.get("method") == "textDocument/publishDiagnostics" and is_about

    report = client.receive(lambda m: is_report(m) and m["params"]["diagnostics"], PATIENCE_WITH_PROGRAMS)
    lines = _TEXT.splitlines()
    marked = [
        lines[found["range"]["start"]["line"]][found["range"]["start"]["character"] :].strip(" ]")
        for found in report["params"]["diagnostics"]
    ]
    # It knows no colon without a value.
    assert sorted(marked) == ["", "Gerp", "Read", "many"]


def test_the_server_for_yaml_explains_a_value_and_a_tool(server):
    assert "The current Opus model" in _asked(server, "hover", 6, 8)["contents"]["value"]
    assert "Reads a file" in _asked(server, "hover", 3, 9)["contents"]["value"]


def test_the_server_for_yaml_completes_fields_values_and_tools(server):
    fields = [item["label"] for item in _asked(server, "completion", 8, 0)["items"]]
    assert {"skills", "permissionMode", "hooks"} <= set(fields)
    assert not {"allowedTools", "allowed_tools"} & set(fields), "what is misspelled is not offered"
    assert {"red", "purple"} <= {item["label"] for item in _asked(server, "completion", 7, 7)["items"]}
    assert {"Read", "Grep"} <= {item["label"] for item in _asked(server, "completion", 3, 8)["items"]}
