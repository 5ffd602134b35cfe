"""What an editor does with a language server: opens documents, asks about places, applies edits."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from agentls.cli.demo.client import ServerError
from agentls.findings import Edit, Finding, Severity, apply
from agentls.system import paths
from agentls.text.source import Span, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from agentls.cli.demo.client import DemoClient

_CAPABILITIES = {
    # Columns in code points are string indexes, so that nothing has to be converted.
    "general": {"positionEncodings": ["utf-32"]},
    "workspace": {"diagnostics": {"refreshSupport": True}},
    "textDocument": {
        "diagnostic": {},
        "codeAction": {
            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix", "source.fixAll"]}},
            "isPreferredSupport": True,
        },
    },
}
_PATIENCE = 15.0
_PAUSE = 0.02
# Repairs of a small file; more would mean that two of them undo each other.
_MOST_REPAIRS = 20


@dataclass
class EditorDocument:
    """An open file."""

    path: str
    text: Text
    version: int = 0

    @property
    def uri(self) -> str:
        return paths.to_uri(self.path)

    @property
    def identifier(self) -> dict[str, str]:
        return {"uri": self.uri}


class Editor:
    """One workspace, open in an editor without a window."""

    def __init__(self, client: DemoClient, folder: str) -> None:
        self._client = client
        self.documents: dict[str, EditorDocument] = {}
        uri = paths.to_uri(folder)
        params = {
            "processId": os.getpid(),
            "rootUri": uri,
            "workspaceFolders": [{"uri": uri, "name": "demo"}],
            "capabilities": _CAPABILITIES,
        }
        client.request("initialize", params)
        client.notify("initialized", {})

    def open(self, path: str, source: str) -> EditorDocument:
        document = self.documents[paths.to_uri(path)] = EditorDocument(path, Text(source))
        item = {**document.identifier, "languageId": "markdown", "version": 0, "text": source}
        self._client.notify("textDocument/didOpen", {"textDocument": item})
        return document

    def change(self, document: EditorDocument, source: str) -> None:
        document.text = Text(source)
        document.version += 1
        identifier = {**document.identifier, "version": document.version}
        params = {"textDocument": identifier, "contentChanges": [{"text": source}]}
        self._client.notify("textDocument/didChange", params)

    # Questions

    def findings(self, document: EditorDocument) -> list[Finding]:
        result = self._client.request("textDocument/diagnostic", {"textDocument": document.identifier})
        return [
            Finding(
                item["code"],
                severity=Severity(item["severity"]),
                span=_span(document.text, item["range"]),
                message=item["message"],
            )
            for item in result["items"]
        ]

    def settled_findings(self, documents: Iterable[EditorDocument]) -> dict[str, list[Finding]]:
        """Findings by URI, once each of the documents has some: the workspace is read in the background."""
        end = time.monotonic() + _PATIENCE
        while True:
            found = {document.uri: self.findings(document) for document in documents}
            if all(found.values()):
                return found
            if time.monotonic() > end:
                raise ServerError("the server found nothing in a damaged file")
            time.sleep(_PAUSE)

    def ask(self, method: str, document: EditorDocument, offset: int) -> Any:
        """The answer to a question about one place."""
        position = _position(document.text, offset)
        return self._client.request(method, {"textDocument": document.identifier, "position": position})

    # Repairs

    def repair(self, document: EditorDocument) -> list[str]:
        """Apply all certain repairs, then the preferred quick fixes one by one; returns what was done."""
        done: list[str] = []
        while len(done) < _MOST_REPAIRS:
            action = self._next_repair(document)
            if action is None:
                break
            done.append(action["title"])
            for uri, edits in action["edit"]["changes"].items():
                changed = self.documents[uri]
                ours = [Edit(_span(changed.text, edit["range"]), edit["newText"]) for edit in edits]
                self.change(changed, apply(changed.text.source, ours))
        return done

    def _next_repair(self, document: EditorDocument) -> dict[str, Any] | None:
        everything = self._actions(document, Span(0, len(document.text.source)), "source.fixAll")
        if everything:
            return everything[0]
        for finding in self.findings(document):
            for action in self._actions(document, finding.span, "quickfix"):
                if action.get("isPreferred"):
                    return action
        return None

    def _actions(self, document: EditorDocument, span: Span, kind: str) -> list[dict[str, Any]]:
        stretch = {
            "start": _position(document.text, span.start),
            "end": _position(document.text, span.end),
        }
        params = {
            "textDocument": document.identifier,
            "range": stretch,
            "context": {"diagnostics": [], "only": [kind]},
        }
        found: list[dict[str, Any]] = self._client.request("textDocument/codeAction", params) or []
        return found


def _position(text: Text, offset: int) -> dict[str, int]:
    line, column = text.position(offset)
    return {"line": line, "character": column}


def _span(text: Text, stretch: dict[str, dict[str, int]]) -> Span:
    start, end = (text.offset(stretch[k]["line"], stretch[k]["character"]) for k in ("start", "end"))
    return Span(start, end)
