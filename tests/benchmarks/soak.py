"""Hours of an editor in minutes: memory and waiting time of one server, minute by minute.

``python tests/benchmarks/soak.py --minutes 12`` edits, asks, and changes files on the disk, at random but
always in the same order. Memory should be level over the second half.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))

from made_up import SIZES, agent, project
from measuring import AGENTLS, Row, environment, percentiles, resident, table
from raw_client import RawClient

if TYPE_CHECKING:
    from collections.abc import Iterator

_FILES = 300
_MOST_OPEN = 12
_ASKED = ("hover", "completion", "definition", "documentSymbol", "foldingRange", "semanticTokens/full")
_WATCHES = {"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}}}


class Desk:
    """A user who works in a project of agents, faster than any."""

    def __init__(self, place: Path, client: RawClient) -> None:
        self._client = client
        self._pick = random.Random(7)
        folder = place / ".claude" / "agents"
        self._paths = [folder / f"agent-{number:05}.md" for number in range(_FILES)]
        self._texts = [agent(number, SIZES[number % len(SIZES)]) for number in range(_FILES)]
        self._opened: list[int] = []
        self._version = 0
        self.waits: list[float] = []

    def step(self) -> None:
        """One thing that a user or another program does."""
        self._version += 1
        what = self._pick.random()
        if not self._opened or (what < 0.02 and len(self._opened) < _MOST_OPEN):
            self._open(self._pick.randrange(_FILES))
        elif what < 0.04:
            number = self._opened.pop(self._pick.randrange(len(self._opened)))
            self._notify("textDocument/didClose", {"textDocument": {"uri": self._uri(number)}})
        elif what < 0.06:
            self._change_on_disk(self._pick.randrange(_FILES))
        elif what < 0.5:
            self._change(self._pick.choice(self._opened))
        else:
            self._ask(self._pick.choice(self._opened))

    def _open(self, number: int) -> None:
        if number not in self._opened:
            self._opened.append(number)
            document = {"uri": self._uri(number), "languageId": "markdown", "version": self._version}
            self._notify("textDocument/didOpen", {"textDocument": {**document, "text": self._texts[number]}})

    def _change(self, number: int) -> None:
        document = {"uri": self._uri(number), "version": self._version}
        more = self._pick.choice((f"\nAnd then {self._version}.\n", f"\n@path/{self._version % 50}.md\n"))
        text = self._texts[number] + more
        if self._pick.random() < 0.3:
            text = text.replace("tools:", f"tools: Tool{self._version % 100},", 1)
        self._notify("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": text}]})

    def _change_on_disk(self, number: int) -> None:
        path = self._paths[number]
        is_there = path.exists()
        if is_there and self._pick.random() < 0.3:
            path.unlink()
        else:
            path.write_text(f"{self._texts[number]}\n{self._version}\n", "utf-8")
        kind = 1 if not is_there else 2 if path.exists() else 3
        self._notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": path.as_uri(), "type": kind}]})

    def _ask(self, number: int) -> None:
        place = {"line": self._pick.randrange(6), "character": self._pick.randrange(12)}
        params = {"textDocument": {"uri": self._uri(number)}, "position": place}
        begun = time.perf_counter()
        self._client.request(f"textDocument/{self._pick.choice(_ASKED)}", params)
        self.waits.append(1000 * (time.perf_counter() - begun))
        # Nobody will ask for these.
        self._client.notifications.clear()
        self._client.requests.clear()
        self._client._unread.clear()  # noqa: SLF001

    def _notify(self, method: str, params: dict[str, Any]) -> None:
        self._client.notify(method, params)

    def _uri(self, number: int) -> str:
        return self._paths[number].as_uri()


def soak(folder: Path, minutes: int) -> Iterator[Row]:
    """The figures of each minute."""
    place = folder / "project"
    project(place, _FILES)
    with RawClient([*AGENTLS, "--stdio"], cwd=place, env=environment(folder / "home")) as client:
        client.initialize(_WATCHES, rootUri=place.as_uri(), initializationOptions={"debounce": 1})
        desk = Desk(place, client)
        begun = time.monotonic()
        for minute in range(1, minutes + 1):
            steps = 0
            while time.monotonic() < begun + 60 * minute:
                desk.step()
                steps += 1
                time.sleep(0.002)
            shown = percentiles(desk.waits)
            desk.waits.clear()
            yield {
                "minute": minute,
                "MiB": round(resident(client.process.pid), 1),
                "steps": steps,
                **shown,
            }


def main() -> None:
    """Print a line for each minute, and the change over the second half."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=int, default=30)
    minutes = parser.parse_args().minutes
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        for row in soak(Path(folder), minutes):
            rows.append(row)
            print(row, flush=True)
    print(table(rows))
    half = rows[len(rows) // 2 :]
    print(f"second half: {half[-1]['MiB'] - half[0]['MiB']:+.1f} MiB")


if __name__ == "__main__":
    main()
