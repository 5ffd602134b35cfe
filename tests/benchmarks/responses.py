"""How long an author waits: over stdio, beside a server that does nothing and beside our core without one.

The servers take turns, change by change, so that what else the machine does hurts all of them alike.
"""

from __future__ import annotations

import contextlib
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from measuring import AGENTLS, Row, environment, percentiles
from raw_client import RawClient

if TYPE_CHECKING:
    from collections.abc import Callable

_HERE = Path(__file__).parent
OURS, BARE, RAW = "agentls", "bare pygls", "raw loop"
SERVERS = {
    OURS: [*AGENTLS, "--stdio"],
    BARE: [sys.executable, "-P", str(_HERE / "bare_server.py")],
    RAW: [sys.executable, "-P", str(_HERE / "raw_loop.py")],
}
# Bytes of the document, and how often it is changed.
CHANGES = {"4 KB": (4_000, 400), "22 KB": (22_000, 400), "200 KB": (200_000, 60), "1 MB": (1_000_000, 25)}
_STARTS = 15
_QUESTIONS = 200
_BURST = 400

_HEAD = (
    "---\nname: developer\ndescription: Develops things\ntools: Read, Grep, Edit\n"
    "color: teal\nskills: [review]\n---\n\n"
)
_PARAGRAPH = "Plain words about the work at hand, as agents have them by the page.\n" * 4
_DAMAGED = "**STEP** ‚Üí Search first, reuse always\n"


def text_of(size: int) -> str:
    """A damaged file: all its findings move with every change. Large ones hold no more of them."""
    damaged = (_PARAGRAPH + _DAMAGED) * min(80, size // 320 + 1)
    return _HEAD + (damaged + _PARAGRAPH * (size // len(_PARAGRAPH) + 1))[: size - len(_HEAD)]


class _Editor:
    """One server with one document open in it."""

    def __init__(self, name: str, folder: Path, text: str) -> None:
        self.client = RawClient(SERVERS[name], cwd=folder, env=environment(folder / "home"))
        self.uri = (folder / ".claude" / "agents" / "developer.md").as_uri()
        self.version = 0
        self.client.initialize(rootUri=folder.as_uri(), initializationOptions={"debounce": 0})
        start = time.perf_counter()
        document = {"uri": self.uri, "languageId": "markdown", "version": 0, "text": text}
        self.client.notify("textDocument/didOpen", {"textDocument": document})
        self.client.receive(self._is_publish, timeout=30)
        self.opened = 1000 * (time.perf_counter() - start)

    def change(self, text: str) -> float:
        """Milliseconds from sending a text to receiving what is found in it."""
        self.version += 1
        params = {
            "textDocument": {"uri": self.uri, "version": self.version},
            "contentChanges": [{"text": text}],
        }
        start = time.perf_counter()
        self.client.notify("textDocument/didChange", params)
        self.client.receive(lambda m: self._is_publish(m, self.version), timeout=30)
        return 1000 * (time.perf_counter() - start)

    def ask(self, method: str, line: int, character: int) -> float:
        params = {
            "textDocument": {"uri": self.uri},
            "position": {"line": line, "character": character},
        }
        start = time.perf_counter()
        answer = self.client.request(method, params)
        took = 1000 * (time.perf_counter() - start)
        assert "result" in answer, answer
        return took

    def _is_publish(self, message: Any, version: int | None = None) -> bool:
        is_publish = message.get("method") == "textDocument/publishDiagnostics"
        return is_publish and (version is None or message["params"].get("version") == version)


def _editors(stack: contextlib.ExitStack, folder: Path, text: str) -> dict[str, _Editor]:
    place = folder / ".claude" / "agents" / "developer.md"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8", newline="")
    skill = folder / ".claude" / "skills" / "review" / "SKILL.md"
    skill.parent.mkdir(parents=True, exist_ok=True)
    skill.write_text("---\nname: review\ndescription: Reviews\n---\n", "utf-8")
    editors = {name: _Editor(name, folder, text) for name in SERVERS}
    for editor in editors.values():
        stack.enter_context(editor.client)
    time.sleep(1.5)  # the first look at the disk, and the warm-up behind the first answers
    return editors


def measure(folder: Path) -> list[Row]:
    rows = starts(folder)
    for title, (size, rounds) in CHANGES.items():
        rows += _rows(f"change of {title} to diagnostics", changes(folder, text_of(size), rounds))
    rows += questions(folder)
    return rows


def starts(folder: Path) -> list[Row]:
    """From starting the process to its answer to ``initialize``, and the first document's findings."""
    started: dict[str, list[float]] = {name: [] for name in SERVERS}
    opened: dict[str, list[float]] = {name: [] for name in SERVERS}
    text = text_of(22_000)
    for _ in range(_STARTS):
        for name, argv in SERVERS.items():
            start = time.perf_counter()
            with RawClient(argv, cwd=folder, env=environment(folder / "home")) as client:
                params = {"processId": None, "rootUri": folder.as_uri(), "capabilities": {}}
                client.request("initialize", params, timeout=30)
                started[name].append(1000 * (time.perf_counter() - start))
                client.notify("initialized", {})
                document = {"uri": (folder / ".claude/agents/x.md").as_uri(), "languageId": "markdown"}
                start = time.perf_counter()
                client.notify(
                    "textDocument/didOpen", {"textDocument": {**document, "version": 0, "text": text}}
                )
                client.receive(lambda m: m.get("method") == "textDocument/publishDiagnostics", timeout=30)
                opened[name].append(1000 * (time.perf_counter() - start))
    return [*_rows("start to initialize", started), *_rows("first open of 22 KB to diagnostics", opened)]


def changes(folder: Path, text: str, rounds: int) -> dict[str, list[float]]:
    samples: dict[str, list[float]] = {name: [] for name in SERVERS}
    other = text.replace("---\n\n", "---\n\n\n", 1)
    with contextlib.ExitStack() as stack:
        editors = _editors(stack, folder, text)
        for number in range(rounds + rounds // 10):
            for name, editor in editors.items():
                took = editor.change(text if number % 2 else other)
                if number >= rounds // 10:
                    samples[name].append(took)
    return samples


def questions(folder: Path) -> list[Row]:
    rows: list[Row] = []
    kinds: dict[str, Callable[[_Editor], float]] = {
        "completion of a tool": lambda e: e.ask("textDocument/completion", 3, len("tools: Read, Gr")),
        "hover over a tool": lambda e: e.ask("textDocument/hover", 3, len("tools: Re")),
        "definition of a skill": lambda e: e.ask("textDocument/definition", 5, len("skills: [rev")),
    }
    with contextlib.ExitStack() as stack:
        editors = _editors(stack, folder, text_of(22_000))
        for title, ask in kinds.items():
            samples: dict[str, list[float]] = {name: [] for name in SERVERS}
            for number in range(_QUESTIONS + 20):
                for name, editor in editors.items():
                    took = ask(editor)
                    if number >= 20:
                        samples[name].append(took)
            rows += _rows(title, samples)
    return rows


def burst(folder: Path) -> list[Row]:
    """A stuck key: many changes at once, then a completion that must not wait for all of them."""
    text = text_of(22_000)
    rows = []
    with contextlib.ExitStack() as stack:
        editors = _editors(stack, folder, text)
        for name, editor in editors.items():
            before = len(editor.client.notifications)
            start = time.perf_counter()
            for number in range(_BURST):
                params = {
                    "textDocument": {"uri": editor.uri, "version": number + 1},
                    "contentChanges": [{"text": text.replace("---\n\n", "---\n\n" + "\n" * number, 1)}],
                }
                editor.client.notify("textDocument/didChange", params)
            sent = time.perf_counter()
            editor.client.request("textDocument/completion", _position(editor), timeout=60)
            answered = time.perf_counter()
            time.sleep(1)
            published = editor.client.notifications[before:]
            rows.append(
                {
                    "server": name,
                    "changes": _BURST,
                    "sent in ms": round(1000 * (sent - start)),
                    "answer after ms": round(1000 * (answered - sent), 1),
                    "publishes": sum("publishDiagnostics" in m["method"] for m in published),
                }
            )
    return rows


def _position(editor: _Editor) -> Row:
    return {"textDocument": {"uri": editor.uri}, "position": {"line": 3, "character": 15}}


def _rows(title: str, samples: dict[str, list[float]]) -> list[Row]:
    cuts = {name: percentiles(found) for name, found in samples.items()}
    return [
        {
            "what": title,
            "server": name,
            **found,
            **{f"/ {other}": round(found["p50 ms"] / cuts[other]["p50 ms"], 2) for other in (BARE, RAW)},
        }
        for name, found in cuts.items()
    ]
