"""How long yaml-language-server lets an author wait, over the front matter alone: it reads no Markdown."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from measuring import Row, environment, percentiles
from raw_client import RawClient

if TYPE_CHECKING:
    from pathlib import Path

_NAME = "yaml-language-server"
_STARTS, _CHANGES = 5, 30
_TEXT = "name: developer\ndescription: Develops things\ntools: Read, Grep, Edit\ncolor: teal\n"


def measure(folder: Path, peers: Path) -> list[Row]:
    """Nothing where it is not installed; it has no schema for agents, so it looks at the YAML only."""
    program = peers / "node_modules" / ".bin" / _NAME
    if not program.exists():
        print(f"{_NAME} is left out: it is not installed in {peers} (--install-peers)")
        return []
    started: list[float] = []
    changed: list[float] = []
    for _ in range(_STARTS):
        start = time.perf_counter()
        with RawClient([str(program), "--stdio"], cwd=folder, env=environment(folder / "home")) as client:
            client.initialize(rootUri=folder.as_uri())
            started.append(1000 * (time.perf_counter() - start))
            changed += _changes(client, (folder / "developer.yaml").as_uri())
    whats = {"start to initialize": started, "change of the front matter to diagnostics": changed}
    return [{"what": what, "server": _NAME, **percentiles(found)} for what, found in whats.items()]


def _changes(client: RawClient, uri: str) -> list[float]:
    document = {"uri": uri, "languageId": "yaml", "version": 0, "text": _TEXT}
    client.notify("textDocument/didOpen", {"textDocument": document})
    client.receive(_is_publish, timeout=30)
    found = []
    for version in range(1, _CHANGES // _STARTS + 1):
        start = time.perf_counter()
        change = {"textDocument": {"uri": uri, "version": version}}
        # Broken and mended by turns, so that there is something to say each time.
        text = _TEXT + ("color: [" if version % 2 else "")
        client.notify("textDocument/didChange", {**change, "contentChanges": [{"text": text}]})
        client.receive(_is_publish, timeout=30)
        found.append(1000 * (time.perf_counter() - start))
    return found


def _is_publish(message: Row) -> bool:
    return message.get("method") == "textDocument/publishDiagnostics"
