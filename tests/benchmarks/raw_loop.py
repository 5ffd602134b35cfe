"""Our core behind a loop that reads, works and writes: the least that the same work can cost."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from agentls.features import definition, hover
from agentls.features.completion import complete
from agentls.linter import engine, rule_pages
from agentls.outcome.summarize import summarize
from agentls.products.identification import Surroundings
from agentls.semantics.file import read_file
from agentls.system.paths import from_uri
from agentls.workspace import Context, View, Workspace

if TYPE_CHECKING:
    from agentls.text.source import Text


def main() -> None:
    workspace = Workspace(is_complete=True)
    opened: dict[str, Any] = {}
    while (message := read()) is not None:
        method, params = message.get("method"), message.get("params") or {}
        if method == "initialize":
            write({"id": message["id"], "result": {"capabilities": {"textDocumentSync": 1}}})
        elif method in ("textDocument/didOpen", "textDocument/didChange"):
            document = params["textDocument"]
            text = document["text"] if "text" in document else params["contentChanges"][0]["text"]
            file = read_file(from_uri(document["uri"]) or "", text, Surroundings())
            assert file
            opened[document["uri"]] = file
            workspace.put(summarize(file))
            context = Context(View(workspace), file)
            found = [diagnostic(file.text, finding) for finding in engine.check(context)]
            published = {"uri": document["uri"], "version": document["version"], "diagnostics": found}
            write({"method": "textDocument/publishDiagnostics", "params": published})
        elif method == "exit":
            return
        elif "id" in message:
            write({"id": message["id"], "result": answer(workspace, opened, method, params)})


def answer(workspace: Workspace, opened: dict[str, Any], method: str, params: Any) -> Any:
    if method == "shutdown":
        return None
    file = opened[params["textDocument"]["uri"]]
    offset = file.text.offset(params["position"]["line"], params["position"]["character"])
    context = Context(View(workspace), file)
    if method == "textDocument/completion":
        found = complete.complete(context, offset)
        return [
            {"label": c.label, "documentation": c.doc, "textEdit": {"range": c.span.start, "newText": c.text}}
            for c in found
        ]
    if method == "textDocument/hover":
        shown = hover.hover(context, offset)
        return {"contents": shown.markdown} if shown else None
    return [{"uri": target.path} for target in definition.definition(context, offset)]


def diagnostic(text: Text, finding: Any) -> Any:
    return {
        "range": {"start": position(text, finding.span.start), "end": position(text, finding.span.end)},
        "message": finding.message,
        "severity": int(finding.severity),
        "code": finding.rule,
        "codeDescription": {"href": rule_pages.address(finding.rule)},
        "source": "agentls",
    }


def position(text: Text, offset: int) -> dict[str, int]:
    line, column = text.position(offset)
    before = text.source[offset - column : offset]
    units = column if before.isascii() else len(before.encode("utf-16-le", "surrogatepass")) // 2
    return {"line": line, "character": units}


def read() -> Any:
    length = 0
    while line := sys.stdin.buffer.readline().strip():
        name, _, value = line.partition(b":")
        length = int(value) if name.lower() == b"content-length" else length
    return json.loads(sys.stdin.buffer.read(length)) if length else None


def write(message: Any) -> None:
    body = json.dumps({"jsonrpc": "2.0", **message}).encode()
    sys.stdout.buffer.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
