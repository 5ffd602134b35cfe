"""A day of editing, in a minute: the server's memory after thousands of changes in hundreds of files."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from made_up import SIZES, agent, project
from measuring import AGENTLS, Row, environment, resident
from raw_client import RawClient

if TYPE_CHECKING:
    from pathlib import Path

_FILES = 500
_STEPS = 20_000
_MOST_OPEN = 12


def measure(folder: Path) -> list[Row]:
    place = folder / "day"
    project(place, _FILES)
    agents = place / ".claude" / "agents"
    pick = random.Random(7)
    texts = [agent(number, SIZES[number % len(SIZES)]) for number in range(_FILES)]
    uris = [(agents / f"agent-{number:05}.md").as_uri() for number in range(_FILES)]
    opened: list[int] = []
    rows: list[Row] = []
    with RawClient([*AGENTLS, "--stdio"], cwd=place, env=environment(folder / "home")) as client:
        client.initialize(rootUri=place.as_uri(), initializationOptions={"debounce": 1})
        for step in range(_STEPS + 1):
            if step % (_STEPS // 4) == 0:
                # An answer means that all before it is done.
                client.request("workspace/symbol", {"query": "agent-00001"}, timeout=60)
                now, most = resident(client.process.pid), resident(client.process.pid, "VmHWM")
                rows.append({"steps": step, "MiB": round(now, 1), "most MiB": round(most, 1)})
            if not opened or (len(opened) < _MOST_OPEN and pick.random() < 0.02):
                number = pick.randrange(_FILES)
                if number not in opened:
                    opened.append(number)
                    document = {"uri": uris[number], "languageId": "markdown", "version": 0}
                    client.notify(
                        "textDocument/didOpen", {"textDocument": {**document, "text": texts[number]}}
                    )
            elif pick.random() < 0.02:
                closed = opened.pop(pick.randrange(len(opened)))
                client.notify("textDocument/didClose", {"textDocument": {"uri": uris[closed]}})
            else:
                number = pick.choice(opened)
                text = f"{texts[number]}\nAnd then {step}.\n"
                change = {"uri": uris[number], "version": step + 1}
                client.notify(
                    "textDocument/didChange", {"textDocument": change, "contentChanges": [{"text": text}]}
                )
            if step % 50 == 0 and opened:
                client.request("textDocument/hover", _place(uris[opened[0]]), timeout=60)
                client.notifications.clear()
                client._unread.clear()  # noqa: SLF001  nobody will ask for them
    return rows


def _place(uri: str) -> Row:
    return {"textDocument": {"uri": uri}, "position": {"line": 1, "character": 2}}
